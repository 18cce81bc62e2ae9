using BackOffice.Core.Common;

namespace BackOffice.Core.Usage;

internal enum TokenKind
{
    Number,
    Text,
    Name,
    Sign,
    End,
}

/// <summary>A word of an expression.</summary>
/// <param name="Position">Where it stands, counted from 1, as people count.</param>
internal readonly record struct ExpressionToken(TokenKind Kind, string Text, int Position)
{
    private const string Signs = "+-*/(),";

    /// <summary>Cuts a text into words; the last one is the end.</summary>
    public static IReadOnlyList<ExpressionToken> Of(string text)
    {
        var tokens = new List<ExpressionToken>();
        for (var i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
                continue;
            }

            var token = Next(text, i);
            tokens.Add(token);
            i += token.Text.Length + (token.Kind == TokenKind.Text ? 2 : 0);
        }

        tokens.Add(new(TokenKind.End, "", text.Length + 1));
        return tokens;
    }

    private static ExpressionToken Next(string text, int start) => text[start] switch
    {
        '\'' or '"' => Quoted(text, start),
        var c when Signs.Contains(c, StringComparison.Ordinal) => new(TokenKind.Sign, c.ToString(), start + 1),
        var c when char.IsAsciiDigit(c) => While(text, start, TokenKind.Number, c => char.IsAsciiDigit(c) || c == '.'),
        var c when char.IsLetter(c) || c == '_' => While(text, start, TokenKind.Name, c => char.IsLetterOrDigit(c) || c is '_' or '.'),
        var c => throw Wrong(start + 1, $"\"{c}\" means nothing here. Use + - * / ( ) , numbers, 'texts' and event.properties.NAME."),
    };

    private static ExpressionToken While(string text, int start, TokenKind kind, Func<char, bool> belongs)
    {
        var end = start;
        while (end < text.Length && belongs(text[end]))
        {
            end++;
        }

        return new(kind, text[start..end], start + 1);
    }

    private static ExpressionToken Quoted(string text, int start)
    {
        var end = text.IndexOf(text[start], start + 1);
        return end < 0
            ? throw Wrong(start + 1, $"the text does not end. Add a {text[start]} after it.")
            : new(TokenKind.Text, text[(start + 1)..end], start + 1);
    }

    internal static RuleBroken Wrong(int position, string why) => new($"At character {position}: {why}");
}
