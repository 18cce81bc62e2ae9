using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Thresholds;
using BackOffice.Web.Shared;

namespace BackOffice.Web.Features.Catalog;

/// <summary>What a plan version says beside its prices, in sentences for pages.</summary>
internal static class TermsInWords
{
    public static string BaseFee(Money fee, PlanSettings settings, BillingInterval interval) => fee.MinorUnits == 0
        ? "None"
        : $"{MoneyText.Of(fee)} for each {IntervalWords.Of(interval)}, "
            + (settings.PayInAdvance ? "on its first day" : "after it has ended");

    /// <summary>Everything about billing that a plain plan does not say.</summary>
    public static IEnumerable<string> Of(PlanSettings settings)
    {
        if (settings.TrialDays > 0)
        {
            yield return $"The base fee is free for {settings.TrialDays} {(settings.TrialDays == 1 ? "day" : "days")} from the first start";
        }

        if (settings.UsageMonthly)
        {
            yield return "Usage is billed every month";
        }

        if (settings.FixedChargesMonthly)
        {
            yield return "Fixed charges are billed every month";
        }

        if (settings.Commitment is { } commitment)
        {
            yield return $"{commitment.Name}: at least {MoneyText.Of(commitment.Amount)} in every period{Taxes(commitment.TaxCodes)}";
        }

        if (settings.EarlyBilling is { } ladder)
        {
            yield return EarlyBilling(ladder);
        }

        if (settings.TaxCodes.Count > 0)
        {
            yield return $"Taxed with {string.Join(", ", settings.TaxCodes)}";
        }

        if (settings.LateUsage == LateUsageRule.ListOnly)
        {
            yield return "Usage that comes after the invoice of its period is listed, not billed";
        }

        if (settings.InvoiceName != PlanSettings.Plain.InvoiceName)
        {
            yield return $"The line of the base fee is called {settings.InvoiceName}";
        }
    }

    /// <summary>"Usage is billed early when it reaches 200.00 USD, 500.00 USD (Watch), then every 1,000.00 USD".</summary>
    public static string EarlyBilling(ThresholdLadder ladder)
    {
        var sums = string.Join(", ", ladder.Thresholds.Select(threshold =>
            MoneyText.Of(threshold.Amount) + (threshold.Name is { } name ? $" ({name})" : "")));
        return (sums, ladder.Step) switch
        {
            (_, null) => $"Usage is billed early when it reaches {sums}",
            ("", { } step) => $"Usage is billed early every {MoneyText.Of(step.Amount)}",
            (_, { } step) => $"Usage is billed early when it reaches {sums}, then every {MoneyText.Of(step.Amount)}",
        };
    }

    /// <summary>Everything about a charge beside its price.</summary>
    public static IEnumerable<string> Of(ChargeSettings settings, Currency currency)
    {
        if (settings.PayInAdvance)
        {
            yield return "Each event is billed when it happens";
        }

        if (settings.Prorated)
        {
            yield return "Units are charged for the days they are there";
        }

        if (settings.Minimum is { } least)
        {
            yield return $"At least {MoneyText.Of(least)} in a period";
        }

        if (settings.Maximum is { } most)
        {
            yield return $"At most {MoneyText.Of(most)} in a period";
        }

        if (settings.GroupKeys.Count > 0)
        {
            yield return $"A line for each {string.Join(", ", settings.GroupKeys)}";
        }

        foreach (var filtered in settings.Filters)
        {
            yield return $"{filtered.Filter.InWords}: {filtered.Price.InWords(currency)}";
        }

        if (settings.TaxCodes.Count > 0)
        {
            yield return $"Taxed with {string.Join(", ", settings.TaxCodes)}";
        }
    }

    /// <summary>"2 units: 10.00 EUR per unit, on the first day of the period".</summary>
    public static string Of(FixedCharge charge, Currency currency) =>
        $"{MoneyText.Quantity(charge.Units)} {(charge.Units == 1 ? "unit" : "units")}: {charge.Price.InWords(currency)}"
        + (charge.PayInAdvance ? ", on the first day of the period" : ", after the period")
        + (charge.Prorated ? ", with its share of days" : "")
        + Taxes(charge.TaxCodes);

    private static string Taxes(IReadOnlyList<string> codes) => codes.Count == 0 ? "" : $", taxed with {string.Join(", ", codes)}";
}
