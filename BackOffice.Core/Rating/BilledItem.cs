using BackOffice.Core.Common;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Taxes;

namespace BackOffice.Core.Rating;

/// <summary>What was billed for an item: the proof that it is done, and what later items refer to.</summary>
/// <param name="Phase">The phase of the subscription it belongs to.</param>
/// <param name="Days">The days it was for.</param>
/// <param name="Document">What to call the document in sentences: its number, or its day.</param>
public sealed record BilledItem(ItemKey Key, DueKind Kind, int Phase, Period Days, string Document, IReadOnlyList<BilledLine> Lines);

/// <summary>A line that was billed, as later items need it.</summary>
/// <param name="ChargeCode">Which of the plan's charges; null for a base fee.</param>
/// <param name="Amount">Before coupons and taxes.</param>
/// <param name="Taxes">A snapshot.</param>
/// <param name="Discount">The line's share of the coupons, in major units; a credit takes back as much less.</param>
/// <param name="Paid">What came in for it, with tax; zero while nothing is known.</param>
public sealed record BilledLine(string? ChargeCode, Money Amount, IReadOnlyList<LineTax> Taxes, decimal Discount, Money Paid);
