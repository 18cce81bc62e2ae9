using BackOffice.Core.Billing;
using BackOffice.Core.Catalog;
using BackOffice.Core.Pricing;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;
using static BackOffice.Core.Tests.Billing.Lives;

namespace BackOffice.Core.Tests.Subscriptions;

/// <summary>A customer who moves to another zone within the life of a subscription is billed for every moment once.</summary>
public sealed class BilledBordersTests
{
    private static readonly Metric Calls = Metric.Create("calls", "Calls", Aggregation.Count, null, "calls", "calls");

    [Theory]
    //          zone                   usage of February from  why
    [InlineData("Europe/Berlin",       "2026-01-31T23:00:00Z", "he did not move")]
    [InlineData("America/Los_Angeles", "2026-01-31T23:00:00Z", "westward, the day would begin nine hours later: no hole")]
    [InlineData("Asia/Tokyo",          "2026-01-31T23:00:00Z", "eastward, eight hours would be billed twice")]
    public void The_first_period_of_the_new_zone_begins_where_the_last_of_the_old_one_ended(string zone, string from, string why)
    {
        var moved = Moved(Life("Europe/Berlin"), [January("Europe/Berlin")], zone);
        var february = DueItems.Of(moved, At("2026-03-02T00:00:00Z")).Last(item => item.Kind == DueKind.Usage);

        Assert.True((Day("2026-02-01"), At(from)) == (february.From, february.Moments.Start), why);
        Assert.Equal(new Period(Day("2026-03-01"), Day("2026-03-02")).In(Zone.Of(zone)).Start, february.Moments.End);
    }

    [Fact]
    public void The_table_is_what_the_page_says() =>
        Assert.All(DomainPage.Table("periods-and-proration.md", "Days and moments"), row =>
            Assert.Equal(
                At(row["Usage of February from"]),
                DueItems.Of(Moved(Life("Europe/Berlin"), [January("Europe/Berlin")], row["Zone now"]), At("2026-03-02T00:00:00Z"))
                    .Last(item => item.Kind == DueKind.Usage).Moments.Start));

    [Fact]
    public void A_change_of_plan_at_noon_is_no_border_of_days()
    {
        var life = Life("Europe/Berlin").ChangeNow(Terms, At("2026-01-15T11:00:00Z"));
        var billed = DueItems.Of(life, At("2026-02-01T12:00:00Z")).Where(item => item.Kind == DueKind.Usage).Select(Proof).ToList();

        var borders = BilledBorders.Of(life with { Zone = Zone.Of("Asia/Tokyo") }, billed);

        Assert.Equal(Day("2026-02-01"), Assert.Single(borders.Keys));
    }

    [Fact]
    public void An_event_billed_when_it_happened_is_the_same_event_in_another_zone()
    {
        var terms = Plan("0", charges: Charge.Of("Calls", Calls.Id, new PerUnitPrice(1), new ChargeSettings { PayInAdvance = true }));
        var account = AccountOf(Start(terms, "2026-01-01T00:00:00Z", zone: "Europe/Berlin"), Calls);
        var usage = UsageLog.Empty.With(Id, [Event(1, "2026-01-10T23:30:00Z", 1)]); // On the 11th in Berlin, on the 10th in Los Angeles.
        var through = At("2026-01-20T00:00:00Z");
        var billed = BillingEngine.Due(account, usage, through).Aggregate(account, (known, document) => known.After(document));

        var moved = billed with { Lives = [billed.Lives[0] with { Zone = Zone.Of("America/Los_Angeles") }] };

        Assert.Empty(BillingEngine.Due(moved, usage, through));
    }

    [Fact]
    public void No_hole_and_no_overlap_whatever_the_zones_and_the_days() => Gen.Select(
        Gen.Int[0, 27], Gen.Select(Gen.Int[0, Zone.Names.Count - 1], Gen.Int[1, 70]).Array[1, 8], Gen.Int[0, 2], Gen.Int[0, 4]).Sample(
        (start, moves, timing, interval) =>
        {
            var begin = At("2026-01-01T09:30:00Z") + Duration.FromDays(start);
            var terms = Plan("0", interval: (BillingInterval)interval, charges: Charge.Of("Calls", Calls.Id, new PerUnitPrice(1)));
            BillingTiming[] timings = [BillingTiming.Calendar, BillingTiming.Anniversary, BillingTiming.OnDay(31)];
            var life = SubscriptionLife.Start(
                Id, "acme", Zone.Of(Zone.Names[moves[0].Item1]),
                interval == 0 && timing == 2 ? BillingTiming.Anniversary : timings[timing], terms, begin);
            var (billed, now) = (new List<DueItem>(), begin);
            foreach (var (zone, days) in moves)
            {
                now += Duration.FromDays(days);
                life = Moved(life, billed.Select(Proof), Zone.Names[zone]);
                billed.AddRange(DueItems.Of(life, now).Where(item => item.Kind == DueKind.Usage
                    && !billed.Any(before => before.Key == item.Key)));
            }

            Assert.All(billed.Zip(billed.Skip(1)), pair => Assert.Equal(pair.First.Moments.End, pair.Second.Moments.Start));
            Assert.Equal(billed.Count > 0 ? begin : null, billed.FirstOrDefault()?.Moments.Start);
            Assert.All(billed, item => Assert.True(item.Moments.Start < item.Moments.End));
        }, iter: 2_000);

    private static PlanTerms Terms => Plan("0", charges: Charge.Of("Calls", Calls.Id, new PerUnitPrice(1)));

    private static SubscriptionLife Life(string zone) => Start(Terms, "2026-01-01T09:30:00Z", zone: zone);

    private static BilledMoments January(string zone) =>
        Proof(DueItems.Of(Life(zone), At("2026-02-01T12:00:00Z")).First(item => item.Kind == DueKind.Usage));

    private static BilledMoments Proof(DueItem item) => new(item.Key.Start, item.Key.End, item.Moments.Start, item.Moments.End);

    private static SubscriptionLife Moved(SubscriptionLife life, IEnumerable<BilledMoments> billed, string zone)
    {
        var moved = life with { Zone = Zone.Of(zone) };
        return moved with { Borders = BilledBorders.Of(moved, billed) };
    }
}
