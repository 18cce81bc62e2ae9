using BackOffice.Core.Common;
using BackOffice.Core.Pricing;

namespace BackOffice.Web.Features.Catalog;

/// <summary>The kinds of price one can choose.</summary>
public enum PriceModel
{
    PerUnit,
    Graduated,
    Volume,
    Package,
    Percentage,
    GraduatedPercentage,
    Dynamic,
}

/// <summary>A tier while it is typed.</summary>
public sealed class TierDraft
{
    /// <summary>Never read in the last tier, which has no end.</summary>
    public decimal? UpTo { get; set; }

    /// <summary>A percentage where the price is one.</summary>
    public decimal? UnitPrice { get; set; }

    public decimal? Flat { get; set; }

    /// <summary>Units that are only sold together; empty for single units.</summary>
    public decimal? BlockSize { get; set; }
}

/// <summary>A price while it is typed: every field may still be empty or wrong, and what another model needs is kept.</summary>
public sealed class PriceDraft
{
    public PriceModel Model { get; set; }

    /// <summary>The units a unit price is for.</summary>
    public decimal Per { get; set; } = 1;

    public decimal? UnitPrice { get; set; }

    public List<TierDraft> Tiers { get; private set; } = [new(), new()];

    /// <summary>Whether tiers may be sold in blocks; else their block sizes are not read.</summary>
    public bool HasBlocks { get; set; }

    public decimal? PackageSize { get; set; }

    public decimal? PackageFee { get; set; }

    public decimal? Free { get; set; }

    /// <summary>Percent.</summary>
    public decimal? Rate { get; set; }

    public decimal? FixedFee { get; set; }

    public decimal? FreeEvents { get; set; }

    public decimal? FreeAmount { get; set; }

    public decimal? MinimumPerEvent { get; set; }

    public decimal? MaximumPerEvent { get; set; }

    public decimal? Multiplier { get; set; }

    /// <summary>What the price is named in instead of money, such as "credits"; empty for money.</summary>
    public string? UnitName { get; set; }

    public decimal? UnitDecimals { get; set; }

    /// <summary>What one pricing unit is worth, in major units of the plan's currency.</summary>
    public decimal? UnitRate { get; set; }

    /// <summary>Unit prices are for several units; percentages and packages have their own measure.</summary>
    public bool HasPer => Model is PriceModel.PerUnit or PriceModel.Graduated or PriceModel.Volume;

    public bool HasTiers => Model is PriceModel.Graduated or PriceModel.Volume or PriceModel.GraduatedPercentage;

    public bool IsConverted => !string.IsNullOrWhiteSpace(UnitName);

    public static PriceDraft Of(Price price)
    {
        var draft = new PriceDraft();
        draft.Take(price);
        return draft;
    }

    /// <summary>The same, to be changed on its own.</summary>
    public PriceDraft Copy()
    {
        var copy = (PriceDraft)MemberwiseClone();
        copy.Tiers = [.. Tiers.Select(tier => new TierDraft
        {
            UpTo = tier.UpTo, UnitPrice = tier.UnitPrice, Flat = tier.Flat, BlockSize = tier.BlockSize,
        })];
        return copy;
    }

    /// <summary>The first thing that is not filled in yet; null when everything is.</summary>
    public string? Gap() => (IsConverted && UnitRate is null ? $"Enter what one of {UnitName!.Trim()} is worth." : null) ?? Model switch
    {
        PriceModel.PerUnit => UnitPrice is null ? "Enter the unit price." : null,
        PriceModel.Package => PackageSize is null ? "Enter how many units a package has."
            : PackageFee is null ? "Enter what a package costs." : null,
        PriceModel.Percentage => Rate is null ? "Enter the percentage." : null,
        PriceModel.Dynamic => null,
        _ => Tiers.Select(Gap).FirstOrDefault(gap => gap is not null),
    };

    /// <exception cref="RuleBroken">A field is missing, or the rules of prices refuse it; the message names the tier or field.</exception>
    public Price ToPrice() => Gap() is { } gap ? throw new RuleBroken(gap)
        : IsConverted ? new ConvertedPrice(Plain(), new PricingUnit(UnitName!, (int)(UnitDecimals ?? 2), UnitRate!.Value))
        : Plain();

    /// <summary>The price, or why there is none.</summary>
    public (Price? Price, string? Mistake) TryPrice()
    {
        try
        {
            return (ToPrice(), null);
        }
        catch (RuleBroken refusal)
        {
            return (null, refusal.Message);
        }
    }

    /// <summary>Where a tier begins: where the one before it ends.</summary>
    public decimal? From(int tier) => tier == 0 ? 0 : Tiers[tier - 1].UpTo;

    public bool IsLast(int tier) => tier == Tiers.Count - 1;

    /// <summary>A new tier after the given one. The last tier stays the last.</summary>
    public void AddTier(int after) => Tiers.Insert(Math.Min(after + 1, Tiers.Count - 1), new TierDraft());

    /// <summary>A new last tier; the one that was last gets an end.</summary>
    public void AppendTier() => Tiers.Add(new TierDraft());

    private Price Plain() => Model switch
    {
        PriceModel.PerUnit => new PerUnitPrice(UnitPrice!.Value, Per),
        PriceModel.Package => new PackagePrice(PackageSize!.Value, PackageFee!.Value, Free ?? 0),
        PriceModel.Percentage => new PercentagePrice(
            Rate!.Value, FixedFee ?? 0, (long)(FreeEvents ?? 0), FreeAmount ?? 0, MinimumPerEvent, MaximumPerEvent),
        PriceModel.GraduatedPercentage => new GraduatedPercentagePrice(
            [.. Tiers.Select((tier, i) => new PercentageTier(IsLast(i) ? null : tier.UpTo, tier.UnitPrice!.Value, tier.Flat ?? 0))]),
        PriceModel.Dynamic => new DynamicPrice(Multiplier ?? 1),
        PriceModel.Volume => new VolumePrice(PriceTiers(), Per),
        _ => new GraduatedPrice(PriceTiers(), Per),
    };

    private PriceTier[] PriceTiers() => [.. Tiers.Select((tier, i) => new PriceTier(
        IsLast(i) ? null : tier.UpTo, tier.UnitPrice!.Value, tier.Flat ?? 0, HasBlocks ? tier.BlockSize : null))];

    private void Take(Price price)
    {
        switch (price)
        {
            case ConvertedPrice converted:
                Take(converted.Price);
                (UnitName, UnitDecimals, UnitRate) = (converted.Unit.Name, converted.Unit.Decimals, converted.Unit.Rate);
                break;
            case PerUnitPrice unit:
                (Model, Per, UnitPrice) = (PriceModel.PerUnit, unit.Per, unit.UnitPrice);
                break;
            case PackagePrice package:
                (Model, PackageSize, PackageFee, Free) = (PriceModel.Package, package.Size, package.PackageFee, Filled(package.Free));
                break;
            case PercentagePrice percentage:
                (Model, Rate, FixedFee) = (PriceModel.Percentage, percentage.Rate, Filled(percentage.FixedFee));
                (FreeEvents, FreeAmount) = (Filled(percentage.FreeEvents), Filled(percentage.FreeAmount));
                (MinimumPerEvent, MaximumPerEvent) = (percentage.MinimumPerEvent, percentage.MaximumPerEvent);
                break;
            case GraduatedPercentagePrice graduated:
                Model = PriceModel.GraduatedPercentage;
                Take([.. graduated.Tiers.Select(tier => new PriceTier(tier.UpTo, tier.Rate, tier.Flat))]);
                break;
            case DynamicPrice dynamic:
                (Model, Multiplier) = (PriceModel.Dynamic, dynamic.Multiplier);
                break;
            case VolumePrice volume:
                (Model, Per) = (PriceModel.Volume, volume.Per);
                Take(volume.Tiers);
                break;
            case GraduatedPrice graduated:
                (Model, Per) = (PriceModel.Graduated, graduated.Per);
                Take(graduated.Tiers);
                break;
            default:
                throw new InvalidOperationException($"There is no form for {price.GetType().Name}.");
        }
    }

    private void Take(IReadOnlyList<PriceTier> tiers)
    {
        HasBlocks = tiers.Any(tier => tier.BlockSize is not null);
        Tiers.Clear();
        Tiers.AddRange(tiers.Select(tier => new TierDraft
        {
            UpTo = tier.UpTo, UnitPrice = tier.UnitPrice, Flat = Filled(tier.Flat), BlockSize = tier.BlockSize,
        }));
    }

    private static decimal? Filled(decimal value) => value == 0 ? null : value;

    private string? Gap(TierDraft tier, int index) => tier.UpTo is null && !IsLast(index) ? $"Enter where tier {index + 1} ends."
        : tier.UnitPrice is not null ? null
        : Model == PriceModel.GraduatedPercentage ? $"Enter the percentage of tier {index + 1}."
        : $"Enter the unit price of tier {index + 1}.";
}
