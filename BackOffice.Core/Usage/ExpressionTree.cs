using NodaTime;

namespace BackOffice.Core.Usage;

/// <summary>A part of an expression. Null means: no value, because a property is missing or something is divided by zero.</summary>
internal abstract record ExpressionTree
{
    public abstract ExpressionValue? Evaluate(UsageEvent usage);
}

internal sealed record Literal(ExpressionValue Value) : ExpressionTree
{
    public override ExpressionValue? Evaluate(UsageEvent usage) => Value;
}

internal sealed record EventProperty(string Name) : ExpressionTree
{
    public override ExpressionValue? Evaluate(UsageEvent usage) =>
        usage.Numbers.TryGetValue(Name, out var number) ? ExpressionValue.Of(number)
        : usage.Texts.TryGetValue(Name, out var text) ? ExpressionValue.Of(text)
        : null;
}

/// <summary>Seconds since 1970, with the fraction.</summary>
internal sealed record EventTimestamp : ExpressionTree
{
    public override ExpressionValue? Evaluate(UsageEvent usage) =>
        ExpressionValue.Of((decimal)usage.At.ToUnixTimeTicks() / NodaConstants.TicksPerSecond);
}

internal sealed record EventName : ExpressionTree
{
    public override ExpressionValue? Evaluate(UsageEvent usage) => ExpressionValue.Of(usage.Name);
}

internal sealed record Operation(char Sign, ExpressionTree Left, ExpressionTree Right) : ExpressionTree
{
    public override ExpressionValue? Evaluate(UsageEvent usage) =>
        Left.Evaluate(usage) is { } left && Right.Evaluate(usage) is { } right ? ExpressionValue.Combine(Sign, left, right) : null;
}

internal sealed record Rounding(RoundingFunction Function, ExpressionTree Value, ExpressionTree? Places) : ExpressionTree
{
    public override ExpressionValue? Evaluate(UsageEvent usage)
    {
        if (Value.Evaluate(usage) is not { } value)
        {
            return null;
        }

        var places = Places?.Evaluate(usage);
        return Places is not null && places is null ? null : ExpressionValue.Round(Function, value, places);
    }
}

internal sealed record Concatenation(IReadOnlyList<ExpressionTree> Parts) : ExpressionTree
{
    public override ExpressionValue? Evaluate(UsageEvent usage)
    {
        var texts = new string[Parts.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            if (Parts[i].Evaluate(usage) is not { } value)
            {
                return null;
            }

            texts[i] = value.AsText();
        }

        return ExpressionValue.Of(string.Concat(texts));
    }
}
