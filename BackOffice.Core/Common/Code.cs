namespace BackOffice.Core.Common;

/// <summary>The short name people and files use for a thing: letters, digits, dot, dash, underscore; 1 to 64 of them.</summary>
public static class Code
{
    /// <summary>An ISO 3166 country code of two letters.</summary>
    /// <exception cref="RuleBroken">The text is anything but two capital letters.</exception>
    public static string Country(string? text) => text is { Length: 2 } && text.All(char.IsAsciiLetterUpper)
        ? text
        : throw new RuleBroken($"\"{text}\" is not a country code. Use two capital letters, such as DE or US.");

    /// <exception cref="RuleBroken">Empty, too long or with other characters; <paramref name="what"/> names the field.</exception>
    public static string Check(string? text, string what)
    {
        var code = text?.Trim() ?? "";
        return code.Length is >= 1 and <= 64 && code.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.')
            ? code
            : throw new RuleBroken($"{what} \"{code}\" is not a code. Use 1 to 64 letters, digits, dots, dashes or underscores.");
    }
}

/// <summary>Names and other free text of bounded length.</summary>
public static class Text
{
    /// <exception cref="RuleBroken">The text is empty or longer than <paramref name="max"/>.</exception>
    public static string Required(string? text, string what, int max = 200) =>
        Optional(text, what, max) ?? throw new RuleBroken($"{what} is missing.");

    /// <summary>Null when there is nothing but blanks.</summary>
    /// <exception cref="RuleBroken">The text is longer than <paramref name="max"/>.</exception>
    public static string? Optional(string? text, string what, int max = 200)
    {
        var trimmed = text?.Trim();
        if (trimmed?.Length > max)
        {
            throw new RuleBroken($"{what} is longer than {max} characters.");
        }

        return string.IsNullOrEmpty(trimmed) ? null : trimmed;
    }
}
