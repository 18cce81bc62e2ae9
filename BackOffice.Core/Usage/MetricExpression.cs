using BackOffice.Core.Common;

namespace BackOffice.Core.Usage;

/// <summary>
/// How a metric computes its value from an event: + - * / and brackets, concat, ceil, round, floor, event.properties.NAME,
/// event.timestamp (seconds since 1970), event.code.
/// </summary>
/// <remarks>
/// Exact. A division that does not end is computed with 28 digits, and the value it leads to is rounded once, half away from zero, to
/// <see cref="ExpressionValue.QuotientPlaces"/> places. Rounding functions take decimal places as a second value.
/// </remarks>
public readonly record struct MetricExpression
{
    private const int Longest = 1000;

    private readonly ExpressionTree _tree;

    private MetricExpression(string text, ExpressionTree tree) => (Text, _tree) = (text, tree);

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>An expression of at most 1,000 characters, or the place where it goes wrong.</summary>
    public static Parsed<MetricExpression> Parse(string? text)
    {
        try
        {
            return new(Of(text));
        }
        catch (RuleBroken wrong)
        {
            return new(new TextFault("expression_malformed", wrong.Message));
        }
    }

    /// <exception cref="RuleBroken">The text is no expression; the message says where and what to do.</exception>
    public static MetricExpression Of(string? text)
    {
        var trimmed = Common.Text.Required(text, "Expression", Longest);
        return new(trimmed, ExpressionParser.Parse(trimmed));
    }

    /// <summary>The value for an event; null without a property, with a text where a number belongs, or by dividing by zero.</summary>
    /// <exception cref="ArithmeticException">The value needs more than 28 digits.</exception>
    public ExpressionValue? Evaluate(UsageEvent usage) => _tree.Evaluate(usage);

    public bool Equals(MetricExpression other) => Text == other.Text;

    public override int GetHashCode() => Text?.GetHashCode(StringComparison.Ordinal) ?? 0;

    public override string ToString() => Text;
}
