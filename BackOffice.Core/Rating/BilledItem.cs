using BackOffice.Core.Common;
using BackOffice.Core.Subscriptions;

namespace BackOffice.Core.Rating;

/// <summary>What was billed for an item: the proof that it is done, and what later items refer to.</summary>
/// <param name="Phase">The phase of the subscription it belongs to.</param>
/// <param name="Days">The days it was for.</param>
/// <param name="Document">The document it is on; null when nothing was owed.</param>
public sealed record BilledItem(ItemKey Key, DueKind Kind, int Phase, Period Days, string? Document, IReadOnlyList<BilledLine> Lines);

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

    /// <summary>A line as it is remembered.</summary>
    /// <param name="place">The place of the line on its document, from 0.</param>
    public static BilledLine Of(RatedLine line, int place) => new(place, line.ChargeCode, line.Amount)
    {
        Kind = line.Kind,
        Quantity = line.Quantity,
        Events = line.Events,
        Filter = line.Filter,
        Group = line.Group,
    };
}
