using System.Collections.Immutable;
using BackOffice.Core.Billing;
using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Pricing;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Taxes;
using BackOffice.Core.Usage;
using NodaTime;
using Period = BackOffice.Core.Common.Period;

namespace BackOffice.Vectors.Kinds;

/// <summary>A subscription as vectors write it: plans, taxes, usage, and the moments at which things happen. Translation only.</summary>
internal sealed class LifeBuilder(Facts input)
{
    public static readonly Currency Eur = Currency.Of("EUR");

    private readonly SubscriptionId _id = SubscriptionId.New();
    private readonly List<UsageEvent> _events = [];
    private readonly Dictionary<MetricId, Metric> _metrics = [];
    private SubscriptionLife? _life;

    public DateTimeZone Zone { get; } = Core.Common.Zone.Of(input["timezone"].TextOrNull ?? "UTC");

    public SubscriptionLife Life => _life ?? throw new InvalidOperationException("The vector's subscription was not started.");

    public Account Account => new() { Zone = Zone, Lives = [Life], Metrics = _metrics, Taxes = Taxes() };

    public UsageLog Usage => UsageLog.Empty.With(_id, _events);

    /// <summary>A moment, or the beginning of a day in the customer's zone.</summary>
    public Instant At(Facts facts) => facts.IsDay ? FirstMoment(facts.Day) : facts.Moment;

    public Instant FirstMoment(LocalDate day) => new Period(day, day.PlusDays(1)).In(Zone).Start;

    public LifeBuilder Start(PlanTerms terms, Instant at)
    {
        _life = SubscriptionLife.Start(_id, "subscription", Zone, Timing(), terms, at);
        return this;
    }

    public LifeBuilder Then(Func<SubscriptionLife, SubscriptionLife> change)
    {
        _life = change(Life);
        return this;
    }

    public IReadOnlyList<BillingDocument> Bill(Instant through) => BillingEngine.Due(Account, Usage, through);

    /// <summary>Bills all that is due before a change, makes the change, and bills on: as it happens in life.</summary>
    public IReadOnlyList<BillingDocument> Bill(Account account, Instant through) => BillingEngine.Due(account, Usage, through);

    /// <summary>A plan whose facts are those of the vector, unless it has some of its own.</summary>
    public PlanTerms Plan(Facts own, string amount = "amount_cents", bool advance = false, params IReadOnlyList<Charge> charges)
    {
        Facts Of(string name) => own[name].IsThere ? own[name] : input[name];
        var interval = Of("interval").TextOrNull is { } text
            ? Enum.Parse<BillingInterval>(text.Replace("_", "", StringComparison.Ordinal), ignoreCase: true)
            : BillingInterval.Monthly;
        var cents = Of(amount) is { IsThere: true } named ? named : Of("plan_amount_cents");
        var plan = Core.Catalog.Plan.Create("plan", "Plan", Eur, interval);
        plan.Edit(Money.OfMinor(cents.IsThere ? cents.Minor : 0, Eur), charges, new PlanSettings
        {
            PayInAdvance = Of("pay_in_advance").IsThere ? Of("pay_in_advance").Flag : advance,
            TrialDays = Of("trial_days").WholeOrNull ?? 0,
            UsageMonthly = Of("bill_charges_monthly").Flag,
            FixedChargesMonthly = Of("bill_fixed_charges_monthly").Flag,
            FixedCharges = [.. own["fixed_charges"].Items.Select(Fixed)],
            Commitment = Of("minimum_commitment_cents").NumberOrNull is > 0 and var least
                ? new MinimumCommitment(Money.OfMinor((long)least, Eur))
                : null,
        });
        return plan.Terms(plan.Draft!);
    }

    /// <summary>The plan the vector itself describes.</summary>
    public PlanTerms Plan(bool advance = false, params IReadOnlyList<Charge> charges) => Plan(input, "plan_amount_cents", advance, charges);

    /// <summary>A charge for a metric of its own, which adds up the units of events that bear its code.</summary>
    public Charge Charge(string code, decimal price, bool recurring = false, ChargeSettings? settings = null)
    {
        var metric = Metric.Create(code, code, Aggregation.Sum, "units", "units", code, new Measuring { Recurring = recurring });
        _metrics[metric.Id] = metric;
        return Core.Catalog.Charge.Of(code, metric.Id, new PerUnitPrice(price), settings);
    }

    /// <summary>The same metric at another price.</summary>
    public static Charge At(Charge charge, decimal price) =>
        Core.Catalog.Charge.Of(charge.Name, charge.MetricId, new PerUnitPrice(price), charge.Settings);

    /// <summary>A charge in words, such as "standard 1.00 per unit, recurring sum, prorated, in arrears".</summary>
    public Charge InWords(string words)
    {
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        var price = decimal.Parse(words.Split(' ').First(word => decimal.TryParse(word, culture, out _)), culture);
        return Charge("units", price, words.Contains("recurring", StringComparison.Ordinal), new ChargeSettings
        {
            Prorated = words.Contains("prorated", StringComparison.Ordinal) && !words.Contains("not prorated", StringComparison.Ordinal),
            PayInAdvance = words.Contains("in advance", StringComparison.Ordinal),
        });
    }

    public LifeBuilder Use(Charge charge, Instant at, decimal units)
    {
        var numbers = new Dictionary<string, decimal>(StringComparer.Ordinal) { ["units"] = units };
        _events.Add(new UsageEvent(_events.Count + 1, charge.Name, at, numbers));
        return this;
    }

    private BillingTiming Timing() =>
        input["billing_time"].TextOrNull == "anniversary" ? BillingTiming.Anniversary : BillingTiming.Calendar;

    private AccountTaxes Taxes() => input["tax_rate"].NumberOrNull is { } percent
        ? new AccountTaxes(
            ImmutableDictionary<string, TaxRate>.Empty.Add(
                "tax", TaxRate.Create("tax", "Tax", "DE", percent, new LocalDate(1900, 1, 1))), ["tax"], [])
        : AccountTaxes.None;

    private FixedCharge Fixed(Facts facts, int place) => new(
        Name(facts, place), facts["item"].TextOrNull ?? facts["id"].TextOrNull ?? $"charge {place}", facts["units"].Number,
        new PerUnitPrice(facts["price"].Number))
    {
        PayInAdvance = (facts["advance"].IsThere ? facts["advance"] : input["fixed_charges_pay_in_advance"]).Flag,
        Prorated = (facts["prorated"].IsThere ? facts["prorated"] : input["fixed_charges_prorated"]).Flag,
    };

    private static string Name(Facts facts, int place) =>
        facts["item"].TextOrNull is { } item && item.All(char.IsAsciiLetterOrDigit) ? item : $"c{place}";
}
