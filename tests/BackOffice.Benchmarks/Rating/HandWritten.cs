using BackOffice.Core.Pricing;

namespace BackOffice.Benchmarks.Rating;

/// <summary>The sums of a price on plain decimals: nothing is checked, nothing explained.</summary>
internal static class HandWritten
{
    public static decimal Graduated(decimal quantity, PriceTier[] tiers, decimal per)
    {
        var (sum, from) = (0m, 0m);
        foreach (var tier in tiers)
        {
            var to = tier.UpTo is { } upTo && upTo < quantity ? upTo : quantity;
            sum += ((to - from) * tier.UnitPrice / per) + tier.Flat;
            from = to;
            if (to == quantity)
            {
                break;
            }
        }

        return sum;
    }

    public static decimal Volume(decimal quantity, PriceTier[] tiers, decimal per)
    {
        foreach (var tier in tiers)
        {
            if (tier.UpTo is null || quantity <= tier.UpTo)
            {
                return (quantity * tier.UnitPrice / per) + tier.Flat;
            }
        }

        return 0;
    }

    public static decimal Limited(IReadOnlyList<decimal> values, int free, decimal rate, decimal fee, decimal least, decimal most)
    {
        var sum = 0m;
        for (var i = free; i < values.Count; i++)
        {
            sum += Math.Clamp((values[i] * rate / 100) + fee, least, most);
        }

        return sum;
    }
}
