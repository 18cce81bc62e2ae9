using BackOffice.Core.Common;

namespace BackOffice.Core.Catalog;

/// <summary>What a customer promised to spend in every period of the plan; a true-up line bills what is missing.</summary>
public sealed record MinimumCommitment
{
    /// <param name="amount">For a whole period, before tax; above zero.</param>
    /// <param name="name">What the true-up line says.</param>
    /// <exception cref="RuleBroken">The amount is not above zero.</exception>
    public MinimumCommitment(Money amount, string? name = null)
    {
        Amount = amount.MinorUnits > 0 ? amount : throw new RuleBroken("A commitment must be above zero. Leave it out if there is none.");
        Name = Text.Optional(name, "Commitment name") ?? "Minimum commitment";
    }

    public Money Amount { get; }

    public string Name { get; }

    /// <summary>The true-up line's own taxes; empty leaves it to the plan, the customer or the company.</summary>
    public IReadOnlyList<string> TaxCodes { get; init; } = [];
}
