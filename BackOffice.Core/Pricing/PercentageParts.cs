namespace BackOffice.Core.Pricing;

/// <summary>What of some transactions is free under a <see cref="PercentagePrice"/>, and what is charged how.</summary>
/// <param name="FreeAmount">The measured amount that is free.</param>
/// <param name="PaidAmount">The measured amount that the percentage is charged on.</param>
/// <param name="FreeEvents">Transactions without a fee.</param>
/// <param name="PaidEvents">Transactions that pay the fee for each.</param>
/// <param name="EventsAtMinimum">Transactions that cost the least there is, instead of percentage and fee.</param>
/// <param name="EventsAtMaximum">Transactions that cost the most there is, instead of percentage and fee.</param>
public readonly record struct PercentageParts(
    decimal FreeAmount, decimal PaidAmount, long FreeEvents, long PaidEvents, long EventsAtMinimum, long EventsAtMaximum);
