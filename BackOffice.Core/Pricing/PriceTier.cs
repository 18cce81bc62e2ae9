namespace BackOffice.Core.Pricing;

/// <summary>A range of units and what each unit in it costs.</summary>
/// <param name="UpTo">The last unit that belongs to the tier; null for the last tier, which has no end.</param>
/// <param name="UnitPrice">What the price's <c>Per</c> units – or one block – cost in this tier, in major units.</param>
/// <param name="Flat">Due once when the tier is entered. The first tier is entered even with no unit at all (Lago's rule).</param>
/// <param name="BlockSize">Units that are only sold together; a started block is paid in full. Null when single units are sold.</param>
public sealed record PriceTier(decimal? UpTo, decimal UnitPrice, decimal Flat = 0, decimal? BlockSize = null);
