using BackOffice.Core.Common;
using BackOffice.Core.Pricing;

namespace BackOffice.Vectors.Kinds;

internal static class BlockTiers
{
    public static IEnumerable<KeyValuePair<string, Translate>> Kinds =>
    [
        new("block_tiers", OneUnit),
        new("multi_unit_block_tiers", SeveralUnits),
        new("package_usage_in_period", PackageInPeriod),
        new("rate_usage_line", UsageLines.Translate),
    ];

    private static void OneUnit(Vector vector, Check check)
    {
        var steps = Steps(vector.Input["mode"].Text, vector.Input);
        check.That("amount", PriceStep.Total(steps));
        check.IfExpected("per_tier", () => Used(steps).Select(step => Members(
            ("tier", step.Tier), ("blocks", step.Quantity), ("amount", step.Amount))).ToList());
    }

    private static void SeveralUnits(Vector vector, Check check)
    {
        var units = vector.Input["units"].Members.OrderBy(unit => unit.Name, StringComparer.Ordinal)
            .Select(unit => (unit.Name, Steps: Steps(vector.Input["mode"].Text, unit.Value))).ToList();
        check.That("amount", Exact.Sum(units.Select(unit => PriceStep.Total(unit.Steps))));
        check.IfExpected("details", () => units.SelectMany(unit => Used(unit.Steps).Select(step => Members(
            ("unit", unit.Name), ("tier", step.Tier), ("quantity", step.Quantity), ("price", step.UnitPrice),
            ("amount", step.Amount)))).ToList());
    }

    // The last day of a subscription that ends is billed.
    private static void PackageInPeriod(Vector vector, Check check)
    {
        var input = vector.Input;
        var (start, end) = (input["period"].Items[0].Day, input["period"].Items[1].Day);
        var period = new Period(start, input["cancelled_at_end"].Flag ? end.PlusDays(1) : end);
        var inside = input["events"].Items.Where(usage => period.Contains(usage.Items[0].Day))
            .Select(usage => usage.Items[1].Number).ToList();
        check.That("amount", new PackagePrice(input["package_size"].Number, input["package_price"].Number)
            .AmountFor(new Units(Exact.Sum(inside), inside.Count)));
    }

    private static IReadOnlyList<PriceStep> Steps(string mode, Facts facts)
    {
        var tiers = PriceFacts.OpenEnded([.. facts["tiers"].Items.Select(tier => new PriceTier(
            tier["up_to"].NumberOrNull, tier["price_per_block"].Number, 0, tier["block_size"].Number))]);
        Price price = mode switch
        {
            "graduated" => new GraduatedPrice(tiers),
            "volume" => new VolumePrice(tiers),
            _ => throw new NotSupportedException($"There is no mode \"{mode}\"."),
        };
        return price.StepsFor(facts["quantity"].Number);
    }

    private static IEnumerable<PriceStep> Used(IEnumerable<PriceStep> steps) => steps.Where(step => step.Quantity != 0 || step.Flat != 0);

    internal static Dictionary<string, object?> Members(params (string Name, object? Value)[] members) =>
        members.ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);
}
