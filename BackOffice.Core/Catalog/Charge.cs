using BackOffice.Core.Common;
using BackOffice.Core.Pricing;

namespace BackOffice.Core.Catalog;

/// <summary>A metric at a price.</summary>
public sealed class Charge
{
    private Charge()
    {
    }

    public Guid Id { get; private init; }

    public int Position { get; private init; }

    /// <summary>What the invoice line says.</summary>
    public string Name { get; private init; } = null!;

    public MetricId MetricId { get; private init; }

    /// <summary>For usage that no filter has a price of its own for.</summary>
    public Price Price { get; private init; } = null!;

    /// <summary>How the charge is billed, beside its price.</summary>
    public ChargeSettings Settings { get; private init; } = ChargeSettings.Plain;

    /// <exception cref="RuleBroken">The name is missing.</exception>
    public static Charge Of(string name, MetricId metric, Price price, ChargeSettings? settings = null) => new()
    {
        Id = Guid.CreateVersion7(),
        Name = Text.Required(name, "Charge name"),
        MetricId = metric,
        Price = price,
        Settings = settings ?? ChargeSettings.Plain,
    };

    /// <summary>The charge in a version of its own: two versions never share one.</summary>
    internal Charge At(int position) => At(Price, position, Settings);

    internal Charge At(Price price, int position, ChargeSettings settings) => new()
    {
        Id = Guid.CreateVersion7(),
        Position = position,
        Name = Name,
        MetricId = MetricId,
        Price = price,
        Settings = settings,
    };
}
