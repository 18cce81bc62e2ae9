using BackOffice.Core.Pricing;

namespace BackOffice.Core.Tests.Oracle;

/// <summary>What was measured, as the oracle hands it to a price.</summary>
internal sealed record NaiveUnits(Fraction Quantity, long Events, IReadOnlyList<decimal> Values, Fraction Carried);

/// <summary>What units cost in major units, by walking through the tiers with fractions; from the rules, not from the engine.</summary>
internal static class NaivePrices
{
    public static Fraction Of(Price price, NaiveUnits units) => units.Quantity < 0 ? 0 : price switch
    {
        PerUnitPrice each => units.Quantity * each.UnitPrice / each.Per,
        GraduatedPrice graduated => Graduated(graduated.Tiers, units.Quantity, graduated.Per, 1),
        VolumePrice volume => Volume(volume, units.Quantity),
        PackagePrice package => (Fraction.Max(0, units.Quantity - package.Free) / package.Size).Ceiling() * package.PackageFee,
        PercentagePrice { MinimumPerEvent: null, MaximumPerEvent: null } percentage => Percentage(percentage, units),
        PercentagePrice limited => PerEvent(limited, units.Values),
        GraduatedPercentagePrice shares => Graduated(
            [.. shares.Tiers.Select(tier => new PriceTier(tier.UpTo, tier.Rate, tier.Flat))], units.Quantity, 100, 1),
        DynamicPrice carried => units.Carried * carried.Multiplier,
        ConvertedPrice converted => Of(converted.Price, units) * converted.Unit.Rate,
        _ => throw new NotSupportedException($"The oracle has no rule for {price}."),
    };

    /// <summary>Units that are there for a share of the days; flat fees are due in full.</summary>
    public static Fraction ForDays(Price price, Fraction quantity, Fraction share) => price switch
    {
        PerUnitPrice each => quantity * share * each.UnitPrice / each.Per,
        GraduatedPrice graduated => Graduated(graduated.Tiers, quantity, graduated.Per, share),
        VolumePrice volume => TierOf(volume.Tiers, quantity) is var tier ? (quantity * share * tier.UnitPrice / volume.Per) + tier.Flat : 0,
        _ => throw new NotSupportedException($"The oracle does not prorate {price}."),
    };

    private static Fraction Graduated(IReadOnlyList<PriceTier> tiers, Fraction quantity, decimal per, Fraction share)
    {
        Fraction sum = 0;
        Fraction from = 0;
        for (var i = 0; i < tiers.Count && (i == 0 || quantity > from); i++)
        {
            Fraction to = tiers[i].UpTo is { } upTo ? Fraction.Min(upTo, quantity) : quantity;
            var inside = to - from;
            sum += tiers[i].BlockSize is { } size
                ? (inside / size).Ceiling() * tiers[i].UnitPrice
                : inside * share * tiers[i].UnitPrice / per;
            sum += tiers[i].Flat;
            from = to;
            if (tiers[i].UpTo is { } end && quantity <= end)
            {
                break;
            }
        }

        return sum;
    }

    private static PriceTier TierOf(IReadOnlyList<PriceTier> tiers, Fraction quantity) =>
        tiers.First(tier => tier.UpTo is not { } upTo || quantity <= upTo);

    private static Fraction Volume(VolumePrice price, Fraction quantity)
    {
        var tier = TierOf(price.Tiers, quantity);
        return (quantity * tier.UnitPrice / price.Per) + tier.Flat;
    }

    // Guide §3: free transactions and a free amount; whichever is used up first decides.
    private static Fraction Percentage(PercentagePrice price, NaiveUnits units)
    {
        Fraction free = 0;
        if (price.FreeEvents > 0 && price.FreeEvents < units.Events)
        {
            free = units.Values.Take((int)price.FreeEvents).Aggregate(Fraction.Zero, (sum, value) => sum + value);
            free = price.FreeAmount > 0 ? Fraction.Min(free, price.FreeAmount) : free;
        }
        else if (price.FreeAmount > 0)
        {
            free = Fraction.Min(units.Quantity, price.FreeAmount);
        }
        else if (price.FreeEvents > 0)
        {
            free = units.Quantity;
        }

        var running = Fraction.Zero;
        var below = units.Values.Count(value => (running += value) < price.FreeAmount);
        var freeEvents = new[] { price.FreeEvents, price.FreeAmount > 0 ? below : 0 }.Where(count => count > 0).DefaultIfEmpty(0).Min();
        return (Fraction.Max(0, units.Quantity - free) * price.Rate / 100) + (Math.Max(0, units.Events - freeEvents) * price.FixedFee);
    }

    private static Fraction PerEvent(PercentagePrice price, IReadOnlyList<decimal> values)
    {
        var sum = Fraction.Zero;
        foreach (var value in values)
        {
            Fraction fee = (value * price.Rate / 100) + price.FixedFee;
            fee = price.MinimumPerEvent is { } least ? Fraction.Max(fee, least) : fee;
            sum += price.MaximumPerEvent is { } most ? Fraction.Min(fee, most) : fee;
        }

        return sum;
    }
}
