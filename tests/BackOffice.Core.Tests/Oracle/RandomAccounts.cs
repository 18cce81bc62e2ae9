using BackOffice.Core.Billing;
using BackOffice.Core.Catalog;
using BackOffice.Core.Coupons;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Taxes;
using BackOffice.Core.Usage;
using BackOffice.Core.Wallets;

namespace BackOffice.Core.Tests.Oracle;

/// <summary>An account and the usage of each of its subscriptions.</summary>
internal sealed record RandomAccount(Account Account, IReadOnlyList<IReadOnlyList<UsageEvent>> Usage, Instant Through)
{
    public UsageLog Log { get; } = Account.Lives.Index().Aggregate(
        UsageLog.Empty, (log, life) => log.With(life.Item.Subscription, Usage[life.Index]));

    public IReadOnlyList<BillingDocument> Due() => BillingEngine.Due(Account, Log, Through);
}

/// <summary>Random customers: one or two subscriptions with changes and ends, usage, coupons, taxes at four levels, a wallet.</summary>
internal static class RandomAccounts
{
    private static readonly string[] Zones =
    [
        "UTC", "Europe/Berlin", "America/Santiago", "Asia/Kathmandu", "Pacific/Apia", "Africa/Cairo", "America/New_York",
        "Australia/Lord_Howe",
    ];

    private static readonly Instant Begin = Instant.FromUtc(2023, 10, 3, 9, 17);

    private static readonly (string, decimal)[] Percents = [("VAT", 19m), ("CITY", 2.125m), ("LOW", 7m), ("ZERO", 0m)];

    private static readonly Dictionary<string, TaxRate> Rates = Percents.ToDictionary(
        tax => tax.Item1, tax => TaxRate.Create(tax.Item1, tax.Item1, "DE", tax.Item2, new LocalDate(2000, 1, 1)), StringComparer.Ordinal);

    private static readonly Gen<BillingTiming> Timings = Gen.OneOf(
        RandomPlans.Pick(BillingTiming.Calendar, BillingTiming.Anniversary), Gen.Int[1, 31].Select(BillingTiming.OnDay));

    private static readonly Gen<IReadOnlyList<UsageEvent>> Usage =
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 700 * 24 * 60], Gen.Int[-100, 3_000], Gen.Int[0, 900]).Array[0, 50]
        .Select(all => (IReadOnlyList<UsageEvent>)
        [
            .. all.Select((e, i) => new UsageEvent(
                i, RandomPlans.Metrics[e.Item1].EventName!, Begin + Duration.FromMinutes(e.Item2), new Dictionary<string, decimal>
                {
                    ["units"] = e.Item1 is 1 or 2 ? Math.Max(0, e.Item3) / 10m : e.Item3 / 10m,
                    [UsageEvent.CarriedAmountProperty] = e.Item4 / 7 / 4m,
                })),
        ]);

    /// <summary>Accounts of one currency.</summary>
    public static Gen<RandomAccount> Of(Currency currency) => Gen.Select(
        RandomPlans.Pick(Zones), Timings.SelectMany(timing => Life(currency, timing)).Array[1, 2],
        Usage.Array[2], Coupons(currency).Array[0, 3], RandomPlans.Taxes, RandomPlans.Taxes, Gen.Int[-30_000, 30_000])
        .Select((zone, lives, usage, coupons, customer, company, wallet) =>
        {
            var account = new Account
            {
                Zone = Zone.Of(zone),
                Lives = [.. lives.Select((make, i) => make(Zone.Of(zone), i + 1))],
                Metrics = RandomPlans.Metrics.ToDictionary(metric => metric.Id),
                Taxes = new AccountTaxes(Rates, customer, company),
                Coupons = coupons,
                Wallets = wallet <= 0 ? [] : [new WalletInHand("main", 1, Money.OfMinor(wallet, currency), WalletScope.Everything)],
            };
            return new RandomAccount(account, [.. usage.Take(lives.Length)], Begin + Duration.FromDays(460));
        });

    private static Gen<Func<DateTimeZone, int, SubscriptionLife>> Life(Currency currency, BillingTiming timing)
    {
        var plans = RandomPlans.Of(currency, timing is BillingTiming.FixedDayTiming);
        return Gen.Select(
            plans, Gen.Int[0, 3_000], Gen.Select(plans, Gen.Int[0, 3], Gen.Int[1, 3_000]).Array[0, 3], Gen.Int[0, 9_000], Gen.Bool)
            .Select((plan, start, changes, end, keep) => (Func<DateTimeZone, int, SubscriptionLife>)((zone, number) =>
            {
                var now = Begin + Duration.FromHours(start);
                var life = SubscriptionLife.Start(SubscriptionId.New(), $"acme-{number}", zone, timing, plan, now);
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

                var choice = new TerminationChoice(Unused: keep ? UnusedFee.Skip : UnusedFee.Credit);
                return end switch
                {
                    > 7_000 => life.Terminate(now + Duration.FromHours(end - 7_000), choice),
                    > 6_000 => life.EndAfter(life.DayOf(now).PlusDays((end - 6_000) / 10), now, choice),
                    _ => life,
                };
            }));
    }

    private static Gen<AccountCoupon> Coupons(Currency currency) =>
        Gen.Select(Gen.Int[1, 20_000], Gen.Bool, Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 600])
        .Select((size, amount, often, scope, until) =>
        {
            CouponReduction reduction = amount ? new FixedReduction(Money.OfMinor(size, currency)) : new PercentReduction(size / 200m);
            var frequency = (CouponFrequency)often;
            var terms = new CouponTerms(reduction, frequency, frequency == CouponFrequency.Recurring ? 3 : null, scope switch
            {
                0 => CouponScope.Everything,
                1 => CouponScope.Plans("pro"),
                _ => CouponScope.Metrics("tokens", "disk"),
            });
            var last = until < 400 ? Begin.InUtc().Date.PlusDays(until) : (LocalDate?)null;
            return new AccountCoupon(new CouponInHand($"Coupon {size}", terms, CouponProgress.Start(terms)), last);
        });
}
