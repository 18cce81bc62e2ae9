using BackOffice.Core.Common;

namespace BackOffice.Core.Thresholds;

/// <summary>What the invoice at the end of a period takes off, because progressive invoices billed it before.</summary>
/// <remarks>
/// Only the last progressive invoice counts, for it contains the ones before. Each line is reduced by what was billed under its key, and
/// never below zero. What was billed and is no longer used is the excess: a credit note on that progressive invoice gives it back.
/// </remarks>
public sealed class ProgressiveCredit
{
    private ProgressiveCredit(IReadOnlyList<Money> reductions, IReadOnlyDictionary<string, Money> unused, Money excess) =>
        (Reductions, Unused, Excess) = (reductions, unused, excess);

    /// <summary>What each line of the invoice is reduced by, in its order.</summary>
    public IReadOnlyList<Money> Reductions { get; }

    /// <summary>What all lines are reduced by.</summary>
    public Money Total => Reductions.Sum(Excess.Currency);

    /// <summary>What was billed and not used in the end, by the key of its line; keys with nothing left are not there.</summary>
    public IReadOnlyDictionary<string, Money> Unused { get; }

    /// <summary>What was billed and not used in the end.</summary>
    public Money Excess { get; }

    /// <param name="lines">The lines of the period's invoice; keys that were never billed progressively stay whole.</param>
    /// <param name="invoices">The progressive invoices of the period, oldest first.</param>
    public static ProgressiveCredit Of(
        IReadOnlyList<ProgressiveLine> lines, IReadOnlyList<IReadOnlyList<ProgressiveLine>> invoices, Currency currency)
    {
        var billed = invoices.Count == 0
            ? []
            : invoices[^1].ToDictionary(line => line.Key, line => Math.Max(0, line.Net.MinorUnits), StringComparer.Ordinal);
        var reductions = new Money[lines.Count];
        for (var i = 0; i < lines.Count; i++)
        {
            var open = billed.GetValueOrDefault(lines[i].Key);
            var taken = Math.Clamp(lines[i].Amount.MinorUnits, 0, open);
            billed[lines[i].Key] = open - taken;
            reductions[i] = Money.OfMinor(taken, currency);
        }

        var unused = billed.Where(open => open.Value > 0).ToDictionary(
            open => open.Key, open => Money.OfMinor(open.Value, currency), StringComparer.Ordinal);
        return new(reductions, unused, unused.Values.Sum(currency));
    }
}

/// <summary>What a credit note on a progressive invoice gives back.</summary>
/// <param name="Items">Per line of that invoice, before tax.</param>
/// <param name="Tax">Rounded once for each rate.</param>
public sealed record ProgressiveCreditNote(IReadOnlyList<Money> Items, Money Tax)
{
    public Money Total => Items.Sum(Tax.Currency) + Tax;

    /// <summary>Takes back line after line until the amount is reached, with the tax the lines bore.</summary>
    /// <param name="lines">The lines of the progressive invoice in their order, with their tax in percent: 19 means 19 %.</param>
    /// <param name="giveBack">Before tax.</param>
    /// <exception cref="RuleBroken">The lines together are less.</exception>
    public static ProgressiveCreditNote Of(IReadOnlyList<(Money Amount, decimal TaxPercent)> lines, Money giveBack)
    {
        var rest = giveBack.MinorUnits;
        var items = new Money[lines.Count];
        var byRate = new SortedDictionary<decimal, long>();
        for (var i = 0; i < lines.Count; i++)
        {
            var taken = Math.Clamp(lines[i].Amount.MinorUnits, 0, rest);
            items[i] = Money.OfMinor(taken, giveBack.Currency);
            byRate[lines[i].TaxPercent] = byRate.GetValueOrDefault(lines[i].TaxPercent) + taken;
            rest -= taken;
        }

        if (rest > 0)
        {
            throw new RuleBroken($"The invoice is less than the {giveBack} that would be given back.");
        }

        var tax = byRate.Select(rate => Money.RoundedMinor(Exact.DividePowerOfTen(Exact.Multiply(rate.Value, rate.Key), 100),
            giveBack.Currency));
        return new(items, tax.Sum(giveBack.Currency));
    }
}
