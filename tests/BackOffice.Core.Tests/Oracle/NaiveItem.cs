using BackOffice.Core.Subscriptions;

namespace BackOffice.Core.Tests.Oracle;

/// <summary>Something that is owed from a moment on.</summary>
internal sealed record NaiveItem(DueKind Kind, int LifeNumber, SubscriptionLife Life, Phase Phase, Period Whole, LocalDate From, int Days)
{
    public required Instant DueAt { get; init; }

    public Instant UsageFrom { get; init; }

    public Instant UsageTo { get; init; }

    /// <summary>The fee that is taken back.</summary>
    public NaiveItem? Of { get; init; }

    public List<NaiveLine> Lines { get; } = [];

    /// <summary>The document it is on, once there is one.</summary>
    public NaiveDocument? Document { get; set; }

    public Period Shown => new(From, From.PlusDays(Math.Max(1, Days)));

    public Fraction Share => new(Days, Whole.Days);
}

/// <summary>A line in minor units.</summary>
internal sealed record NaiveLine(
    string Name, Period Period, long Amount, string Plan, string? Metric, string? Charge, IReadOnlyList<string> Taxes)
{
    /// <summary>What coupons take off it.</summary>
    public long Discount { get; set; }
}

/// <summary>What the oracle believes a document to say, in minor units.</summary>
internal sealed class NaiveDocument
{
    public required Instant DueAt { get; init; }

    public List<NaiveLine> Lines { get; } = [];

    public SortedDictionary<string, (long Base, long Tax)> Taxes { get; } = new(StringComparer.Ordinal);

    public List<long> Notes { get; } = [];

    public long Total { get; set; }

    public long Credits { get; set; }

    public long Wallet { get; set; }

    public long Credited { get; set; }

    public string Print() =>
        $"{DueAt}: {string.Join(", ", Lines.Select(line => $"{line.Name} {line.Period} {line.Amount}-{line.Discount}"))}"
        + $" | {string.Join(", ", Taxes.Select(tax => $"{tax.Key} {tax.Value.Base} {tax.Value.Tax}"))}"
        + $" | {string.Join(", ", Notes)} | {Total} - {Credits} - {Wallet} = {Total - Credits - Wallet}";
}
