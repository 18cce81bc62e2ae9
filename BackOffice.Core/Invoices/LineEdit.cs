using BackOffice.Core.Common;
using BackOffice.Core.Pricing;

namespace BackOffice.Core.Invoices;

/// <summary>What a person changed on a line of a draft. It is applied again when the draft is refreshed.</summary>
public sealed record LineEdit
{
    /// <param name="units">Instead of the measured ones; zero or more.</param>
    /// <param name="unitAmount">Instead of the price; null lets the price decide on the new units. Zero or more, in major units.</param>
    /// <param name="name">Instead of the line's name; null keeps it.</param>
    /// <exception cref="RuleBroken">A number is below zero, or the name is too long.</exception>
    public LineEdit(decimal units, decimal? unitAmount = null, string? name = null)
    {
        if (units < 0 || unitAmount < 0)
        {
            throw new RuleBroken("Units and unit amounts are not below zero. To give money back, write a credit note.");
        }

        (Units, UnitAmount, Name) = (units, unitAmount, Text.Optional(name, "Name", 120));
    }

    public decimal Units { get; }

    public decimal? UnitAmount { get; }

    public string? Name { get; }

    /// <summary>The line's new amount, explained.</summary>
    /// <param name="reprice">What the line's price says about units.</param>
    public IReadOnlyList<PriceStep> Steps(Func<decimal, IReadOnlyList<PriceStep>> reprice) =>
        UnitAmount is { } amount ? [new PriceStep("Edited units and amount", Units, amount)] : reprice(Units);

    /// <summary>The same for a line that costs so much for each unit, such as a base fee.</summary>
    /// <param name="unitPrice">In major units.</param>
    public IReadOnlyList<PriceStep> Steps(decimal unitPrice) => Steps(units => [new PriceStep("Edited units", units, unitPrice)]);

    /// <summary>The new amount, rounded once.</summary>
    public static Money Amount(IReadOnlyList<PriceStep> steps, Currency currency) =>
        Money.Rounded(Exact.Sum(steps.Select(step => step.Amount)), currency);
}
