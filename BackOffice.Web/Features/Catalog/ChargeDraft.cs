using BackOffice.Core.Common;
using BackOffice.Core.Pricing;

namespace BackOffice.Web.Features.Catalog;

/// <summary>The kinds of price one can choose.</summary>
public enum PriceModel
{
    PerUnit,
    Graduated,
    Package,
}

/// <summary>A tier while it is typed.</summary>
public sealed class TierDraft
{
    /// <summary>Never read in the last tier, which has no end.</summary>
    public decimal? UpTo { get; set; }

    public decimal? UnitPrice { get; set; }

    public decimal? Flat { get; set; }
}

/// <summary>A usage charge while it is typed: every field may still be empty or wrong.</summary>
public sealed class ChargeDraft
{
    private const string Foreign =
        "This kind of price is not edited here. Change it in a catalogue file, or remove the charge and add it anew.";

    private Price? _other;

    /// <summary>Tells the charges of a page apart; never stored.</summary>
    public Guid Key { get; } = Guid.CreateVersion7();

    public string? MetricCode { get; set; }

    public string? Name { get; set; }

    public PriceModel Model { get; set; }

    /// <summary>The units a unit price is for.</summary>
    public decimal Per { get; set; } = 1;

    public decimal? UnitPrice { get; set; }

    public List<TierDraft> Tiers { get; } = [new(), new()];

    public decimal? PackageSize { get; set; }

    public decimal? PackageFee { get; set; }

    public decimal? Free { get; set; }

    /// <summary>What the calculator is asked about.</summary>
    public decimal? Quantity { get; set; }

    /// <summary>Something needed is not filled in yet.</summary>
    public string? Missing => MetricCode is not { Length: > 0 } ? "Choose what is measured." : Gaps().FirstOrDefault();

    public static ChargeDraft Of(ChargeView charge)
    {
        var draft = new ChargeDraft { MetricCode = charge.MetricCode, Name = charge.Name };
        draft.Take(charge.Price);
        return draft;
    }

    /// <exception cref="RuleBroken">A field is missing, or the rules of prices refuse it; the message names the tier or field.</exception>
    public Price ToPrice() => Gaps().FirstOrDefault() is { } gap ? throw new RuleBroken(gap) : Model switch
    {
        PriceModel.PerUnit => new PerUnitPrice(UnitPrice!.Value, Per),
        PriceModel.Package => new PackagePrice(PackageSize!.Value, PackageFee!.Value, Free ?? 0),
        _ => new GraduatedPrice(
            [.. Tiers.Select((tier, i) => new PriceTier(IsLast(i) ? null : tier.UpTo, tier.UnitPrice!.Value, tier.Flat ?? 0))], Per),
    };

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

    private void Take(Price price)
    {
        switch (price)
        {
            case PerUnitPrice unit:
                (Model, Per, UnitPrice) = (PriceModel.PerUnit, unit.Per, unit.UnitPrice);
                break;
            case PackagePrice package:
                (Model, PackageSize, PackageFee, Free) = (PriceModel.Package, package.Size, package.PackageFee, package.Free);
                break;
            case GraduatedPrice graduated when graduated.Tiers.All(tier => tier.BlockSize is null):
                (Model, Per) = (PriceModel.Graduated, graduated.Per);
                Tiers.Clear();
                Tiers.AddRange(graduated.Tiers.Select(tier =>
                    new TierDraft { UpTo = tier.UpTo, UnitPrice = tier.UnitPrice, Flat = tier.Flat == 0 ? null : tier.Flat }));
                break;
            default:
                _other = price; // Without loss or not at all: an editor that knows half of a price would drop the rest.
                break;
        }
    }

    private IEnumerable<string> Gaps() => _other is not null ? [Foreign] : Model switch
    {
        PriceModel.PerUnit => UnitPrice is null ? ["Enter the unit price."] : [],
        PriceModel.Package =>
        [
            .. PackageSize is null ? new[] { "Enter how many units a package has." } : [],
            .. PackageFee is null ? new[] { "Enter what a package costs." } : [],
        ],
        _ => Tiers.SelectMany(Gaps),
    };

    private IEnumerable<string> Gaps(TierDraft tier, int index) =>
    [
        .. tier.UpTo is null && !IsLast(index) ? new[] { $"Enter where tier {index + 1} ends." } : [],
        .. tier.UnitPrice is null ? new[] { $"Enter the unit price of tier {index + 1}." } : [],
    ];
}
