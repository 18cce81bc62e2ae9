using BackOffice.Core.Common;

namespace BackOffice.Core.Pricing;

/// <summary>The tiers of a price, ready to be walked: checked, labelled once, without gaps.</summary>
internal sealed class Tiers
{
    private readonly string[] _labels;

    /// <exception cref="RuleBroken">The tiers do not rise, leave the end open too early, or have a negative price.</exception>
    public Tiers(IReadOnlyList<PriceTier> tiers, decimal per, string priceName = "unit price")
    {
        List = [.. tiers];
        Per = per;
        Check(priceName);
        _labels = [.. Enumerable.Range(0, List.Length).Select(LabelOf)];
    }

    public PriceTier[] List { get; }

    public decimal Per { get; }

    public bool HasBlocks => Array.Exists(List, tier => tier.BlockSize is not null);

    public string Label(int tier) => _labels[tier];

    /// <summary>Where a tier begins: the limit of the one before it, which does not belong to it.</summary>
    public decimal From(int tier) => tier == 0 ? 0 : List[tier - 1].UpTo!.Value;

    /// <summary>The tier a quantity ends in; a limit belongs to the tier below it.</summary>
    public int Of(decimal quantity)
    {
        var tier = 0;
        while (List[tier].UpTo is { } upTo && quantity > upTo)
        {
            tier++;
        }

        return tier;
    }

    /// <summary>The step of one tier for units in it.</summary>
    public PriceStep Step(int tier, decimal units)
    {
        var price = List[tier];
        return price.BlockSize is { } size
            ? new PriceStep($"{Label(tier)}, in blocks of {Words.Number(size)}", Blocks(units, size), price.UnitPrice, 1, price.Flat)
            {
                Tier = tier + 1,
            }
            : new PriceStep(_labels[tier], units, price.UnitPrice, Per, price.Flat) { Tier = tier + 1 };
    }

    /// <summary>The amount of one tier for units in it.</summary>
    public decimal Amount(int tier, decimal units)
    {
        var price = List[tier];
        var amount = price.BlockSize is { } size
            ? Exact.Multiply(Blocks(units, size), price.UnitPrice)
            : Exact.DividePowerOfTen(Exact.Multiply(units, price.UnitPrice), Per);
        return price.Flat == 0 ? amount : Exact.Add(amount, price.Flat);
    }

    public string Describe(Func<PriceTier, string> priceOf, Denomination denomination) => string.Join("; ", List.Select((tier, i) =>
        (i == 0 ? Label(i) : Words.LowerFirst(Label(i))) + $" at {priceOf(tier)}"
        + (tier.BlockSize is { } size ? $" for each started block of {Words.Number(size)}" : "")
        + (tier.Flat > 0 ? $" plus {Words.Amount(tier.Flat, denomination)} once" : "")));

    public bool SameAs(Tiers other) => Per == other.Per && List.AsSpan().SequenceEqual(other.List);

    public int Hash() => HashCode.Combine(Per, List.Length, List[0]);

    /// <summary>How many blocks hold the units. Exact: the started one is counted, not rounded.</summary>
    internal static decimal Blocks(decimal units, decimal size)
    {
        var started = units % size;
        return (Exact.Add(units, -started) / size) + (started > 0 ? 1 : 0);
    }

    private string LabelOf(int tier) => (tier, List[tier].UpTo) switch
    {
        (0, null) => "All units",
        (0, { } upTo) => $"First {Words.Number(upTo)}",
        (_, { } upTo) => $"{Words.Number(From(tier))} to {Words.Number(upTo)}",
        (_, null) => $"Above {Words.Number(From(tier))}",
    };

    private void Check(string priceName)
    {
        if (List.Length == 0 || List[^1].UpTo is not null)
        {
            throw new RuleBroken("The last tier must have no upper limit, or larger quantities would have no price.");
        }

        for (var i = 0; i < List.Length; i++)
        {
            var (tier, number) = (List[i], i + 1);
            Require(tier.UnitPrice >= 0, $"The {priceName} of tier {number} must not be negative.");
            Require(tier.Flat >= 0, $"The flat fee of tier {number} must not be negative.");
            Require(tier.BlockSize is null or > 0, $"The block size of tier {number} must be above zero.");
            Require(
                tier.BlockSize is null || Per == 1,
                $"Tier {number} is sold in blocks, so the prices must be per 1: a block has its own size.");
            Require(
                number == List.Length || tier.UpTo > From(i),
                $"Tier {number} must end above {Words.Number(From(i))}, where the tier before it ends.");
        }
    }

    private static void Require(bool holds, string rule)
    {
        if (!holds)
        {
            throw new RuleBroken(rule);
        }
    }
}
