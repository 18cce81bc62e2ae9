using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Pricing;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Thresholds;
using BackOffice.Core.Usage;
using BackOffice.Core.Wallets;
using BackOffice.Data.Mapping;
using BackOffice.Web.Features.Catalog;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Catalog;

/// <summary>Catalogues that use whatever a file can say, in combinations that the rules allow. Written as an export writes them.</summary>
internal sealed class RandomCatalog(int seed)
{
    private static readonly string[] Currencies = ["EUR", "JPY", "KWD"];
    private static readonly string[] Zones = ["Europe/Berlin", "Asia/Kathmandu", "America/Santiago", "UTC"];
    private static readonly string[] Taxes = ["DE-VAT", "FR-VAT"];

    private readonly Random _random = new(seed);
    private readonly Dictionary<string, IReadOnlyList<FixedCharge>> _fixed = [];
    private IReadOnlyList<MetricEntry> _metrics = [];
    private IReadOnlyList<PlanEntry> _plans = [];

    public CatalogFile Make()
    {
        _metrics = [.. Enumerable.Range(0, 4 + Below(4)).Select(Metric)];
        _plans = [.. Enumerable.Range(0, 2 + Below(3)).Select(Plan)];
        var customers = Enumerable.Range(0, 1 + Below(3)).Select(CustomerOf).ToList();
        var coupons = Enumerable.Range(0, 1 + Below(3)).Select(Coupon).ToList();
        return new CatalogFile
        {
            Company = Maybe(() => new CompanyEntry(
                "Nordlicht GmbH", Address(), "EUR", "Europe/Berlin", "INV-{seq:5}", Below(60), "DE123", "bill@nordlicht.example")),
            TaxRates = [.. Taxes.Select(code => new TaxRateEntry(
                code, "VAT", code[..2], [new(new(2020, 1, 1), 19), new(new(2024, 1 + Below(12), 1), 19.5m)]))],
            Metrics = _metrics,
            Plans = _plans,
            Coupons = coupons,
            Customers = customers,
            Subscriptions = [.. customers.SelectMany((c, i) => Enumerable.Range(0, 1 + Below(3)).Select(j => Subscription(c, i, j)))],
            CustomerCoupons = [.. customers.SelectMany(c => coupons.Where(_ => Yes()).Select((coupon, i) => Given(c, coupon, i)))],
            Wallets = [.. customers.Where(_ => Yes()).Select(Wallet)],
        };
    }

    private MetricEntry Metric(int i)
    {
        var aggregation = One(Enum.GetValues<Aggregation>());
        var expression = aggregation != Aggregation.Count && Yes();
        return new(
            $"metric-{i}", $"Metric {i}", aggregation, One("tokens", "GB", "seats"),
            aggregation == Aggregation.Count || expression ? null : "amount", Maybe(() => "used"),
            expression ? "event.properties.bytes / 1000" : null,
            Recurring: aggregation is Aggregation.Sum or Aggregation.UniqueCount or Aggregation.WeightedSum && Yes(),
            Rounding: Maybe(() => new QuantityRounding(One(Enum.GetValues<RoundingFunction>()), Below(4))),
            FilterKeys: Maybe<IReadOnlyList<FilterKey>>(() => [new("region", ["eu", "us"]), new("model", ["xl"])]));
    }

    private PlanEntry Plan(int i)
    {
        var (code, currency, interval) = ($"plan-{i}", One(Currencies), One(Enum.GetValues<BillingInterval>()));
        var seats = Enumerable.Range(0, Below(3)).Select(n => FixedCharge(n, currency)).ToList();
        _fixed[code] = seats;
        var published = i == 0 || Yes();
        var versions = Enumerable.Range(0, 1 + Below(3)).Select(_ => Version(currency, interval, seats)).ToList();
        var from = new LocalDate(2026, 4, 1);
        versions = [.. versions.Select((v, n) => v with { EffectiveFrom = n == 0 && Yes() ? null : from.PlusMonths(n) })];
        var newest = versions[^1] with { EffectiveFrom = published ? versions[^1].EffectiveFrom : null };
        return new(
            code, $"Plan {i}", currency, newest.BaseFee, newest.Charges, published, interval, newest.Settings, newest.EffectiveFrom,
            versions.Count == 1 ? null : [.. versions.SkipLast(1)], (published || versions.Count > 1) && Yes(4) ? true : null);
    }

    private VersionEntry Version(string currency, BillingInterval interval, IReadOnlyList<FixedCharge> seats)
    {
        var charges = _metrics.Where(_ => Yes()).OrderBy(_ => _random.Next())
            .Select((m, i) => new ChargeEntry($"Charge {i}", m.Code, Price(currency), Maybe(() => ChargeSettings(currency)))).ToList();
        var long_ = interval is not (BillingInterval.Weekly or BillingInterval.Monthly);
        var settings = new PlanSettings
        {
            PayInAdvance = Yes(),
            TrialDays = Below(3) * 7,
            UsageMonthly = long_ && Yes(),
            FixedChargesMonthly = long_ && Yes(),
            FixedCharges = seats,
            Commitment = Maybe(() => new MinimumCommitment(Amount(currency), Maybe(() => "Promise")) { TaxCodes = SomeTaxes() }),
            TaxCodes = SomeTaxes(),
            EarlyBilling = Maybe(() => Ladder(currency)),
            InvoiceName = One("Base fee", "Platform"),
        };
        return new(Amount(currency).Amount, charges, CatalogText.Same(settings, PlanSettings.Plain) ? null : settings);
    }

    private ThresholdLadder Ladder(string currency) => new(
        [
            new UsageThreshold(Money.OfMinor(100 + Below(100), Currency.Of(currency)), Maybe(() => "Watch")),
            new UsageThreshold(Money.OfMinor(300 + Below(100), Currency.Of(currency))),
        ],
        Maybe(() => new UsageThreshold(Money.OfMinor(1 + Below(500), Currency.Of(currency)))));

    private ChargeSettings ChargeSettings(string currency)
    {
        var advance = Yes(4);
        return new ChargeSettings
        {
            PayInAdvance = advance,
            Prorated = Yes(),
            Minimum = advance ? null : Maybe(() => Money.OfMinor(Below(100), Currency.Of(currency))),
            Maximum = Maybe(() => Money.OfMinor(100 + Below(100), Currency.Of(currency))),
            GroupKeys = Yes() ? ["region"] : [],
            TaxCodes = [.. SomeTaxes(), Taxes[0]],
            Filters = Yes() ? [] :
            [
                new(
                    new ChargeFilter(Maybe(() => "Large"), [new("model", ["xl"]), new("region", null)], Yes() ? ["model"] : null),
                    Price(currency)),
            ],
        };
    }

    private FixedCharge FixedCharge(int n, string currency) => new($"fixed-{n}", $"Fixed {n}", Below(9), new PerUnitPrice(Number()))
    {
        PayInAdvance = Yes(), Prorated = Yes(), TaxCodes = SomeTaxes(),
    };

    private Price Price(string currency, bool converted = true)
    {
        PriceTier[] tiers = [new(10, Number(), Below(3)), new(100, Number(), 0, Yes() ? 10 : null), new(null, Number())];
        return Below(converted ? 8 : 7) switch
        {
            0 => new PerUnitPrice(Number(), One(1m, 1_000m)),
            1 => new GraduatedPrice(tiers, tiers[1].BlockSize is null ? One(1m, 1_000_000m) : 1),
            2 => new VolumePrice([new(10, Number()), new(null, Number(), Below(5))], 10),
            3 => new PackagePrice(1 + Below(50), Number(), Below(10)),
            4 => new PercentagePrice(Number() % 100, Number(), Below(4), Below(500), 1, 9),
            5 => new GraduatedPercentagePrice([new(10, 1.5m, Below(20)), new(null, 0.01m)]),
            6 => new DynamicPrice(Number()),
            _ => new ConvertedPrice(Price(currency, converted: false), new PricingUnit("credits", Below(4), 0.25m)),
        };
    }

    private CouponEntry Coupon(int i) => new(
        $"coupon-{i}", $"Coupon {i}", Terms(), Maybe(() => new LocalDate(2027, 1, 1)), Yes(), Withdrawn: Yes(4));

    private CouponTermsText Terms()
    {
        var (amount, frequency) = (Maybe(() => Amount("EUR")), One("once", "recurring", "forever"));
        return new(
            amount?.Amount, amount?.Currency.Code, amount is null ? 1 + Below(99) : null, frequency,
            frequency == "recurring" ? 2 + Below(5) : null,
            Yes(3) ? [_plans[0].Code] : null, null);
    }

    private CustomerCouponEntry Given(CustomerEntry customer, CouponEntry coupon, int i) => new(
        customer.Code, coupon.Code, Instant.FromUtc(2026, 1, 1, 0, i), coupon.Name, coupon.Terms, coupon.ExpiresOn,
        coupon.Terms is { Frequency: "once", Amount: > 1 } && Yes() ? Amount("EUR", 1, 99).Amount : null,
        coupon.Terms.Invoices is { } invoices ? invoices - Below(2) : null);

    private CustomerEntry CustomerOf(int i) => new(
        $"customer-{i}", $"Customer {i}", Address(), One(Zones), Maybe(() => "a@b.example"), Maybe(() => "DE9"), Maybe(() => Taxes[0]),
        Maybe(() => "Reverse charge"), Below(90));

    private CustomerWalletEntry Wallet(CustomerEntry customer) => new(
        customer.Code, "prepaid", "Prepaid", "EUR", One(1m, 0.25m), 1 + Below(50),
        Maybe<IReadOnlyList<PaidFor>>(() => [PaidFor.Usage, PaidFor.BaseFee]), Maybe<IReadOnlyList<string>>(() => [_metrics[0].Code]),
        Maybe(() => Amount("EUR", 1, 50)), Maybe(() => Amount("EUR", 100, 200)), Yes());

    private SubscriptionEntry Subscription(CustomerEntry customer, int i, int j)
    {
        var plan = One(_plans.Where(p => p.Publish || p.EarlierVersions is not null).ToArray());
        var day = new LocalDate(2026, 1 + Below(12), 1 + Below(28));
        var entry = new SubscriptionEntry(
            $"sub-{i}-{j}", customer.Code, plan.Code, day,
            Timing: Yes() ? null : plan.Interval == BillingInterval.Weekly || Yes() ? BillingTiming.Anniversary : BillingTiming.OnDay(31),
            Anchor: Maybe(() => day.PlusDays(-3)), BillFrom: Maybe(() => day.PlusMonths(1)),
            UnitChanges: _fixed[plan.Code].Count == 0 ? null : Maybe<IReadOnlyList<UnitChange>>(() =>
                [new(_fixed[plan.Code][0].Code, Below(20), day.PlusDays(5), Instant.FromUtc(2026, 1, 1, 8, 0))]));
        var start = new Core.Common.Period(day, day.PlusDays(1)).In(Zone.Of(customer.Zone)).Start;
        if (Yes())
        {
            var (agreed, prices) = Agreed(plan);
            return entry with
            {
                Version = VersionOf(plan), Agreed = agreed, AgreedPrices = prices, TrialFrom = Maybe(() => start - Duration.FromDays(9)),
            };
        }

        return entry with { Phases = Phases(plan, day, start + Duration.FromHours(1 + Below(9)), customer.Zone) };
    }

    private List<PhaseEntry> Phases(PlanEntry plan, LocalDate day, Instant from, string zone)
    {
        var change = day.PlusMonths(2);
        var moment = new Core.Common.Period(change, change.PlusDays(1)).In(Zone.Of(zone)).Start;
        var over = Maybe(() => new PhaseEnd(moment + Duration.FromDays(70), change.PlusDays(70), EndReason.Termination, moment)
        {
            Unused = One(Enum.GetValues<UnusedFee>()), Invoice = Yes(),
        });
        var (first, second) = (Agreed(plan), Agreed(plan));
        return
        [
            new(plan.Code, VersionOf(plan), from, day, new PhaseEnd(moment, change, One(EndReason.Upgrade, EndReason.Change), from),
                first.Terms, first.Prices),
            new(plan.Code, VersionOf(plan), moment, change, over, second.Terms, second.Prices),
        ];
    }

    private (TermsOverride? Terms, IReadOnlyList<AgreedPriceEntry>? Prices) Agreed(PlanEntry plan)
    {
        // Only what every version has, since any of them may be the one that is subscribed to.
        var everywhere = (plan.EarlierVersions ?? []).Append(plan.Newest).Select(v => v.Charges.Select(c => c.Metric))
            .Aggregate((a, b) => a.Intersect(b));
        var prices = everywhere.Where(_ => Yes()).Select(metric => new AgreedPriceEntry(metric, Price(plan.Currency))).ToList();
        var early = Yes();
        var terms = new TermsOverride
        {
            BaseFee = Maybe(() => Amount(plan.Currency)),
            TrialDays = Yes() ? Below(30) : null,
            Commitment = Maybe(() => Money.OfMinor(Below(2) * 500, Currency.Of(plan.Currency))),
            EarlyBilling = early ? Ladder(plan.Currency) : null,
            NoEarlyBilling = !early && Yes(),
            FixedCharges = [.. _fixed[plan.Code].Where(_ => Yes()).Select(f => new FixedChargeOverride(
                f.Code, Below(9), Maybe(() => Price(plan.Currency))))],
        };
        return (CatalogText.Same(terms, new TermsOverride()) ? null : terms, prices.Count == 0 ? null : prices);
    }

    private int VersionOf(PlanEntry plan) => 1 + Below((plan.EarlierVersions?.Count ?? 0) + (plan.Publish ? 1 : 0));

    private IReadOnlyList<string> SomeTaxes() => Yes(3) ? [Taxes[1]] : [];

    private Address Address() => new("Hafenweg 1", Maybe(() => "20457"), "Hamburg", Maybe(() => "HH"), "DE");

    private Money Amount(string currency, int least = 1, int most = 100_000) =>
        Money.OfMinor(least * 100L + Below(most), Currency.Of(currency));

    private decimal Number() => new(_random.Next(1, 100_000), 0, 0, false, (byte)_random.Next(0, 6));

    private int Below(int bound) => _random.Next(bound);

    private bool Yes(int oneIn = 2) => _random.Next(oneIn) == 0;

    private T One<T>(params T[] choices) => choices[_random.Next(choices.Length)];

    private T? Maybe<T>(Func<T> make)
        where T : class => Yes() ? make() : null;

    private LocalDate? Maybe(Func<LocalDate> make) => Yes() ? make() : null;

    private Instant? Maybe(Func<Instant> make) => Yes() ? make() : null;
}
