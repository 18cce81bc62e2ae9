using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;

namespace BackOffice.Core.Tests.Oracle;

/// <summary>Something that is owed from a moment on.</summary>
internal sealed record NaiveItem(DueKind Kind, int LifeNumber, SubscriptionLife Life, Phase Phase, Period Whole, LocalDate From, int Days)
{
    public required Instant DueAt { get; init; }

    public Instant UsageFrom { get; init; }

    public Instant UsageTo { get; init; }

    /// <summary>Which of several at one moment; they stand in this order.</summary>
    public string Part { get; init; } = "";

    /// <summary>The fee that is taken back, or the fixed charges of which there are more units now.</summary>
    public NaiveItem? Of { get; init; }

    /// <summary>The change that made the units more.</summary>
    public UnitChange? Change { get; init; }

    public List<NaiveLine> Lines { get; } = [];

    /// <summary>The document it is on, once there is one.</summary>
    public NaiveDocument? Document { get; set; }

    public Period Shown => new(From, From.PlusDays(Math.Max(1, Days)));

    public Fraction Share => new(Days, Whole.Days);

    public Duration WholeDuration => NaiveItems.StartOf(Life, Whole.End) - NaiveItems.StartOf(Life, Whole.Start);

    // A copy is another item: it has its own lines.
    private NaiveItem(NaiveItem other)
    {
        (Kind, LifeNumber, Life, Phase, Whole) = (other.Kind, other.LifeNumber, other.Life, other.Phase, other.Whole);
        (From, Days, DueAt, UsageFrom, UsageTo) = (other.From, other.Days, other.DueAt, other.UsageFrom, other.UsageTo);
        (Part, Of, Change, Lines) = (other.Part, other.Of, other.Change, []);
    }
}

/// <summary>A line in minor units.</summary>
internal sealed record NaiveLine(
    LineKind Kind, string Name, Period Period, long Amount, string Plan, string? Metric, string? Charge, IReadOnlyList<string> Taxes)
{
    /// <summary>The filter and the group it is for.</summary>
    public string Words { get; init; } = "/";

    /// <summary>What coupons take off it.</summary>
    public long Discount { get; set; }

    /// <summary>A line of an item, rounded here and nowhere else.</summary>
    /// <param name="amount">In major units.</param>
    public static NaiveLine Of(
        NaiveItem item, string name, Fraction amount, string? metric = null, string? charge = null, IReadOnlyList<string>? taxes = null)
    {
        var terms = item.Phase.Terms;
        var kind = item.Kind switch
        {
            DueKind.BaseFee => LineKind.BaseFee,
            DueKind.TrueUp => LineKind.TrueUp,
            DueKind.Usage or DueKind.UsageInAdvance => LineKind.Usage,
            _ => LineKind.FixedCharge,
        };
        return new NaiveLine(
            kind, name, item.Shown, (amount * terms.Currency.Scale).Rounded(), terms.PlanCode, metric, charge,
            taxes is { Count: > 0 } ? taxes : terms.Settings.TaxCodes);
    }
}

/// <summary>A fee that is given back: what is kept for later, paid back, and taken off what is open.</summary>
internal sealed record NaiveNote(long Credit, long Refund, long Offset)
{
    public long Total => Credit + Refund + Offset;

    public override string ToString() => $"{Credit}+{Refund}+{Offset}";
}

/// <summary>What the oracle believes a document to say, in minor units.</summary>
internal sealed class NaiveDocument
{
    public required Instant DueAt { get; init; }

    public List<NaiveLine> Lines { get; } = [];

    public SortedDictionary<string, (long Base, long Tax)> Taxes { get; } = new(StringComparer.Ordinal);

    public List<NaiveNote> Notes { get; } = [];

    public long Total { get; set; }

    public long Credits { get; set; }

    /// <summary>What each wallet pays.</summary>
    public long[] Wallets { get; set; } = [];

    /// <summary>What of it was given back.</summary>
    public List<NaiveNote> GivenBack { get; } = [];

    public long Paid => Credits + Wallets.Sum();

    public long Open => Total - Paid - GivenBack.Sum(note => note.Offset);

    public string Print() =>
        $"{DueAt}: {string.Join(", ", Lines.Select(line => $"{line.Name}{line.Words} {line.Period} {line.Amount}-{line.Discount}"))}"
        + $" | {string.Join(", ", Taxes.Select(tax => $"{tax.Key} {tax.Value.Base} {tax.Value.Tax}"))}"
        + $" | {string.Join(", ", Notes)} | {Total} - {Credits} - {string.Join('-', Wallets)} = {Total - Paid}";
}
