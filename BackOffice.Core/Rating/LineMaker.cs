using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Pricing;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;

namespace BackOffice.Core.Rating;

/// <summary>Makes the lines of an item: adds the steps up, rounds once, and notes where everything comes from.</summary>
internal static class LineMaker
{
    public static RatedLine Line(
        DueItem item, LineKind kind, string name, string words, IReadOnlyList<PriceStep> steps, decimal quantity = 1, Metric? metric = null,
        Measured? measured = null)
    {
        var terms = item.Phase.Terms;
        var exact = PriceStep.Total(steps);
        return new RatedLine(
            kind, item.Life.Subscription, item.Life.Code, terms.PlanName, terms.Version, name, item.Shown,
            metric?.Code, metric?.Unit, quantity, measured?.Events ?? 0, measured?.WithoutValue ?? 0,
            words, steps, exact, Money.Rounded(exact, terms.Currency))
        {
            PlanCode = terms.PlanCode,
            ChargeCode = metric?.Code,
            PlanTaxCodes = terms.Settings.TaxCodes,
            Whole = item.Whole,
            Item = item.KeyKind,
        };
    }

    /// <summary>The line with what lies beyond the most that its charge costs in the period taken off again.</summary>
    /// <param name="spent">What the lines before it cost; this one is added.</param>
    public static RatedLine Within(this RatedLine line, Money maximum, ref ShareSum spent)
    {
        var label = $"Above the most of {Words.Amount(maximum.Amount, maximum.Currency)}";
        var beyond = new SpendLimits(maximum: maximum.Amount).StepBeyond(spent, PriceStep.SumOf(line.Steps), label);
        var within = beyond is null ? line : line.With([.. line.Steps, beyond]);
        spent.Add(PriceStep.SumOf(within.Steps));
        return within;
    }

    /// <summary>The line; where units below zero make it less than nothing, it comes to nothing: nobody is paid for usage.</summary>
    public static RatedLine NotBelowZero(this RatedLine line) => line.ExactAmount >= 0
        ? line
        : line.With([.. line.Steps, PriceStep.Back("Below zero: nothing is owed", PriceStep.SumOf(line.Steps).Exactly)]);

    private static RatedLine With(this RatedLine line, IReadOnlyList<PriceStep> steps)
    {
        var exact = PriceStep.Total(steps);
        return line with { Steps = steps, ExactAmount = exact, Amount = Money.Rounded(exact, line.Amount.Currency) };
    }

    /// <summary>An amount for all days of a period, or the share of some.</summary>
    public static PriceStep Share(string whole, decimal amount, int days, int ofDays) => days == ofDays
        ? new PriceStep(whole, 1, amount)
        : new PriceStep($"{days} of {ofDays} days", days, amount, ofDays);

    public static string Noun(this BillingInterval interval) => interval switch
    {
        BillingInterval.Weekly => "week",
        BillingInterval.Monthly => "month",
        BillingInterval.Quarterly => "quarter",
        BillingInterval.SemiAnnual => "half-year",
        _ => "year",
    };
}
