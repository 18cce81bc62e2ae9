using BackOffice.Core.Common;

namespace BackOffice.Core.Wallets;

/// <summary>What a line of an invoice is for, as wallets tell lines apart.</summary>
public enum PaidFor
{
    BaseFee,
    Usage,
    FixedCharge,
    Commitment,
    Other,
}

/// <summary>Which lines a wallet pays: all, or those of some kinds and those of some metrics.</summary>
public sealed record WalletScope
{
    private WalletScope(IReadOnlyList<PaidFor> kinds, IReadOnlyList<string> metricCodes) => (Kinds, MetricCodes) = (kinds, metricCodes);

    public static WalletScope Everything { get; } = new([], []);

    public IReadOnlyList<PaidFor> Kinds { get; }

    public IReadOnlyList<string> MetricCodes { get; }

    /// <summary>A line is paid when its kind or its metric is named; when nothing is named, every line is.</summary>
    /// <exception cref="RuleBroken">A metric code is malformed.</exception>
    public static WalletScope Of(IReadOnlyList<PaidFor> kinds, IReadOnlyList<string> metricCodes) =>
        new([.. kinds.Distinct()], [.. metricCodes.Select(code => Code.Check(code, "Metric code")).Distinct(StringComparer.Ordinal)]);

    public bool Covers(PaidFor kind, string? metricCode) => (Kinds.Count == 0 && MetricCodes.Count == 0)
        || Kinds.Contains(kind) || (metricCode is not null && MetricCodes.Contains(metricCode, StringComparer.Ordinal));

    public bool Equals(WalletScope? other) =>
        other is not null && Kinds.SequenceEqual(other.Kinds) && MetricCodes.SequenceEqual(other.MetricCodes);

    public override int GetHashCode() => MetricCodes.Aggregate(Kinds.Count, HashCode.Combine);
}
