using BackOffice.Core.Common;
using BackOffice.Core.Pricing;

namespace BackOffice.Core.Rating;

/// <summary>What is missing to an agreed spend: the line that lifts a charge to its minimum, or a period to its commitment.</summary>
/// <param name="Promised">The agreed spend for the days that are billed, exact, in the unit it was agreed in.</param>
/// <param name="Spent">What counts towards it, in the same unit.</param>
/// <param name="Missing">Promised − spent, exact; above zero.</param>
/// <param name="Rate">Money for one unit; 1 when the agreement is in money.</param>
/// <param name="Amount">Missing × rate, rounded once.</param>
/// <param name="Steps">How the amount comes about, in full precision.</param>
public sealed record TrueUp(
    decimal Promised, decimal Spent, decimal Missing, decimal Rate, Money Amount, IReadOnlyList<PriceStep> Steps)
{
    /// <summary>A sentence for the reader of the line.</summary>
    public string InWords =>
        $"{Words.Number(Promised)} was agreed, {Words.Number(Spent)} was spent: {Words.Number(Missing)} is missing"
        + (Rate == 1 ? $", so {Amount} is due." : $", at {Words.Amount(Rate, Amount.Currency)} each, so {Amount} is due.");

    /// <summary>What is missing, or null when nothing is.</summary>
    /// <param name="label">What was agreed, such as "Minimum spend".</param>
    /// <param name="days">Days that are billed, at most <paramref name="ofDays"/>: the agreement counts for them only.</param>
    /// <exception cref="ArgumentOutOfRangeException">The days are not a part of the period.</exception>
    internal static TrueUp? Of(string label, decimal agreed, decimal spent, int days, int ofDays, decimal rate, Currency currency)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, ofDays);

        // One division at the end, so that a half stays a half.
        var missing = (Exact.Multiply(agreed, days) - Exact.Multiply(spent, ofDays)) / ofDays;
        if (missing <= 0)
        {
            return null;
        }

        var amount = Money.Rounded(
            (Exact.Multiply(agreed, days) - Exact.Multiply(spent, ofDays)) * rate / ofDays, currency);
        var step = days == ofDays
            ? new PriceStep(label, 1, agreed)
            : new PriceStep($"{label}, {days} of {ofDays} days", days, agreed, ofDays);
        return amount.MinorUnits == 0
            ? null
            : new TrueUp(step.Amount, spent, missing, rate, amount, [step, new PriceStep("Spent already", 1, -spent)]);
    }
}
