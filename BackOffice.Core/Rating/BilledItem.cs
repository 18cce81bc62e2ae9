using System.Globalization;
using BackOffice.Core.Common;
using BackOffice.Core.Subscriptions;

namespace BackOffice.Core.Rating;

/// <summary>What was billed for an item: the proof that it is done, and what later items refer to.</summary>
/// <param name="Phase">The phase of the subscription it belongs to.</param>
/// <param name="Days">The days it was for.</param>
/// <param name="Document">The document it is on; null when nothing was owed.</param>
public sealed record BilledItem(ItemKey Key, DueKind Kind, int Phase, Period Days, string? Document, IReadOnlyList<BilledLine> Lines)
{
    /// <summary>Nobody computes it again: its document is issued, or nothing was owed and there is none.</summary>
    public bool IsFinal { get; init; }

    /// <summary>Which progressive invoice of its period it is on, from 1; 0 for everything else.</summary>
    public int Number => Kind == DueKind.Progressive
        ? int.Parse(Key.Kind[(Key.Kind.IndexOf(':', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture)
        : 0;

    /// <summary>Whether it billed usage early that the other item bills again and takes off.</summary>
    public bool IsTakenOffBy(BilledItem other) =>
        Kind == DueKind.Progressive && other.Kind is DueKind.Usage or DueKind.Progressive
        && (Key.Subscription, Phase) == (other.Key.Subscription, other.Phase)
        && Key.Start <= other.Key.Start && other.Key.Start < Key.End
        && (other.Kind == DueKind.Usage || Number < other.Number);
}

/// <summary>A line that was billed, as later items need it.</summary>
/// <param name="Place">The place of the line on its document, from 0.</param>
/// <param name="ChargeCode">Which of the plan's charges; null for a base fee.</param>
/// <param name="Amount">Before coupons and taxes.</param>
public sealed record BilledLine(int Place, string? ChargeCode, Money Amount)
{
    public LineKind Kind { get; init; }

    public decimal Quantity { get; init; }

    /// <summary>How many usage events it was measured from.</summary>
    public long Events { get; init; }

    /// <summary>See <see cref="RatedLine.Filter"/>.</summary>
    public string? Filter { get; init; }

    /// <summary>See <see cref="RatedLine.Group"/>.</summary>
    public string? Group { get; init; }

    /// <summary>Which usage of a period it is, the same on every document of the period; null when it is none.</summary>
    public string? Usage { get; init; }

    /// <summary>A line as it is remembered.</summary>
    /// <param name="place">The place of the line on its document, from 0.</param>
    public static BilledLine Of(RatedLine line, int place) => new(place, line.ChargeCode, line.Amount)
    {
        Kind = line.Kind,
        Quantity = line.Quantity,
        Events = line.Events,
        Filter = line.Filter,
        Group = line.Group,
        Usage = line.Usage,
    };

    /// <summary>The charge with filter and group: what <see cref="Usage"/> is made of.</summary>
    public static string? UsageOf(LineKind kind, string? chargeCode, string? filter, string? group) =>
        kind == LineKind.Usage ? $"{chargeCode}\u001f{filter}\u001f{group}" : null;
}
