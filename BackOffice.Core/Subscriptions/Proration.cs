using BackOffice.Core.Common;

namespace BackOffice.Core.Subscriptions;

/// <summary>The share of a whole period that is billed, in days: 15 of 31. Kept as two numbers and divided once, by the rounding.</summary>
public readonly record struct Proration
{
    /// <param name="days">The days that are billed, 0 to <paramref name="ofDays"/>.</param>
    /// <param name="ofDays">The days of the whole period on the grid, at least 1; also when only its end was subscribed to.</param>
    /// <exception cref="RuleBroken">There is no such share.</exception>
    public Proration(int days, int ofDays) => (Days, OfDays) = ofDays >= 1 && days >= 0 && days <= ofDays
        ? (days, ofDays)
        : throw new RuleBroken($"{days} of {ofDays} days is not a share of a period.");

    /// <summary>The days that are billed.</summary>
    public int Days { get; }

    /// <summary>The days of the whole period.</summary>
    public int OfDays { get; }

    /// <summary>All days are billed: the price itself.</summary>
    public bool IsWhole => Days == OfDays;

    /// <summary>The days of a part of a period.</summary>
    /// <param name="part">Null when no day of it is billed.</param>
    public static Proration Of(Period? part, Period whole) => new(part?.Days ?? 0, whole.Days);

    /// <summary>Before rounding: price × days ÷ whole days. One that does not end has 28 digits, for the eye.</summary>
    /// <exception cref="ArithmeticException">Price times days needs more than 28 digits.</exception>
    public decimal Exactly(decimal price) => IsWhole ? price : Exact.Multiply(price, Days) / OfDays;

    /// <summary>The price for the days, rounded once from the exact quotient (guide §7).</summary>
    public Money Of(Money price) =>
        IsWhole ? price : Money.RoundedQuotient(Exact.Multiply(price.Amount, Days), OfDays, price.Currency);

    /// <summary>Splits the price of a whole period over its parts, which add up to it to the cent.</summary>
    /// <param name="days">The days of each part; not all zero.</param>
    public static IReadOnlyList<Money> Split(Money price, IReadOnlyList<int> days) =>
        price.Allocate([.. days.Select(part => (decimal)part)]);

    /// <summary>For explanations: "15 of 31 days".</summary>
    public override string ToString() => $"{Days} of {OfDays} days";
}
