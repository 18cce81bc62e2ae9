using BackOffice.Core.Common;
using BackOffice.Core.Pricing;

namespace BackOffice.Vectors.Kinds;

/// <summary>One charge in a whole period as OpenMeter shows it: a line for the units and one for the flat fee of each tier.</summary>
internal static class UsageLines
{
    public static void Translate(Vector vector, Check check)
    {
        var (input, facts) = (vector.Input, vector.Input["price"]);
        var currency = Currency.Of(input["currency"].TextOrNull ?? "USD");
        var discount = new PriceDiscount(
            input["discounts"]["percentage"].NumberOrNull ?? 0, input["discounts"]["usage_quantity"].NumberOrNull ?? 0);
        var limits = new SpendLimits(facts["minimum_spend"].NumberOrNull, facts["maximum_spend"].NumberOrNull);
        var already = input["already_billed_in_period"].NumberOrNull ?? 0;
        var steps = Steps(input, discount);
        var lines = new List<Dictionary<string, object?>>();
        var charged = already;
        foreach (var (description, unitAmount, quantity, exact) in steps.SelectMany(step => Shown(step, facts, currency)))
        {
            var amount = Money.Rounded(exact, currency).Amount;
            var off = Money.Rounded(discount.Of(amount), currency).Amount;
            var beyond = Money.Rounded(limits.Beyond(charged, amount - off), currency).Amount;
            charged += amount - off - beyond;
            lines.Add(Line(description, unitAmount, quantity, amount, off, beyond));
        }

        var missing = Money.Rounded(limits.Missing(charged), currency).Amount;
        if (missing > 0)
        {
            charged += missing;
            lines.Add(Minimum(missing));
        }

        check.IfExpected("lines", () => lines);
        check.That("total", charged - already);
    }

    private static IReadOnlyList<PriceStep> Steps(Facts input, PriceDiscount discount)
    {
        var usage = input["usage"];
        var before = Counted(usage["quantity_before_this_line"].NumberOrNull ?? 0, input, discount);
        var after = Counted((usage["quantity_before_this_line"].NumberOrNull ?? 0) + usage["quantity"].Number, input, discount);
        var facts = input["price"];
        return facts["model"].Text == "flat"
            ? new PerUnitPrice(facts["amount"].Number).StepsFor(1)
            : PriceOf(facts).Delta(UnitsOf(before), UnitsOf(after));
    }

    private static decimal Counted(decimal quantity, Facts input, PriceDiscount discount)
    {
        var conversion = input["unit_conversion"];
        return discount.Counted(conversion.IsMissing ? quantity : new UnitConversion(
            conversion["factor"].Number,
            conversion["operation"].Text == "divide",
            conversion["rounding"].TextOrNull switch
            {
                "ceiling" => PartOfUnit.Up,
                "floor" => PartOfUnit.Down,
                "round" => PartOfUnit.Nearest,
                null or "none" => PartOfUnit.Kept,
                var other => throw new NotSupportedException($"There is no rounding \"{other}\"."),
            }).Converted(quantity));
    }

    // What a dynamic price measures is the amount itself.
    private static Units UnitsOf(decimal quantity) => quantity == 0 ? Units.None : new Units(quantity, 1) { CarriedAmount = quantity };

    private static Price PriceOf(Facts facts) => facts["model"].Text switch
    {
        "unit" => new PerUnitPrice(facts["unit_price"].Number),
        "package" => new PackagePrice(facts["package_size"].Number, facts["package_price"].Number),
        "dynamic" => new DynamicPrice(facts["multiplier"].NumberOrNull ?? 1),
        "graduated" => new GraduatedPrice(Tiers(facts)),
        "volume" => new VolumePrice(Tiers(facts)),
        var other => throw new NotSupportedException($"There is no price model \"{other}\"."),
    };

    private static IReadOnlyList<PriceTier> Tiers(Facts facts) =>
    [
        .. facts["tiers"].Items.Select(tier =>
            new PriceTier(tier["up_to"].NumberOrNull, tier["unit_price"].NumberOrNull ?? 0, tier["flat_price"].NumberOrNull ?? 0)),
    ];

    // A tier without a unit price, or without a flat fee, has no line for it.
    private static IEnumerable<(string Description, decimal UnitAmount, decimal Quantity, decimal Amount)> Shown(
        PriceStep step, Facts price, Currency currency)
    {
        switch (price["model"].Text)
        {
            case "flat":
                yield return ("feature", step.UnitPrice, step.Quantity, step.Amount);
                break;
            case "dynamic" when step.Amount != 0:
                yield return ("feature: usage in period", Money.Rounded(step.Amount, currency).Amount, 1, step.Amount);
                break;
            case "unit" or "package" when step.Quantity != 0:
                yield return ("feature: usage in period", step.UnitPrice, step.Quantity, step.Amount);
                break;
            case "graduated" or "volume":
                var tier = price["tiers"].Items[step.Tier!.Value - 1];
                var word = price["model"].Text == "volume" ? "unit" : "usage";
                if (tier["unit_price"].IsThere && step.Quantity != 0)
                {
                    yield return ($"feature: {word} price for tier {step.Tier}", step.UnitPrice, step.Quantity, step.Amount - step.Flat);
                }

                if (step.Flat != 0)
                {
                    yield return ($"feature: flat price for tier {step.Tier}", step.Flat, 1, step.Flat);
                }

                break;
        }
    }

    private static Dictionary<string, object?> Line(
        string description, decimal unitAmount, decimal quantity, decimal amount, decimal off, decimal beyond) => BlockTiers.Members(
        ("description", description),
        ("unit_amount", unitAmount),
        ("quantity", quantity),
        ("totals", BlockTiers.Members(("amount", amount), ("charges", 0m), ("discounts", off + beyond), ("total", amount - off - beyond))),
        ("discounts", new[] { ("percentage", off), ("maximum_spend", beyond) }.Where(part => part.Item2 != 0)
            .Select(part => BlockTiers.Members(("amount", part.Item2), ("reason", part.Item1))).ToList()));

    private static Dictionary<string, object?> Minimum(decimal missing) => BlockTiers.Members(
        ("description", "feature: minimum spend"),
        ("unit_amount", missing),
        ("quantity", 1m),
        ("category", "commitment"),
        ("totals", BlockTiers.Members(("amount", 0m), ("charges", missing), ("discounts", 0m), ("total", missing))));
}
