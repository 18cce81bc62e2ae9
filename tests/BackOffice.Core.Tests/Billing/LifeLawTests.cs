using BackOffice.Core.Billing;
using BackOffice.Core.Catalog;
using BackOffice.Core.Pricing;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;
using static BackOffice.Core.Tests.Billing.Lives;

namespace BackOffice.Core.Tests.Billing;

/// <summary>What is true of every subscription, whatever happens to it. CsCheck prints the seed of a life that breaks a law.</summary>
public sealed class LifeLawTests
{
    private static readonly Metric Calls = Metric.Create("calls", "Calls", Aggregation.Sum, "units", "calls", "calls");
    private static readonly string[] Zones = ["UTC", "Europe/Berlin", "America/Santiago", "Asia/Kathmandu", "Pacific/Apia", "Africa/Cairo"];
    private static readonly Instant Begin = At("2025-11-03T09:30:00Z");

    private static readonly Gen<PlanTerms> Plans = Gen.Select(
        Gen.Int[0, 30_000], Gen.Int[0, 4], Gen.Bool, Gen.Int[0, 40], Gen.Bool, Gen.Bool).Select(
        (fee, interval, advance, trial, commitment, seats) => Plan("0", new PlanSettings
        {
            PayInAdvance = advance,
            TrialDays = trial > 30 ? trial - 30 : 0,
            Commitment = commitment ? new MinimumCommitment(Money.Of(150, Eur)) : null,
            FixedCharges = seats
                ? [new FixedCharge("seats", "Seats", 3, new PerUnitPrice(7)) { Prorated = true, PayInAdvance = !advance }]
                : [],
        }, (BillingInterval)interval, Charge.Of("Calls", Calls.Id, new PerUnitPrice(0.37m))) with { BaseFee = Money.OfMinor(fee, Eur) });

    /// <summary>A start, some changes in order of time, and perhaps an end.</summary>
    private static readonly Gen<SubscriptionLife> Histories = Gen.Select(
        Plans, Gen.Int[0, 5], Gen.Bool, Gen.Select(Plans, Gen.Int[0, 3], Gen.Int[1, 3_000]).Array[0, 4], Gen.Int[0, 9_000]).Select(
        (plan, zone, calendar, changes, end) =>
        {
            var life = SubscriptionLife.Start(
                Id, "acme", Zone.Of(Zones[zone]), calendar ? BillingTiming.Calendar : BillingTiming.Anniversary, plan, Begin);
            var now = Begin;
            foreach (var (terms, how, hours) in changes)
            {
                now += Duration.FromHours(hours);
                life = how switch
                {
                    0 => life.ChangeNow(terms, now),
                    1 => life.ChangeNextPeriod(terms, now),
                    2 => life.ChangeOn(terms, life.DayOf(now).PlusDays(3), now),
                    _ => life.ChangePlan(terms, now),
                };
            }

            return end > 6_000 ? life.Terminate(now + Duration.FromHours(end - 6_000)) : life;
        });

    private static readonly UsageLog Usage = UsageLog.Empty.With(
        Id, Enumerable.Range(1, 60).Select(i => new UsageEvent(
            i, "calls", Begin + Duration.FromHours(i * 171), new Dictionary<string, decimal> { ["units"] = i })));

    [Fact]
    public void Billing_every_day_and_billing_once_make_the_same_documents() => Gen.Select(Histories, Gen.Int[1, 40]).Sample((life, step) =>
    {
        var through = Begin + Duration.FromDays(430);
        var once = BillingEngine.Due(AccountOf(life, Calls), Usage, through);

        var account = AccountOf(life, Calls);
        var daily = new List<BillingDocument>();
        for (var now = Begin; now < through + Duration.FromDays(step); now += Duration.FromDays(step))
        {
            foreach (var document in BillingEngine.Due(account, Usage, Instant.Min(now, through)))
            {
                daily.Add(document);
                account = account.After(document);
            }
        }

        return Figures(once) == Figures(daily);
    }, iter: 300);

    [Fact]
    public void A_change_that_comes_later_leaves_what_was_billed_before_as_it_was() =>
        Gen.Select(Plans, Plans, Gen.Int[1, 9_000]).Sample((plan, next, hours) =>
    {
        var at = Begin + Duration.FromHours(hours);
        var before = SubscriptionLife.Start(Id, "acme", Zone.Of("Europe/Berlin"), BillingTiming.Anniversary, plan, Begin);
        var after = before.ChangePlan(next, at);
        var through = at - Duration.Epsilon;
        return Figures(BillingEngine.Due(AccountOf(before, Calls), Usage, through))
            == Figures(BillingEngine.Due(AccountOf(after, Calls), Usage, through));
    }, iter: 300);

    [Fact]
    public void Phases_touch_and_every_paid_day_is_billed_exactly_once() => Histories.Sample(life =>
    {
        for (var i = 1; i < life.Phases.Count; i++)
        {
            Assert.Equal(life.Phases[i].From, life.Phases[i - 1].End!.At);
            Assert.Equal(life.Phases[i].FirstDay, life.Phases[i - 1].End!.Day);
        }

        var items = DueItems.Of(life, Begin + Duration.FromDays(900));
        Assert.Equal(items.Count, items.Select(item => item.Key).Distinct().Count());
        foreach (var kind in new[] { DueKind.BaseFee, DueKind.FixedInAdvance, DueKind.FixedInArrears })
        {
            var credited = items.Where(item => item.Kind == DueKind.UnusedFee && kind == DueKind.BaseFee).SelectMany(Days).ToHashSet();
            var billed = items.Where(item => item.Kind == kind).SelectMany(item => Days(item).Where(day =>
                day.Phase == item.Phase.Number && !credited.Contains(day) && !(item.Phase.End?.Day <= day.Day))).ToList();
            Assert.Equal(billed.Count, billed.Distinct().Count());
            Assert.Equal(billed.Count, billed.Select(day => day.Day).Distinct().Count());
        }
    }, iter: 500);

    [Fact]
    public void Usage_is_measured_without_hole_or_overlap() => Histories.Sample(life =>
    {
        var windows = DueItems.Of(life, Begin + Duration.FromDays(900))
            .Where(item => item.Kind == DueKind.Usage).Select(item => item.Moments).ToList();
        for (var i = 1; i < windows.Count; i++)
        {
            Assert.Equal(windows[i - 1].End, windows[i].Start);
        }

        Assert.True(windows.Count == 0 || windows[0].Start == Begin);
        Assert.True(life.End is null || windows.Count == 0 || windows[^1].End == life.End.At);
    }, iter: 500);

    private static IEnumerable<(int Phase, LocalDate Day)> Days(DueItem item) =>
        Enumerable.Range(0, item.Days).Select(n => (item.Phase.Number, item.From.PlusDays(n)));

    private static string Figures(IEnumerable<BillingDocument> documents) => string.Join("\n", documents.Select(document =>
        $"{document.DueAt} {document.Content.Due} {string.Join(';', document.Items.Select(rated => rated.Item.Key))} "
        + new[] { document }.Print()));
}
