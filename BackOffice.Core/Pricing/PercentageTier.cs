namespace BackOffice.Core.Pricing;

/// <summary>A range of an amount and the percentage that is charged on it.</summary>
/// <param name="UpTo">The end of the range, which belongs to it; null for the last tier, which has no end.</param>
/// <param name="Rate">Percent, zero or more: 2.5 is 2.5 %.</param>
/// <param name="Flat">Due once when the tier is entered, in major units. The first tier is always entered (Lago's rule).</param>
public sealed record PercentageTier(decimal? UpTo, decimal Rate, decimal Flat = 0);
