using BackOffice.Core.Billing;
using BackOffice.Core.Catalog;
using BackOffice.Core.Invoices;
using BackOffice.Core.Pricing;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Thresholds;
using BackOffice.Core.Usage;
using static BackOffice.Core.Tests.Billing.Lives;

namespace BackOffice.Core.Tests.Billing;

/// <summary>Billing early changes when usage is paid and never how much. CsCheck prints the seed of a case that breaks a law.</summary>
public sealed class ProgressiveLawTests
{
    private static readonly Currency[] Currencies = [Eur, Jpy, Kwd];
    private static readonly Metric Calls = Metric.Create("calls", "Calls", Aggregation.Sum, "units", "calls", "calls");
    private static readonly Metric Seats = Metric.Create("seats", "Seats", Aggregation.Max, "units", "seats", "calls");
    private static readonly Instant Begin = At("2025-12-01T00:00:00Z");

    private static readonly Gen<ThresholdLadder> Ladders = Gen.Select(Gen.Int[1, 900].HashSet[0, 4], Gen.Int[1, 700], Gen.Bool).Select(
        (sums, step, repeats) => ProgressiveInvoiceTests.Ladder(sums, repeats || sums.Count == 0 ? step : null));

    /// <summary>An event and the nights between which the office knows it: it may come late, and its import may be undone.</summary>
    private static readonly Gen<(UsageEvent Event, int Comes, int Goes)[]> Events = Gen.Select(
        Gen.Int[0, 88 * 24], Gen.Int[-30, 400], Gen.Int[0, 2], Gen.Int[0, 12], Gen.Int[0, 40]).Array[0, 40].Select(many =>
            many.Select((one, i) =>
            {
                var (hour, units, region, late, gone) = one;
                var at = Begin + Duration.FromHours(hour);
                var last = NightOf(new LocalDate(at.InUtc().Year, at.InUtc().Month, 1).PlusMonths(1));
                var comes = Math.Min(last, NightOf(at.InUtc().Date) + 1 + late);
                return (new UsageEvent(
                        i + 1, "calls", at, new Dictionary<string, decimal> { ["units"] = units },
                        new Dictionary<string, string> { ["region"] = $"r{region}" }),
                    comes, gone > 20 ? int.MaxValue : Math.Min(last, comes + gone));
            }).ToArray());

    [Fact]
    public void Early_invoices_and_the_rest_less_what_is_given_back_are_one_invoice_of_the_usage() =>
        Gen.Select(Ladders, Events, Gen.Int[0, 2], Gen.Int[1, 9], Gen.Bool).Sample((ladder, events, currency, nights, committed) =>
        {
            var plan = PlanOf(Currencies[currency], committed);
            var early = Nightly(plan with { Settings = plan.Settings with { EarlyBilling = In(ladder, plan.Currency) } }, events, nights);
            var plain = Nightly(plan, events, nights);
            return Billed(early, plan.Currency) == Billed(plain, plan.Currency)
                && plain.All(document => !document.IsProgressive && document.Notes.Count == 0)
                && early.Where(document => document.IsProgressive).All(document => document.Totals.Net.MinorUnits > 0);
        }, iter: 400);

    [Fact]
    public void Early_invoices_stay_right_over_changes_of_plan_and_an_end() =>
        Gen.Select(Ladders, Events, Gen.Int[1, 2_000], Gen.Int[1, 2_100], Gen.Int[1, 5]).Sample((ladder, known, change, end, nights) =>
        {
            var events = known.Select(each => (each.Event, 0, int.MaxValue)).ToArray();
            var plan = PlanOf(Eur, committed: false);
            var early = plan with { Settings = plan.Settings with { EarlyBilling = ladder } };
            SubscriptionLife Changed(PlanTerms first, PlanTerms next) => Start(first, "2025-12-01T00:00:00Z")
                .ChangeNow(next, Begin + Duration.FromHours(change)).Terminate(Begin + Duration.FromHours(change + end));
            return Billed(Nightly(Changed(early, early), events, nights), Eur) == Billed(Nightly(Changed(plan, plan), events, nights), Eur);
        }, iter: 300);

    [Fact]
    public void The_cases_of_the_law_do_occur()
    {
        var (progressive, notes, several) = (0, 0, 0);
        Gen.Select(Ladders, Events).Sample((ladder, events) =>
        {
            var plan = PlanOf(Eur, committed: false);
            var documents = Nightly(plan with { Settings = plan.Settings with { EarlyBilling = ladder } }, events, 2);
            Interlocked.Add(ref progressive, documents.Count(document => document.IsProgressive));
            Interlocked.Add(ref notes, documents.Sum(document => document.Notes.Count));
            Interlocked.Add(ref several, documents.Count(document => document.IsProgressive && document.Content.Discounts.Count > 0));
        }, iter: 100);
        Assert.True(progressive > 20 && notes > 5 && several > 5, $"{progressive} early, {notes} notes, {several} second ones");
    }

    private static int NightOf(LocalDate day) => NodaTime.Period.DaysBetween(Begin.InUtc().Date, day);

    private static PlanTerms PlanOf(Currency currency, bool committed)
    {
        var plan = Core.Catalog.Plan.Create("pro", "Pro", currency, BillingInterval.Monthly);
        var filter = new ChargeFilter("Region one", [new FilterCondition("region", ["r1"])], []);
        plan.Edit(Money.Of(31, currency),
        [
            Charge.Of("Calls", Calls.Id, new GraduatedPrice([new(300, 0.37m), new(null, 0.2101m)]), new ChargeSettings
            {
                Filters = [new FilteredPrice(filter, new PerUnitPrice(0.513m))],
                GroupKeys = ["region"],
                Minimum = Money.Of(40, currency),
            }),
            Charge.Of("Seats", Seats.Id, new PerUnitPrice(0.9m)),
        ], new PlanSettings { Commitment = committed ? new MinimumCommitment(Money.Of(333, currency)) : null });
        return plan.Terms(plan.Draft!);
    }

    private static ThresholdLadder In(ThresholdLadder ladder, Currency currency) => new(
        [.. ladder.Thresholds.Select(threshold => new UsageThreshold(Money.Of(threshold.Amount.Amount, currency)))],
        ladder.Step is { } step ? new UsageThreshold(Money.Of(step.Amount.Amount, currency)) : null);

    private static IReadOnlyList<BillingDocument> Nightly(PlanTerms terms, (UsageEvent Event, int Comes, int Goes)[] events, int nights) =>
        Nightly(Start(terms, "2025-12-01T00:00:00Z"), events, nights);

    // Every so many nights, and always on the first of a month: corrections come until then.
    private static IReadOnlyList<BillingDocument> Nightly(
        SubscriptionLife life, (UsageEvent Event, int Comes, int Goes)[] events, int nights)
    {
        var account = AccountOf(life, Calls, Seats);
        var documents = new List<BillingDocument>();
        for (var night = 1; night <= 90; night++)
        {
            var through = Begin + Duration.FromDays(night);
            if (night % nights != 0 && through.InUtc().Day != 1)
            {
                continue;
            }

            var usage = UsageLog.Empty.With(Id, events.Where(e => e.Comes <= night && night < e.Goes).Select(e => e.Event));
            foreach (var document in BillingEngine.Due(account, usage, through))
            {
                documents.Add(document);
                account = account.After(document);
            }
        }

        return documents;
    }

    private static Money Billed(IReadOnlyList<BillingDocument> documents, Currency currency) =>
        documents.Select(document => document.Totals.Lines - document.Totals.DiscountBy(DiscountKind.ProgressiveCredit)
            - document.Notes.Select(note => note.Content.Subtotal).Sum(currency)).Sum(currency);
}
