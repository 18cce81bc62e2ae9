using BackOffice.Core.Common;
using BackOffice.Core.Pricing;
using BackOffice.Core.Usage;

namespace BackOffice.Vectors.Kinds;

internal static class ChargeModels
{
    private static readonly Currency Currency = Currency.Of("USD");

    public static IEnumerable<KeyValuePair<string, Translate>> Kinds =>
    [
        new("standard", WholePeriod),
        new("graduated", WholePeriod),
        new("graduated_percentage", WholePeriod),
        new("volume", Volume),
        new("package", Package),
        new("percentage", Percentage),
        new("dynamic", WholePeriod),
        new("custom", WholePeriod),
        new("standard (prorated)", ProratedCharges.Translate),
        new("graduated (prorated)", ProratedCharges.Translate),
        new("volume (prorated)", ProratedCharges.Translate),
        new("graduated_tier", OneTier),
        new("graduated_percentage_tier", OneTier),
    ];

    /// <summary>What every vector of a charge may expect: amounts, the average price of a unit, the tiers.</summary>
    public static void Compare(Vector vector, Check check, IReadOnlyList<PriceStep> steps, decimal averagedUnits)
    {
        var expected = vector.Expected;
        var exact = PriceStep.Total(steps);
        var fee = Money.Rounded(exact, Currency);
        check.IsProse("amount_compared_after", "unit_amount_rounded_to");
        check.IfExpected("amount", () => expected["amount_compared_after"].IsThere ? fee.Amount : exact);
        check.IfExpected("amount_cents", () => fee.MinorUnits);
        check.IfExpected("total_with_tax_cents", () =>
            (fee + Money.Rounded(fee.Amount * vector.Input["tax_rate"].Number / 100, Currency)).MinorUnits);
        check.IfExpected("unit_amount", () => Shown(PriceFacts.Average(exact, averagedUnits), expected["unit_amount_rounded_to"]));
        check.IfExpected("tiers", () => steps.Select(Tier).ToList());
        check.IfExpected("units", () => vector.Input["units"].Number);
    }

    /// <summary>What is measured, when a vector says it without events in time.</summary>
    public static Units UnitsOf(Vector vector)
    {
        var input = vector.Input;
        var events = input["events"].Items;
        var values = events.Select(item => (item.IsObject ? item["value"] : item).Number).ToList();
        var carried = input["custom_amount"].NumberOrNull
            ?? (input["sum_precise_total_amount_cents"].NumberOrNull
                ?? events.Sum(item => item["precise_total_amount_cents"].NumberOrNull ?? 0)) / Currency.Scale;
        return new Units(input["units"].NumberOrNull ?? values.Sum(), (long)(input["events_count"].NumberOrNull ?? values.Count))
        {
            Values = values,
            CarriedAmount = carried,
        };
    }

    private static void WholePeriod(Vector vector, Check check)
    {
        var units = UnitsOf(vector);
        Compare(vector, check, PriceFacts.Of(vector.Kind, vector.Root["properties"]).StepsFor(units), units.Quantity);
    }

    private static void Volume(Vector vector, Check check)
    {
        if (vector.Root["properties"]["prorated"].Flag)
        {
            ProratedCharges.Translate(vector, check);
            return;
        }

        var units = UnitsOf(vector);
        var steps = PriceFacts.Of("volume", vector.Root["properties"]).StepsFor(units);
        Compare(vector, check, steps, units.Quantity);
        CompareVolume(check, steps, units.Quantity);
    }

    /// <summary>Flat fee and price of the units, apart.</summary>
    public static void CompareVolume(Check check, IReadOnlyList<PriceStep> steps, decimal units)
    {
        var flat = steps.Sum(step => step.Flat);
        var perUnit = PriceStep.Total(steps) - flat;
        check.IfExpected("flat_amount", () => flat);
        check.IfExpected("per_unit_total", () => perUnit);
        check.IfExpected("per_unit_amount", () => PriceFacts.Average(perUnit, units));
    }

    private static void Package(Vector vector, Check check)
    {
        var price = (PackagePrice)PriceFacts.Of("package", vector.Root["properties"]);
        var units = UnitsOf(vector);
        Compare(vector, check, price.StepsFor(units), price.PaidOf(units.Quantity));
        check.IfExpected("free_units", () => price.Free);
        check.IfExpected("paid_units", () => price.PaidOf(units.Quantity));
    }

    private static void Percentage(Vector vector, Check check)
    {
        var price = PriceFacts.Percentage(vector.Root["properties"]);
        var units = UnitsOf(vector);
        var parts = price.PartsOf(units);
        var steps = price.StepsFor(units);
        Compare(vector, check, steps, units.Quantity);
        check.IfExpected("free_units", () => parts.FreeAmount);
        check.IfExpected("free_events", () => parts.FreeEvents);
        check.IfExpected("paid_units", () => parts.PaidAmount);
        check.IfExpected("paid_events", () => parts.PaidEvents);
        check.IfExpected("percentage_amount", () => AmountOf(steps, PercentagePrice.PercentageLabel));
        check.IfExpected("fixed_amount_total", () => AmountOf(steps, PercentagePrice.FeeLabel));
    }

    // One tier alone: in the price it stands between free ones, where the other system's style says that it begins.
    private static void OneTier(Vector vector, Check check)
    {
        var facts = vector.Root["properties"]["tier"];
        var from = facts["from_value"].Number;
        var below = from == 0 || vector.Root["properties"]["adjacent_ranges"].Flag ? from : from - 1;
        var rate = facts["rate"].IsThere;
        var tier = new PriceTier(
            facts["to_value"].NumberOrNull, facts[rate ? "rate" : "per_unit_amount"].Number, facts["flat_amount"].NumberOrNull ?? 0);
        PriceTier[] tiers =
        [
            .. below > 0 ? new[] { new PriceTier(below, 0) } : [],
            tier,
            .. tier.UpTo is null ? Array.Empty<PriceTier>() : [new PriceTier(null, 0)],
        ];
        Price price = rate
            ? new GraduatedPercentagePrice([.. tiers.Select(each => new PercentageTier(each.UpTo, each.UnitPrice, each.Flat))])
            : new GraduatedPrice(tiers);
        var step = price.StepsFor(vector.Input["total_units"].Number).FirstOrDefault(each => each.Tier == (below > 0 ? 2 : 1));
        check.That("units_in_tier", step?.Quantity ?? 0);
        check.That("amount", step?.Amount ?? 0);
        check.IfExpected("percentage_amount", () => step is null ? 0 : step.Amount - step.Flat);
    }

    private static Dictionary<string, object?> Tier(PriceStep step) => new(StringComparer.Ordinal)
    {
        ["units"] = step.Quantity,
        ["flat"] = step.Flat,
        ["per_unit"] = PriceFacts.Average(step.Amount - step.Flat, step.Quantity),
        ["rate"] = step.UnitPrice,
        ["percentage_amount"] = step.Amount - step.Flat,
        ["total"] = step.Amount,
    };

    private static decimal AmountOf(IReadOnlyList<PriceStep> steps, string label) =>
        steps.Where(step => step.Label == label).Sum(step => step.Amount);

    // An average may not end. It is for the eye: shortened first, it leaves the rounding room.
    private static decimal Shown(decimal value, Facts places) => places.WholeOrNull is { } digits
        ? new QuantityRounding(RoundingFunction.Round, digits).Of(decimal.Round(value, digits + 10))
        : value;
}
