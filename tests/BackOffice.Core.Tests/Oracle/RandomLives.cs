using BackOffice.Core.Catalog;
using BackOffice.Core.Subscriptions;

namespace BackOffice.Core.Tests.Oracle;

/// <summary>Random subscriptions: other plans, other units, ends of every kind, a first day that somebody else billed before.</summary>
internal static class RandomLives
{
    private static readonly Gen<BillingTiming> Timings = Gen.OneOf(
        RandomPlans.Pick(BillingTiming.Calendar, BillingTiming.Anniversary), Gen.Int[1, 31].Select(BillingTiming.OnDay));

    private static readonly UnusedFee[] Unused =
    [
        UnusedFee.Credit, UnusedFee.Skip, UnusedFee.Credit, UnusedFee.Refund, UnusedFee.Refund, UnusedFee.Refund, UnusedFee.Offset,
        UnusedFee.Offset,
    ];

    /// <summary>A life in the zone of its account, with its number.</summary>
    public static Gen<Func<DateTimeZone, int, SubscriptionLife>> Of(Currency currency) => Timings.SelectMany(timing =>
    {
        var plans = RandomPlans.Of(currency, timing is BillingTiming.FixedDayTiming);
        return Gen.Select(
            plans, Gen.Int[0, 3_000], Gen.Select(plans, Gen.Int[0, 9], Gen.Int[1, 2_000], Gen.Int[0, 50]).Array[0, 5],
            Gen.Int[0, 9_000], Gen.Int[0, 7], Gen.Int[0, 600])
            .Select((plan, start, changes, end, choice, from) => (Func<DateTimeZone, int, SubscriptionLife>)((zone, number) =>
            {
                var now = RandomUsage.Begin + Duration.FromHours(start);
                var life = SubscriptionLife.Start(SubscriptionId.New(), $"acme-{number}", zone, timing, plan, now);
                foreach (var (terms, how, hours, units) in changes)
                {
                    now += Duration.FromHours(hours);
                    life = Changed(life, now, terms, how, units / 2m);
                }

                return Ended(life, now, end, new TerminationChoice(choice > 0, Unused[choice])) with
                {
                    BillFrom = from < 60 ? life.First.FirstDay.PlusDays(from) : null,
                };
            }));
    });

    private static SubscriptionLife Changed(SubscriptionLife life, Instant now, PlanTerms terms, int how, decimal units) => how switch
    {
        0 => life.ChangeNow(terms, now),
        1 => life.ChangeNextPeriod(terms, now),
        2 => life.ChangeOn(terms, life.DayOf(now).PlusDays(3), now),
        3 => life.ChangePlan(terms, now),
        _ => life.PhaseAt(now)!.Terms.Settings.FixedCharges is { Count: > 0 } charges
            ? life.ChangeUnits(charges[how % charges.Count].Code, units, now, nextPeriod: how > 7)
            : life,
    };

    private static SubscriptionLife Ended(SubscriptionLife life, Instant now, int end, TerminationChoice choice) => end switch
    {
        > 5_000 => life.Terminate(now + Duration.FromHours(end - 5_000), choice),
        > 4_000 => life.EndAfter(life.DayOf(now).PlusDays((end - 4_000) / 10), now, choice),
        > 3_000 => life.EndAt(now + Duration.FromHours(end - 3_000), now, choice),
        _ => life,
    };
}
