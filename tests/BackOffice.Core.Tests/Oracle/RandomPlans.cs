using BackOffice.Core.Catalog;
using BackOffice.Core.Pricing;
using BackOffice.Core.Usage;

namespace BackOffice.Core.Tests.Oracle;

/// <summary>Random plans: every price, every interval, every setting.</summary>
internal static class RandomPlans
{
    private static readonly string[][] TaxLevels = [[], [], ["VAT"], ["VAT", "CITY"], ["LOW"], ["ZERO"]];

    public static readonly Gen<IReadOnlyList<string>> Taxes = Pick(TaxLevels).Select(codes => (IReadOnlyList<string>)codes);

    private static readonly string[][] GroupKeys = [[], [], [], ["model"], ["model", "region"]];

    private static readonly Gen<ChargeFilter> Filter = Gen.Select(Gen.Int[0, 4], Pick(null, GroupKeys[0], GroupKeys[3]))
        .Select((which, groups) => new ChargeFilter($"filter {which}", which switch
        {
            0 => [new FilterCondition("region", ["eu", "us"])],
            1 => [new FilterCondition("region", null)],
            2 => [new FilterCondition("region", ["eu"]), new FilterCondition("model", null)],
            3 => [new FilterCondition("model", ["large"])],
            _ => [new FilterCondition("region", ["eu", "asia"]), new FilterCondition("model", ["small"])],
        }, groups));

    public static Gen<T> Pick<T>(params T[] of) => Gen.Int[0, of.Length - 1].Select(i => of[i]);

    // What the metric may be charged by: after the period, as it happens, by the day, and both of these.
    private static Gen<Charge?> ChargeOf(Metric metric, Gen<Price> prices, Currency currency)
    {
        var atOnce = metric.Code == "tokens" ? RandomPrices.SumsAtOnce : RandomPrices.AtOnce;
        var mayBeAtOnce = metric.Aggregation is Aggregation.Count or Aggregation.Sum or Aggregation.UniqueCount;
        var byTheDay = metric is { Recurring: true, Aggregation: not Aggregation.WeightedSum };
        return Gen.Select(Gen.Int[0, 9], Gen.Bool).SelectMany((kind, prorated) =>
        {
            var (advance, days) = (mayBeAtOnce && kind > 7, byTheDay && prorated);
            var of = (advance, days) switch
            {
                (true, true) => RandomPrices.AtOnceByTheDay,
                (true, false) => atOnce,
                (false, true) => RandomPrices.ByTheDay,
                _ => prices,
            };
            var filters = metric.FilterKeys.Count == 0 ? Gen.Const<FilteredPrice[]>([])
                : Gen.Select(Filter, of).Select((filter, price) => new FilteredPrice(filter, price)).Array[0, 3];
            return Gen.Select(of, filters, Pick(GroupKeys), Taxes, Gen.Int[1, 95], Gen.Int[0, 4])
                .Select((price, filtered, groups, taxes, limit, limits) => kind < 5 ? null : Charge.Of(metric.Name, metric.Id, price, new()
                {
                    PayInAdvance = advance,
                    Prorated = days,
                    Filters = [.. filtered.DistinctBy(each => each.Filter.Name)],
                    GroupKeys = groups,
                    TaxCodes = taxes,
                    Minimum = limits is 3 or 4 && !advance ? Money.OfMinor(limit * limit, currency) : null,
                    Maximum = limits is 2 or 4 ? Money.OfMinor(limit * limit * 2, currency) : null,
                }));
        });
    }

    private static Gen<FixedCharge> FixedOf(string code) =>
        Gen.Select(Gen.Int[0, 30], RandomPrices.ByTheDay, Gen.Bool, Gen.Bool, Taxes).Select((units, price, advance, prorated, taxes) =>
            new FixedCharge(code, code, units / 2m, price) { PayInAdvance = advance, Prorated = prorated, TaxCodes = taxes });

    private static Gen<PlanSettings> SettingsOf(Currency currency) => Gen.Select(
        Gen.Bool, Gen.Int[0, 60], Gen.Bool, Gen.Bool, Gen.Select(FixedOf("seats"), FixedOf("support"), Gen.Int[0, 2]), Gen.Int[0, 90_000],
        Taxes, Taxes)
        .Select((advance, trial, usageMonthly, fixedMonthly, charges, commitment, taxes, own) => new PlanSettings
        {
            PayInAdvance = advance,
            TrialDays = Math.Max(0, trial - 40),
            UsageMonthly = usageMonthly,
            FixedChargesMonthly = fixedMonthly,
            FixedCharges = charges.Item3 == 0 ? [] : charges.Item3 == 1 ? [charges.Item1] : [charges.Item1, charges.Item2],
            Commitment = commitment <= 40_000 ? null
                : new MinimumCommitment(Money.OfMinor((commitment - 40_000) * 8, currency)) { TaxCodes = own },
            TaxCodes = taxes,
        });

    private static Gen<Charge[]> ChargesOf(Currency currency)
    {
        var prices = new[]
        {
            RandomPrices.OfUnits, RandomPrices.OfSums, RandomPrices.OfUnits, RandomPrices.OfAverages, RandomPrices.OfAverages,
            RandomPrices.OfSums, RandomPrices.OfUnits, RandomPrices.OfUnits, RandomPrices.OfAverages,
        };
        return prices.Select((price, i) => ChargeOf(RandomUsage.Metrics[i], price, currency).Select(charge => new[] { charge }))
            .Aggregate((all, more) => Gen.Select(all, more, (a, b) => new[] { a, b }.SelectMany(each => each).ToArray()))
            .Select(charges => charges.OfType<Charge>().ToArray());
    }

    public static Gen<PlanTerms> Of(Currency currency, bool months) => Gen.Select(
        Gen.Int[0, 30_000], Gen.Int[months ? 1 : 0, 6].Select(interval => Math.Min(interval, 4)),
        SettingsOf(currency), ChargesOf(currency), Pick("basic", "pro"))
        .Select((fee, interval, settings, charges, code) =>
        {
            var plan = Plan.Create(code, code, currency, (BillingInterval)interval);
            var longer = interval > 1;
            plan.Edit(Money.OfMinor(fee < 3_000 ? 0 : fee, currency), charges, settings with
            {
                UsageMonthly = longer && settings.UsageMonthly,
                FixedChargesMonthly = longer && settings.FixedChargesMonthly,
            });
            return plan.Terms(plan.Draft!);
        });
}
