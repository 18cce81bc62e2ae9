using BackOffice.Core.Common;

namespace BackOffice.Core.Pricing;

/// <summary>What a price is asked to price: a quantity, and what some prices must know about the events behind it.</summary>
/// <param name="Quantity">Units, exact; a fraction is allowed. Below zero nothing is owed.</param>
/// <param name="Events">How many events the quantity was measured from.</param>
public sealed record Units(decimal Quantity, long Events = 0)
{
    /// <summary>Nothing measured, and no event yet.</summary>
    public static Units None { get; } = new(0);

    /// <summary>The value of every event in order of time, then of storing; only loaded for prices that look at single events.</summary>
    public IReadOnlyList<decimal> Values { get; init; } = [];

    /// <summary>What the events themselves say they cost, in major units; read by the dynamic price.</summary>
    public decimal CarriedAmount { get; init; }

    /// <summary>Units that count for some days of the period only, in order of time; empty when all count for the whole period.</summary>
    public IReadOnlyList<UnitsForDays> Parts { get; init; } = [];

    /// <summary>The quantity as what is divided by what, when it may not end as a decimal: an average over time. Else null.</summary>
    public Quotient? Exactly { get; init; }

    /// <summary>A step for all units above a limit, which knows their exact number.</summary>
    internal PriceStep Above(decimal limit, PriceStep step)
    {
        if (Exactly is not { } exactly)
        {
            return step;
        }

        var rest = exactly.Plus(Quotient.Of(-limit));
        return step with { Dividend = rest.Numerator, Divisor = rest.Denominator };
    }

    internal bool IsNone => Quantity == 0 && Events == 0 && Parts.Count == 0;
}

/// <summary>Units that were there on some days of a period, and are charged for those.</summary>
/// <param name="Quantity">Full units; negative when units were taken away.</param>
/// <param name="Days">Days they are charged for, at most <paramref name="OfDays"/>.</param>
/// <param name="OfDays">Days of the whole period.</param>
public sealed record UnitsForDays(decimal Quantity, int Days, int OfDays);
