using BackOffice.Core.Common;

namespace BackOffice.Core.Rating;

/// <summary>The least a charge costs in a whole period, over all its filters and groups together.</summary>
/// <remarks>
/// Cut to the days that are billed (Lago's rule, guide §3). What is missing becomes a line of its own with the charge's taxes.
/// </remarks>
public sealed record ChargeMinimum
{
    /// <param name="amount">Above zero, in money or in the unit the charge is priced in.</param>
    /// <param name="rate">Money for one unit; 1 when the charge is priced in money.</param>
    /// <exception cref="RuleBroken">The amount or the rate is not above zero.</exception>
    public ChargeMinimum(decimal amount, Currency currency, decimal rate = 1) => (Amount, Currency, Rate) = amount > 0 && rate > 0
        ? (amount, currency, rate)
        : throw new RuleBroken("A minimum spend is above zero. Leave it empty when there is none.");

    public decimal Amount { get; }

    public Currency Currency { get; }

    public decimal Rate { get; }

    /// <summary>The line that is missing to the minimum; null when the charge costs as much already.</summary>
    /// <param name="spent">All the charge's fees of the period, of every filter and group, in the minimum's unit.</param>
    /// <param name="days">Days of the period that are billed.</param>
    /// <param name="ofDays">Days of the whole period.</param>
    public TrueUp? TrueUp(decimal spent, int days, int ofDays) =>
        Rating.TrueUp.Of("Minimum spend", Amount, spent, days, ofDays, Rate, Currency);
}
