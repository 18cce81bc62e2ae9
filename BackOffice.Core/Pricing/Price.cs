using BackOffice.Core.Common;

namespace BackOffice.Core.Pricing;

/// <summary>How a quantity becomes an amount. The set is closed: every kind is in this folder.</summary>
public abstract record Price
{
    // Every line says its price in words, and a billing run makes very many lines of few prices.
    private readonly WordsInHand _words = new();

    private protected Price()
    {
    }

    /// <summary>Whether the price looks at the value of every single event; for all others sums and counts suffice.</summary>
    public virtual bool ReadsEvents => false;

    /// <summary>Whether the price knows what units cost that were there on some days of the period only.</summary>
    public virtual bool CanProrate => false;

    /// <summary>Explains the amount, one step per part of the price. Nothing is rounded.</summary>
    /// <remarks>Corrections may outweigh what they correct. Nobody is paid for that, and no flat fee is due (Lago's rule).</remarks>
    /// <exception cref="ArithmeticException">The amount needs more than 28 digits.</exception>
    /// <exception cref="ArgumentException">Parts of a period, which this price cannot prorate; or single values are missing.</exception>
    public IReadOnlyList<PriceStep> StepsFor(Units units) => units.Quantity < 0 ? NothingOwed(units.Quantity) : Steps(Checked(units));

    /// <summary>Explains the amount for a quantity, all of it used in one event.</summary>
    /// <param name="quantity">Units, zero or more; a fraction is allowed.</param>
    /// <exception cref="ArgumentOutOfRangeException">The quantity is negative.</exception>
    /// <exception cref="ArithmeticException">The amount needs more than 28 digits.</exception>
    public IReadOnlyList<PriceStep> StepsFor(decimal quantity) => Steps(OneEvent(quantity));

    /// <summary>The exact amount in major units: the total of the steps, without making them.</summary>
    /// <inheritdoc cref="StepsFor(Units)" path="/exception"/>
    public decimal AmountFor(Units units) => units.Quantity < 0 ? 0
        : units.Exactly is null ? Amount(Checked(units))
        : PriceStep.Total(Steps(Checked(units)));

    /// <summary>The exact amount for a quantity, in major units of the plan's currency.</summary>
    public decimal AmountFor(decimal quantity) => Amount(OneEvent(quantity));

    /// <summary>Explains what a change of the measured units costs: the steps after it less the steps before it.</summary>
    /// <remarks>
    /// For charges paid in advance. Before the first event nothing was charged, no flat fee either, so the deltas of any number of events
    /// add up to the amount for all of them.
    /// </remarks>
    /// <returns>No step for what did not change.</returns>
    public IReadOnlyList<PriceStep> Delta(Units before, Units after)
    {
        var paid = before.IsNone ? [] : StepsFor(before).ToList();
        var owed = new List<PriceStep>();
        foreach (var step in StepsFor(after))
        {
            var known = paid.FindIndex(step.IsSamePrice);
            var change = known < 0 ? step : step.Less(paid[known]);
            if (known >= 0)
            {
                paid.RemoveAt(known);
            }

            if (known < 0 || change.Quantity != 0 || change.Flat != 0)
            {
                owed.Add(change);
            }
        }

        owed.AddRange(paid.Select(step => (step with { Quantity = 0, Flat = 0 }).Less(step)));
        return owed;
    }

    /// <summary>The price as a sentence a customer understands.</summary>
    public string InWords(Currency currency)
    {
        if (_words.Last is { } last && ReferenceEquals(last.Price, this) && last.Currency == currency)
        {
            return last.Words;
        }

        var words = Describe(currency);
        _words.Last = new(this, currency, words);
        return words;
    }

    internal abstract string Describe(Denomination denomination);

    private protected abstract IReadOnlyList<PriceStep> Steps(Units units);

    private protected virtual decimal Amount(Units units) => PriceStep.Total(Steps(units));

    internal IReadOnlyList<PriceStep> StepsOf(Units units) => Steps(units);

    internal static IReadOnlyList<PriceStep> NothingOwed(decimal quantity) =>
        [new PriceStep($"Measured {Words.Number(quantity)}, below zero: nothing is owed", 0, 0)];

    private protected static decimal NotNegative(decimal value, string what) =>
        value >= 0 ? value : throw new RuleBroken($"{what} must not be negative.");

    private protected static decimal PowerOfTen(decimal per) => Exact.IsPowerOfTen(per) && per <= 1_000_000_000_000m
        ? per
        : throw new RuleBroken("Prices are per 1, 10, 100, 1,000 … units, so that every unit price is exact.");

    private Units OneEvent(decimal quantity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(quantity);
        return quantity == 0 ? Units.None : new Units(quantity, 1) { Values = ReadsEvents ? [quantity] : [] };
    }

    private Units Checked(Units units)
    {
        if (units.Parts.Count > 0 && !CanProrate)
        {
            throw new ArgumentException("This price is for whole periods and cannot price a part of one.", nameof(units));
        }

        return !ReadsEvents || units.Values.Count == units.Events
            ? units
            : throw new ArgumentException("This price looks at single events and needs the value of each.", nameof(units));
    }

    /// <summary>The words that were asked for last. No part of what a price is: equal prices stay equal, a copy finds its own.</summary>
    private sealed class WordsInHand
    {
        public Said? Last { get; set; }

        public override bool Equals(object? obj) => obj is WordsInHand;

        public override int GetHashCode() => 0;
    }

    private sealed record Said(Price Price, Currency Currency, string Words);
}
