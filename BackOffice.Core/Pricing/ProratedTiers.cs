using BackOffice.Core.Common;

namespace BackOffice.Core.Pricing;

/// <summary>
/// Units that come and go fill and leave tiers in order of time, by full units; each is charged for its own days. Flat fees are due in
/// full for every tier that was ever reached (Lago's rule for prorated graduated prices).
/// </summary>
internal static class ProratedTiers
{
    public static IReadOnlyList<PriceStep> Steps(Tiers tiers, IReadOnlyList<UnitsForDays> parts)
    {
        var charged = new Dictionary<(int Tier, int Days, int OfDays), decimal>();
        var (level, highest) = (0m, 0m);
        foreach (var part in parts)
        {
            var next = Exact.Add(level, part.Quantity);
            for (var tier = 0; tier < tiers.List.Length; tier++)
            {
                var units = Exact.Add(Inside(tiers, tier, next), -Inside(tiers, tier, level));
                if (units != 0)
                {
                    var key = (tier, part.Days, part.OfDays);
                    charged[key] = Exact.Add(charged.GetValueOrDefault(key), units);
                }
            }

            (level, highest) = (next, Math.Max(highest, next));
        }

        return level < 0 ? Price.NothingOwed(level) : Steps(tiers, charged, highest);
    }

    private static List<PriceStep> Steps(Tiers tiers, Dictionary<(int Tier, int Days, int OfDays), decimal> charged, decimal highest)
    {
        var steps = new List<PriceStep>();
        for (var tier = 0; tier <= tiers.Of(highest); tier++)
        {
            var first = steps.Count;
            foreach (var ((_, days, ofDays), units) in charged.Where(share => share.Key.Tier == tier))
            {
                steps.Add(tiers.Step(tier, units).For(days, ofDays) with { Flat = steps.Count == first ? tiers.List[tier].Flat : 0 });
            }

            if (steps.Count == first)
            {
                steps.Add(tiers.Step(tier, 0));
            }
        }

        return steps;
    }

    // How much of a level lies in a tier. Below zero it lies in the first, so that what is owed comes out the same in any order.
    private static decimal Inside(Tiers tiers, int tier, decimal level)
    {
        var inside = Exact.Add(tiers.List[tier].UpTo is { } upTo ? Math.Min(level, upTo) : level, -tiers.From(tier));
        return tier == 0 ? inside : Math.Max(0, inside);
    }
}
