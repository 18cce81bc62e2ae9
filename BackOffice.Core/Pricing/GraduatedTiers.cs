using BackOffice.Core.Common;

namespace BackOffice.Core.Pricing;

/// <summary>Fills tiers from the first: each takes the units between the limit below it and its own.</summary>
internal static class GraduatedTiers
{
    public static PriceStep[] Steps(Tiers tiers, Units units)
    {
        var quantity = units.Quantity;
        var last = tiers.Of(quantity);
        var steps = new PriceStep[last + 1];
        for (var tier = 0; tier <= last; tier++)
        {
            steps[tier] = tiers.Step(tier, UnitsIn(tiers, tier, last, quantity));
        }

        if (units.Exactly is not null && tiers.List[last].BlockSize is null)
        {
            steps[last] = units.Above(tiers.From(last), steps[last]);
        }

        return steps;
    }

    public static decimal Amount(Tiers tiers, decimal quantity)
    {
        var last = tiers.Of(quantity);
        var sum = 0m;
        for (var tier = 0; tier <= last; tier++)
        {
            sum = Exact.Add(sum, tiers.Amount(tier, UnitsIn(tiers, tier, last, quantity)));
        }

        return sum;
    }

    private static decimal UnitsIn(Tiers tiers, int tier, int last, decimal quantity)
    {
        var end = tier == last ? quantity : tiers.List[tier].UpTo!.Value;
        return tier == 0 ? end : Exact.Add(end, -tiers.From(tier));
    }
}
