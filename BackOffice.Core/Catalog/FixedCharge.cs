using BackOffice.Core.Common;
using BackOffice.Core.Pricing;

namespace BackOffice.Core.Catalog;

/// <summary>Units at a price that do not depend on usage: seats, support, a device. A subscription's units may change.</summary>
public sealed record FixedCharge
{
    /// <param name="code">How files and unit changes name it; unique within the plan version.</param>
    /// <param name="name">What the invoice line says.</param>
    /// <param name="units">What a new subscription starts with; zero or more.</param>
    /// <param name="price">Per unit, graduated or by volume.</param>
    /// <exception cref="RuleBroken">The code or name is malformed, or the units are negative.</exception>
    public FixedCharge(string code, string name, decimal units, Price price)
    {
        (Code, Name, Price) = (Common.Code.Check(code, "Fixed charge code"), Text.Required(name, "Fixed charge name"), price);
        Units = units >= 0 ? units : throw new RuleBroken($"{Name} cannot have {units} units. Use zero or more.");
    }

    public string Code { get; }

    public string Name { get; }

    public decimal Units { get; init; }

    public Price Price { get; init; }

    /// <summary>Due on the first day of a period instead of after its last.</summary>
    public bool PayInAdvance { get; init; }

    /// <summary>A part of a period costs its share of days; otherwise the full price.</summary>
    public bool Prorated { get; init; }

    /// <summary>The line's own taxes; empty leaves it to the plan, the customer or the company.</summary>
    public IReadOnlyList<string> TaxCodes { get; init; } = [];
}
