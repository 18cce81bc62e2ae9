using BackOffice.Core.Billing;
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

/// <summary>Random customers: one or two subscriptions, usage, coupons, taxes at four levels, wallets for some of the lines.</summary>
internal static class RandomAccounts
{
    private static readonly string[] Zones =
    [
        "UTC", "Europe/Berlin", "America/Santiago", "Asia/Kathmandu", "Pacific/Apia", "Africa/Cairo", "America/New_York",
        "Australia/Lord_Howe",
    ];

    private static readonly (string, decimal)[] Percents = [("VAT", 19m), ("CITY", 2.125m), ("LOW", 7m), ("ZERO", 0m)];

    private static readonly Dictionary<string, TaxRate> Rates = Percents.ToDictionary(
        tax => tax.Item1, tax => TaxRate.Create(tax.Item1, tax.Item1, "DE", tax.Item2, new LocalDate(2000, 1, 1)), StringComparer.Ordinal);

    private static readonly Gen<WalletScope> Scopes = RandomPlans.Pick(
        WalletScope.Everything, WalletScope.Everything, WalletScope.Of([PaidFor.BaseFee], []), WalletScope.Of([PaidFor.Usage], []),
        WalletScope.Of([PaidFor.FixedCharge, PaidFor.Commitment], ["tokens"]), WalletScope.Of([], ["calls", "licences"]));

    /// <summary>Accounts of one currency.</summary>
    public static Gen<RandomAccount> Of(Currency currency) => Gen.Select(
        RandomPlans.Pick(Zones), RandomLives.Of(currency).Array[1, 2], RandomUsage.Events.Array[2], Coupons(currency).Array[0, 3],
        RandomPlans.Taxes, RandomPlans.Taxes, Gen.Select(Gen.Int[1, 30_000], Gen.Int[1, 3], Scopes).Array[0, 3])
        .Select((zone, lives, usage, coupons, customer, company, wallets) =>
        {
            var account = new Account
            {
                Zone = Zone.Of(zone),
                Lives = [.. lives.Select((make, i) => make(Zone.Of(zone), i + 1))],
                Metrics = RandomUsage.Metrics.ToDictionary(metric => metric.Id),
                Taxes = new AccountTaxes(Rates, customer, company),
                Coupons = coupons,
                Wallets = [.. wallets.Select((w, i) => new WalletInHand($"w{i}", w.Item2, Money.OfMinor(w.Item1, currency), w.Item3))],
            };
            return new RandomAccount(account, [.. usage.Take(lives.Length)], RandomUsage.Begin + Duration.FromDays(460));
        });

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
            var last = until < 400 ? RandomUsage.Begin.InUtc().Date.PlusDays(until) : (LocalDate?)null;
            return new AccountCoupon(new CouponInHand($"Coupon {size}", terms, CouponProgress.Start(terms)), last);
        });
}
