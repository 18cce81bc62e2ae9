using BackOffice.Core.Common;
using BackOffice.Core.Pricing;
using BackOffice.Core.Usage;

namespace BackOffice.Core.Catalog;

/// <summary>How a charge is billed, beside its price. As it stands: after each period, in full.</summary>
public sealed record ChargeSettings
{
    /// <summary>A charge billed after each period, with nothing special.</summary>
    public static ChargeSettings Plain { get; } = new();

    /// <summary>Each event is billed when it happens: by what it adds to the price of the period so far (guide §3.2).</summary>
    public bool PayInAdvance { get; init; }

    /// <summary>Units that are there for a part of a period cost their share of days; recurring metrics only (guide §3.1).</summary>
    public bool Prorated { get; init; }

    /// <summary>What the charge brings in for a whole period at least, over all its filters and groups; null for no minimum.</summary>
    public Money? Minimum { get; init; }

    /// <summary>What the charge costs in a period at most, over all its filters and groups; null for no maximum.</summary>
    public Money? Maximum { get; init; }

    /// <summary>Usage that has a price of its own; the filter with most conditions wins, what meets none has the charge's price.</summary>
    public IReadOnlyList<FilteredPrice> Filters { get; init; } = [];

    /// <summary>Properties whose values are priced each on their own: a line for each combination.</summary>
    public IReadOnlyList<string> GroupKeys { get; init; } = [];

    /// <summary>The line's own taxes; empty leaves it to the plan, the customer or the company.</summary>
    public IReadOnlyList<string> TaxCodes { get; init; } = [];

    /// <exception cref="RuleBroken">A limit is negative, of another currency, or the minimum is above the maximum.</exception>
    internal void Check(string name, Currency currency)
    {
        foreach (var limit in new[] { Minimum, Maximum }.OfType<Money>())
        {
            if (limit.Currency != currency || limit.MinorUnits < 0)
            {
                throw new RuleBroken($"\"{name}\" has a limit of {limit}. Use an amount of zero or more in {currency}.");
            }
        }

        if (Minimum is { } minimum && Maximum is { } maximum && minimum.MinorUnits > maximum.MinorUnits)
        {
            throw new RuleBroken($"\"{name}\" costs at least {minimum} and at most {maximum}, which cannot both be.");
        }

        if (PayInAdvance && Minimum is not null)
        {
            throw new RuleBroken($"\"{name}\" is billed event by event, so a minimum for the period cannot be known. Bill it afterwards.");
        }
    }
}

/// <summary>The price of usage that meets a filter.</summary>
public sealed record FilteredPrice(ChargeFilter Filter, Price Price);
