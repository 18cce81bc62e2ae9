using BackOffice.Core.Common;

namespace BackOffice.Core.Coupons;

/// <summary>Which lines a coupon may reduce: all, those of some plans, or those of some metrics.</summary>
/// <remarks>Plans and metrics are not combined: a coupon is limited to one kind of thing, so that people can say what it covers.</remarks>
public sealed record CouponScope
{
    private CouponScope(IReadOnlyList<string> planCodes, IReadOnlyList<string> metricCodes) =>
        (PlanCodes, MetricCodes) = (planCodes, metricCodes);

    /// <summary>Every line of the invoice.</summary>
    public static CouponScope Everything { get; } = new([], []);

    /// <summary>Empty unless limited to plans.</summary>
    public IReadOnlyList<string> PlanCodes { get; }

    /// <summary>Empty unless limited to metrics.</summary>
    public IReadOnlyList<string> MetricCodes { get; }

    /// <summary>The narrower the scope, the earlier the coupon is used: metrics 0, plans 1, everything 2.</summary>
    internal int Rank => MetricCodes.Count > 0 ? 0 : PlanCodes.Count > 0 ? 1 : 2;

    /// <exception cref="RuleBroken">No plan is named, or a code is malformed.</exception>
    public static CouponScope Plans(params IReadOnlyList<string> codes) => new(Checked(codes, "Plan code"), []);

    /// <exception cref="RuleBroken">No metric is named, or a code is malformed.</exception>
    public static CouponScope Metrics(params IReadOnlyList<string> codes) => new([], Checked(codes, "Metric code"));

    /// <summary>Whether a line may be reduced.</summary>
    public bool Covers(CouponLine line) => Rank switch
    {
        0 => line.MetricCode is not null && MetricCodes.Contains(line.MetricCode, StringComparer.Ordinal),
        1 => line.PlanCode is not null && PlanCodes.Contains(line.PlanCode, StringComparer.Ordinal),
        _ => true,
    };

    public bool Equals(CouponScope? other) =>
        other is not null && PlanCodes.SequenceEqual(other.PlanCodes) && MetricCodes.SequenceEqual(other.MetricCodes);

    public override int GetHashCode() => PlanCodes.Concat(MetricCodes).Aggregate(Rank, HashCode.Combine);

    /// <summary>The scope as words, such as "on the plans gold, silver"; "on everything" when not limited.</summary>
    public string InWords() => Rank switch
    {
        0 => "on the metrics " + string.Join(", ", MetricCodes),
        1 => "on the plans " + string.Join(", ", PlanCodes),
        _ => "on everything",
    };

    private static IReadOnlyList<string> Checked(IReadOnlyList<string> codes, string what) => codes.Count == 0
        ? throw new RuleBroken("Name at least one plan or metric, or let the coupon reduce everything.")
        : [.. codes.Select(code => Code.Check(code, what)).Distinct(StringComparer.Ordinal)];
}

/// <summary>A line as coupons see it.</summary>
/// <param name="Amount">The line before coupons; nothing is taken off a line that is zero or negative.</param>
/// <param name="PlanCode">The plan of the line's subscription; null when it has none.</param>
/// <param name="MetricCode">The metric of a usage line; null for every other line.</param>
public sealed record CouponLine(Money Amount, string? PlanCode = null, string? MetricCode = null);
