using BackOffice.Core.Common;
using BackOffice.Core.Thresholds;

namespace BackOffice.Core.Catalog;

/// <summary>How a plan version is billed, beside its base fee and charges. As it stands: in arrears, without a trial.</summary>
public sealed record PlanSettings
{
    /// <summary>A plan billed after each period, with nothing special.</summary>
    public static PlanSettings Plain { get; } = new();

    /// <summary>The base fee is due on the first day of a period instead of after its last. Usage is always billed afterwards.</summary>
    public bool PayInAdvance { get; init; }

    /// <summary>Days from the first start of a subscription on which the base fee is free; 0 to 3,660.</summary>
    public int TrialDays { get; init; }

    /// <summary>Usage is billed each month under a plan of quarters, half-years or years.</summary>
    public bool UsageMonthly { get; init; }

    /// <summary>The same for fixed charges.</summary>
    public bool FixedChargesMonthly { get; init; }

    /// <summary>In the order of the invoice.</summary>
    public IReadOnlyList<FixedCharge> FixedCharges { get; init; } = [];

    /// <summary>Null when nothing was promised.</summary>
    public MinimumCommitment? Commitment { get; init; }

    /// <summary>Sums of usage at which an invoice is made before the period is over; null bills usage after it only.</summary>
    public ThresholdLadder? EarlyBilling { get; init; }

    /// <summary>The plan's taxes; empty leaves it to the customer or the company.</summary>
    public IReadOnlyList<string> TaxCodes { get; init; } = [];

    /// <summary>What becomes of usage that comes after the invoice of its period was issued.</summary>
    public LateUsageRule LateUsage { get; init; }

    /// <summary>What the line of the base fee says.</summary>
    public string InvoiceName { get; init; } = "Base fee";

    /// <exception cref="RuleBroken">Something contradicts the plan's interval or currency, or itself.</exception>
    internal PlanSettings Checked(BillingInterval interval, Currency currency)
    {
        if (TrialDays is < 0 or > 3_660)
        {
            throw new RuleBroken("A trial has 0 to 3,660 days.");
        }

        if ((UsageMonthly || FixedChargesMonthly) && interval is BillingInterval.Weekly or BillingInterval.Monthly)
        {
            throw new RuleBroken("Only a plan of quarters, half-years or years can bill usage or fixed charges every month in between.");
        }

        if (FixedCharges.GroupBy(charge => charge.Code).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new RuleBroken($"The fixed charge {twice.Key} is there twice. Give the second one a code of its own.");
        }

        if (Commitment is { } commitment && commitment.Amount.Currency != currency)
        {
            throw new RuleBroken($"The commitment is in {commitment.Amount.Currency}, the plan in {currency}.");
        }

        EarlyBilling?.Check(currency);
        return this with { InvoiceName = Text.Required(InvoiceName, "Invoice name") };
    }
}
