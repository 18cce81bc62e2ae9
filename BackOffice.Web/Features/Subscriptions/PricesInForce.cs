using BackOffice.Core.Catalog;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Thresholds;
using BackOffice.Web.Features.Catalog;
using BackOffice.Web.Shared;
using NodaTime;

namespace BackOffice.Web.Features.Subscriptions;

/// <summary>What a subscription pays on a day, part by part, and what the plan says where something else was agreed.</summary>
internal static class PricesInForce
{
    /// <param name="metrics">The names of all metrics.</param>
    /// <param name="plan">What the version says to everybody else.</param>
    public static List<PriceInForce> Of(
        SubscriptionLife life, Phase phase, LocalDate day, IReadOnlyDictionary<MetricId, string> metrics, PlanTerms plan)
    {
        var (terms, agreed) = (phase.Terms, phase.Terms.Agreed);
        var (fee, planned) = (LifeWords.Fee(terms), LifeWords.Fee(plan));
        List<PriceInForce> prices = [Part(terms.Settings.InvoiceName, fee, agreed?.BaseFee is not null, planned)];
        prices.AddRange(terms.Settings.FixedCharges.Zip(plan.Settings.FixedCharges, (charge, other) => Part(
            charge.Name, Words(charge, life.UnitsOf(charge, day), terms),
            agreed?.FixedCharges.Any(own => own.Code == charge.Code) == true, Words(other, other.Units, terms))));
        prices.AddRange(terms.Charges.Zip(plan.Charges, (charge, other) => Part(
            charge.Name == metrics[charge.MetricId] ? charge.Name : $"{charge.Name} ({metrics[charge.MetricId]})",
            Words(charge, terms), agreed?.Charges.Any(own => own.Metric == charge.MetricId) == true, Words(other, terms))));
        if ((terms.Settings.Commitment ?? plan.Settings.Commitment) is { } commitment)
        {
            var (mine, plans) = (Words(terms.Settings.Commitment), Words(plan.Settings.Commitment));
            prices.Add(Part(commitment.Name, mine, agreed?.Commitment is not null, plans));
        }

        if ((terms.Settings.EarlyBilling ?? plan.Settings.EarlyBilling) is not null)
        {
            var (mine, plans) = (Words(terms.Settings.EarlyBilling), Words(plan.Settings.EarlyBilling));
            prices.Add(Part("Early billing", mine, agreed is { NoEarlyBilling: true } or { EarlyBilling: not null }, plans));
        }

        return prices;
    }

    private static PriceInForce Part(string name, string words, bool isAgreed, string plan) =>
        new(name, words, isAgreed) { ThePlan = isAgreed ? plan : null };

    private static string Words(FixedCharge charge, decimal units, PlanTerms terms) =>
        $"{MoneyText.Quantity(units)} units, {charge.Price.InWords(terms.Currency)}";

    private static string Words(Charge charge, PlanTerms terms) =>
        string.Join("; ", [charge.Price.InWords(terms.Currency), .. TermsInWords.Of(charge.Settings, terms.Currency)]);

    private static string Words(MinimumCommitment? commitment) =>
        commitment is null ? "None" : $"At least {MoneyText.Of(commitment.Amount)} a period";

    private static string Words(ThresholdLadder? early) => early is null ? "None" : TermsInWords.EarlyBilling(early);
}
