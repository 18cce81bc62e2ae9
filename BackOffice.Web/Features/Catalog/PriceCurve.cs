using BackOffice.Core.Common;
using BackOffice.Core.Pricing;

namespace BackOffice.Web.Features.Catalog;

/// <summary>What quantities cost under one price, for a chart. Every point comes from the engine.</summary>
/// <param name="Points">By quantity.</param>
public sealed record PriceCurve(IReadOnlyList<CurvePoint> Points)
{
    private const int Steps = 40;

    public CurvePoint Last => Points[^1];

    /// <summary>The most there is to pay; the scale of the chart.</summary>
    public decimal Highest => Points.Max(point => point.Amount);

    /// <summary>A point in ten, for reading as a table.</summary>
    public IEnumerable<CurvePoint> Few => Points.Where((_, i) => i % (Steps / 10) == 0);

    /// <summary>Null for what cannot be drawn, such as amounts of too many digits.</summary>
    /// <param name="shown">A quantity that must be in the picture.</param>
    public static PriceCurve? Of(Price price, decimal? shown)
    {
        try
        {
            var end = Round(Math.Max((shown ?? 0) * 1.5m, EndOf(price)));
            var quantities = Enumerable.Range(0, Steps + 1).Select(i => end * i / Steps);
            return new PriceCurve([.. quantities.Select(quantity => new CurvePoint(quantity, price.AmountFor(quantity)))]);
        }
        catch (ArithmeticException)
        {
            return null;
        }
    }

    // So far that the last tier, or some packages, can be seen.
    private static decimal EndOf(Price price) => price switch
    {
        ConvertedPrice converted => EndOf(converted.Price),
        GraduatedPrice graduated => EndOf(graduated.Tiers.Select(tier => tier.UpTo), graduated.Per),
        VolumePrice volume => EndOf(volume.Tiers.Select(tier => tier.UpTo), volume.Per),
        GraduatedPercentagePrice percentage => EndOf(percentage.Tiers.Select(tier => tier.UpTo), 1),
        PackagePrice package => package.Free + (5 * package.Size),
        PerUnitPrice unit => 10 * unit.Per,
        PercentagePrice percentage => Math.Max(1000, 2 * percentage.FreeAmount),
        _ => 1000,
    };

    private static decimal EndOf(IEnumerable<decimal?> limits, decimal per) => limits.Max() is { } last ? last * 1.4m : per * 100;

    /// <summary>1, 2 or 5 with zeros: an axis people can read.</summary>
    private static decimal Round(decimal end)
    {
        var power = 1m;
        while (power * 10 < end)
        {
            power *= 10;
        }

        return new[] { power, 2 * power, 5 * power, 10 * power }.First(nice => nice >= end || nice == 10 * power);
    }
}

/// <summary>A quantity and what it costs, in major units.</summary>
public readonly record struct CurvePoint(decimal Quantity, decimal Amount);
