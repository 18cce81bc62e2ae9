using BackOffice.Core.Common;

namespace BackOffice.Core.Usage;

/// <summary>Reads expressions: sums of products of numbers, texts, properties, functions and brackets.</summary>
internal sealed class ExpressionParser
{
    private const string Properties = "event.properties.";
    private const int Deepest = 50; // Brackets in brackets; a text of thousands of them must not exhaust the stack.

    private readonly IReadOnlyList<ExpressionToken> _tokens;
    private int _next;
    private int _depth;

    private ExpressionParser(string text) => _tokens = ExpressionToken.Of(text);

    private ExpressionToken Current => _tokens[_next];

    /// <exception cref="RuleBroken">The text is no expression; the message says where and what to do.</exception>
    public static ExpressionTree Parse(string text)
    {
        var parser = new ExpressionParser(text);
        var tree = parser.Sum();
        return parser.Current.Kind == TokenKind.End
            ? tree
            : throw parser.Unexpected("Put + - * or / between two values, and close only brackets that were opened.");
    }

    private ExpressionTree Sum() => Chain("+", "-", Product);

    private ExpressionTree Product() => Chain("*", "/", Factor);

    private ExpressionTree Chain(string one, string other, Func<ExpressionTree> part)
    {
        var tree = part();
        while (Current is { Kind: TokenKind.Sign } sign && (sign.Text == one || sign.Text == other))
        {
            _next++;
            tree = new Operation(sign.Text[0], tree, part());
        }

        return tree;
    }

    private ExpressionTree Factor()
    {
        if (++_depth > Deepest)
        {
            throw ExpressionToken.Wrong(Current.Position, $"more than {Deepest} brackets or signs inside each other. Shorten it.");
        }

        var tree = Take("-") ? new Operation('-', new Literal(ExpressionValue.Of(0)), Factor()) : Value();
        _depth--;
        return tree;
    }

    private ExpressionTree Value()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                _next++;
                return Number(token);
            case TokenKind.Text:
                _next++;
                return new Literal(ExpressionValue.Of(token.Text));
            case TokenKind.Name:
                _next++;
                return Named(token);
            default:
                if (!Take("("))
                {
                    throw Unexpected("A number, a 'text', event.properties.NAME, a function or a bracket belongs here.");
                }

                var inner = Sum();
                Expect(")");
                return inner;
        }
    }

    private static Literal Number(ExpressionToken token)
    {
        var number = ExactDecimal.Parse(token.Text, NumberFormat.Plain);
        return number.Ok ? new Literal(ExpressionValue.Of(number.Value))
            : throw ExpressionToken.Wrong(token.Position, token.Text.Count(c => c == '.') > 1 || token.Text[^1] == '.'
                ? $"{token.Text} is not a number. Write it like 1234.56."
                : $"{token.Text} has more than {ExactDecimal.MaxDigits} digits. Shorten it.");
    }

    private ExpressionTree Named(ExpressionToken name) => name.Text switch
    {
        "event.timestamp" => new EventTimestamp(),
        "event.code" => new EventName(),
        "concat" => new Concatenation(Arguments(name, 1, 50)),
        "ceil" => Rounded(name, RoundingFunction.Ceil),
        "round" => Rounded(name, RoundingFunction.Round),
        "floor" => Rounded(name, RoundingFunction.Floor),
        var path when path.StartsWith(Properties, StringComparison.Ordinal) && path.Length > Properties.Length && path[^1] != '.' =>
            new EventProperty(path[Properties.Length..]),
        _ => throw ExpressionToken.Wrong(
            name.Position,
            $"\"{name.Text}\" is not known. Use event.properties.NAME, event.timestamp, event.code, concat, ceil, round or floor."),
    };

    private Rounding Rounded(ExpressionToken name, RoundingFunction function)
    {
        var arguments = Arguments(name, 1, 2);
        return new Rounding(function, arguments[0], arguments.Count == 2 ? arguments[1] : null);
    }

    private List<ExpressionTree> Arguments(ExpressionToken name, int least, int most)
    {
        Expect("(");
        var arguments = new List<ExpressionTree> { Sum() };
        while (Take(","))
        {
            arguments.Add(Sum());
        }

        Expect(")");
        return arguments.Count >= least && arguments.Count <= most
            ? arguments
            : throw ExpressionToken.Wrong(name.Position, $"{name.Text} takes {least} to {most} values, not {arguments.Count}.");
    }

    private bool Take(string sign)
    {
        if (Current.Kind != TokenKind.Sign || Current.Text != sign)
        {
            return false;
        }

        _next++;
        return true;
    }

    private void Expect(string sign)
    {
        if (!Take(sign))
        {
            throw Unexpected($"A {sign} belongs here.");
        }
    }

    private RuleBroken Unexpected(string fix) => ExpressionToken.Wrong(
        Current.Position,
        Current.Kind == TokenKind.End ? $"the expression ends too early. {fix}" : $"\"{Current.Text}\" is out of place. {fix}");
}
