using System.Collections.Immutable;
using BackOffice.Core.Billing;
using BackOffice.Core.Catalog;
using BackOffice.Core.Pricing;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Taxes;
using BackOffice.Core.Usage;

namespace BackOffice.Core.Tests.Billing;

/// <summary>Short ways to a subscription and what it is billed.</summary>
internal static class Lives
{
    public static readonly SubscriptionId Id = SubscriptionId.New();

    public static Instant At(string iso) => NodaTime.Text.InstantPattern.ExtendedIso.Parse(iso).Value;

    public static PlanTerms Plan(
        string fee, PlanSettings? settings = null, BillingInterval interval = BillingInterval.Monthly, params IReadOnlyList<Charge> charges)
    {
        var plan = Core.Catalog.Plan.Create("pro", "Pro", Eur, interval);
        plan.Edit(Money.Of(D(fee), Eur), charges, settings ?? PlanSettings.Plain);
        return plan.Terms(plan.Draft!);
    }

    public static PlanTerms InAdvance(string fee, BillingInterval interval = BillingInterval.Monthly) =>
        Plan(fee, new PlanSettings { PayInAdvance = true }, interval);

    public static SubscriptionLife Start(PlanTerms terms, string at, BillingTiming? timing = null, string zone = "UTC") =>
        SubscriptionLife.Start(Id, "acme-pro", Zone.Of(zone), timing ?? BillingTiming.Calendar, terms, At(at));

    public static Account AccountOf(SubscriptionLife life, params IReadOnlyList<Metric> metrics) =>
        new() { Zone = life.Zone, Lives = [life], Metrics = metrics.ToDictionary(metric => metric.Id) };

    public static Account Taxed(this Account account, decimal percent) => account with
    {
        Taxes = new AccountTaxes(
            ImmutableDictionary<string, TaxRate>.Empty.Add(
                "VAT", TaxRate.Create("VAT", "VAT", "DE", percent, new LocalDate(2000, 1, 1))), ["VAT"], []),
    };

    public static IReadOnlyList<BillingDocument> Bill(SubscriptionLife life, string through) =>
        BillingEngine.Due(AccountOf(life), UsageLog.Empty, At(through));

    public static UsageEvent Event(long id, string at, decimal units, string name = "calls") =>
        new(id, name, At(at), new Dictionary<string, decimal> { ["units"] = units });

    /// <summary>Documents as a table: the day, then each line and what it costs, then what is taken back.</summary>
    public static string Print(this IEnumerable<BillingDocument> documents) => string.Join("\n", documents
        .Where(document => !document.IsEmpty || document.Notes.Count > 0)
        .Select(document => $"{document.Day:uuuu-MM-dd}: " + string.Join(", ", document.Lines
            .Select(line => $"{line.Name} {line.Period} {line.Amount}")
            .Concat(document.Notes.Select(note => $"credit {note.Content.Total}")))));
}
