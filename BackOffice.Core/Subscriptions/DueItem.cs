using System.Globalization;
using BackOffice.Core.Common;
using NodaTime;

namespace BackOffice.Core.Subscriptions;

/// <summary>What is owed for a stretch of a subscription. The order is the order on a document.</summary>
public enum DueKind
{
    /// <summary>The base fee of a period.</summary>
    BaseFee,

    /// <summary>The fixed charges that are paid on the first day of a period.</summary>
    FixedInAdvance,

    /// <summary>The fixed charges that are paid after a period.</summary>
    FixedInArrears,

    /// <summary>More units of a fixed charge that is paid in advance, from the day they count.</summary>
    FixedIncrease,

    /// <summary>The usage of a period that is billed after it, with the minimums of its charges.</summary>
    Usage,

    /// <summary>One usage event that is billed when it happens.</summary>
    UsageInAdvance,

    /// <summary>Usage of a billed period that came too late: what it changes, with everything billed before taken off.</summary>
    UsageAdjustment,

    /// <summary>What a period lacks of the commitment.</summary>
    TrueUp,

    /// <summary>What late usage changes in a billed true-up: it may be less that is missing.</summary>
    TrueUpAdjustment,

    /// <summary>A base fee that was paid for days after the end: taken back by a credit note.</summary>
    UnusedFee,

    /// <summary>The usage of a period so far, billed before the period is over because it passed a threshold.</summary>
    Progressive,
}

/// <summary>What makes an item one of a kind, whenever and however often it is computed (blueprint §5: exactly once).</summary>
/// <param name="Kind">What, as it is stored: the kind, the phase, and which of several.</param>
/// <param name="Start">The first day.</param>
/// <param name="End">The day after the last one.</param>
/// <param name="Generation">0; raised only when a document is voided and replaced.</param>
public sealed record ItemKey(SubscriptionId Subscription, string Kind, LocalDate Start, LocalDate End, int Generation = 0)
{
    /// <summary>The part of a key of units that are carried on and billed again at the start of each period.</summary>
    internal const string Renewal = "renewal";

    /// <summary>The key without its days where the kind alone names one thing: an event is the same in every zone.</summary>
    public ItemKey Identity() =>
        Kind.StartsWith("usage_in_advance.", StringComparison.Ordinal) && Kind.Split(':', 4) is not [_, _, Renewal, ..]
            ? this with { Start = default, End = default }
            : this;
}

/// <summary>Something a subscription owes, and since when.</summary>
/// <param name="Whole">The whole period it is part of, which shares of days refer to.</param>
/// <param name="From">The first day it is for.</param>
/// <param name="Days">How many days it is for; zero when a phase has none to itself, because it began and changed on one day.</param>
/// <param name="Moments">The moments whose usage it covers, and in which units and fees are looked up.</param>
/// <param name="DueAt">When it is owed. Documents gather what is due at the same moment.</param>
public sealed record DueItem(
    DueKind Kind, SubscriptionLife Life, Phase Phase, Period Whole, LocalDate From, int Days, Interval Moments, Instant DueAt)
{
    /// <summary>Which of several of this kind in one period: a fixed charge, an event, the n-th; null when there is one.</summary>
    public string? Part { get; init; }

    /// <summary>How often it was on a document that was voided and is billed again.</summary>
    public int Generation { get; init; }

    /// <summary>The fee that is taken back; null for everything that is billed.</summary>
    public ItemKey? Of { get; init; }

    /// <summary>The days its key names, when it is for some of them only: usage so far is for the days so far.</summary>
    public Period? KeyDays { get; init; }

    /// <summary>The days a document shows. A stretch without days of its own shows the day it lies on.</summary>
    public Period Shown => new(From, From.PlusDays(Math.Max(1, Days)));

    /// <summary>Whether it changes what was billed before, so that a document may go without it.</summary>
    public bool IsAdjustment => Kind is DueKind.UsageAdjustment or DueKind.TrueUpAdjustment;

    /// <summary>Whether all of the period is covered.</summary>
    public bool IsWhole => Days == Whole.Days;

    public ItemKey Key => new(Life.Subscription, KeyKind, (KeyDays ?? Shown).Start, (KeyDays ?? Shown).End);

    /// <summary>See <see cref="ItemKey.Kind"/>.</summary>
    public string KeyKind => NameOf(Kind, Phase.Number) + (Part is null ? "" : ":" + Part);

    /// <summary>How keys name a kind in a phase: "usage.1".</summary>
    public static string NameOf(DueKind kind, int phase) => KindName(kind) + "." + phase.ToString(CultureInfo.InvariantCulture);

    /// <summary>How the names of a kind begin, in whatever phase: "usage.".</summary>
    public static string Prefix(DueKind kind) => KindName(kind) + ".";

    /// <summary>Kind and phase of a key's name.</summary>
    /// <exception cref="RuleBroken">It is no such name.</exception>
    public static (DueKind Kind, int Phase) ReadKind(string name)
    {
        var kind = name.Split('.', 2);
        foreach (var known in Enum.GetValues<DueKind>())
        {
            if (KindName(known) == kind[0] && int.TryParse(kind[^1].Split(':', 2)[0], CultureInfo.InvariantCulture, out var phase))
            {
                return (known, phase);
            }
        }

        throw new RuleBroken($"\"{name}\" names nothing that is billed. The records of what was billed are damaged.");
    }

    private static string KindName(DueKind kind) => kind switch
    {
        DueKind.BaseFee => "base_fee",
        DueKind.FixedInAdvance => "fixed_in_advance",
        DueKind.FixedInArrears => "fixed_in_arrears",
        DueKind.FixedIncrease => "fixed_increase",
        DueKind.Usage => "usage",
        DueKind.UsageInAdvance => "usage_in_advance",
        DueKind.UsageAdjustment => "usage_adjustment",
        DueKind.TrueUp => "true_up",
        DueKind.TrueUpAdjustment => "true_up_adjustment",
        DueKind.Progressive => "progressive",
        _ => "unused_fee",
    };
}
