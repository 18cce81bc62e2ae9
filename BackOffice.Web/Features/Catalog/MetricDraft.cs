using System.Globalization;
using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Usage;

namespace BackOffice.Web.Features.Catalog;

/// <summary>A metric while it is typed: every field may still be empty or wrong.</summary>
public sealed class MetricDraft
{
    public string? Name { get; set; }

    public string? Code { get; set; }

    public Aggregation Aggregation { get; set; } = Aggregation.Sum;

    /// <summary>Whether an expression is computed instead of reading one property.</summary>
    public bool Computes { get; set; }

    public string? Property { get; set; }

    public string? Expression { get; set; }

    public string? Unit { get; set; }

    public string? EventName { get; set; }

    public bool Recurring { get; set; }

    /// <summary>Empty keeps every digit.</summary>
    public string? Rounding { get; set; }

    public decimal? Places { get; set; }

    public List<FilterKeyDraft> FilterKeys { get; } = [];

    /// <summary>Counting needs no value of the events.</summary>
    public bool ReadsValue => Aggregation != Aggregation.Count;

    public bool MayRecur => Aggregation.MayRecur();

    public string InWords => MetricRow.Words(Aggregation, ReadsValue ? Computes ? Expression : Property : null, EventName);

    /// <summary>What is wrong with the expression, with its place; null when it can be read, or none is needed.</summary>
    public string? ExpressionMistake() => !ReadsValue || !Computes || string.IsNullOrWhiteSpace(Expression)
        ? null
        : MetricExpression.Parse(Expression) is { Ok: false } wrong ? wrong.Fault!.Message : null;

    /// <exception cref="RuleBroken">A field is missing or refused; the message names it.</exception>
    public MetricInput ToInput() => new(
        Code ?? "", Name ?? "", Aggregation, ReadsValue && !Computes ? Property : null, Unit ?? "", EventName, new Measuring
        {
            Expression = ReadsValue && Computes ? MetricExpression.Of(Expression) : null,
            Recurring = MayRecur && Recurring,
            Rounding = Enum.TryParse<RoundingFunction>(Rounding, out var function)
                ? new QuantityRounding(function, (int)(Places ?? 0))
                : null,
            FilterKeys = [.. FilterKeys.Where(key => !string.IsNullOrWhiteSpace(key.Key)).Select(key =>
                new FilterKey(key.Key!, NameList.Read(key.Values)))],
        });

    /// <summary>The metric to try, though it may lack a name yet; or why there is none.</summary>
    public (Metric? Metric, string? Mistake) TryMetric()
    {
        try
        {
            var input = ToInput();
            return (Metric.Create("try", "Try", input.Aggregation, input.Property, "units", input.EventName, input.How), null);
        }
        catch (RuleBroken refusal)
        {
            return (null, refusal.Message);
        }
    }

    /// <summary>"rounded up to 2 places".</summary>
    public static string RoundingWords(QuantityRounding rounding)
    {
        var way = rounding.Function switch { RoundingFunction.Ceil => "up ", RoundingFunction.Floor => "down ", _ => "" };
        var places = rounding.Precision.ToString(CultureInfo.InvariantCulture);
        return $"rounded {way}to {(rounding.Precision == 0 ? "whole units" : $"{places} decimal places")}";
    }
}

/// <summary>A property that charges may filter by, while it is typed.</summary>
public sealed class FilterKeyDraft
{
    public Guid Id { get; } = Guid.CreateVersion7();

    public string? Key { get; set; }

    /// <summary>Separated by commas.</summary>
    public string? Values { get; set; }
}
