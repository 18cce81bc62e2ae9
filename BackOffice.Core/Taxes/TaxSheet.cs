using BackOffice.Core.Common;

namespace BackOffice.Core.Taxes;

/// <summary>The taxes of a document, and the three ways to look at their rounding.</summary>
/// <remarks>
/// Documents use <see cref="Rates"/> and their sum <see cref="Tax"/>: rounded once for each tax, on whole minor units (EN 16931
/// BR-CO-14, BR-CO-17, BR-S-08). <see cref="TaxableLine.Tax"/> and <see cref="Overall"/> are views; they may differ by some minor units.
/// </remarks>
public sealed class TaxSheet
{
    private readonly Currency _currency;

    private TaxSheet(IReadOnlyList<TaxableLine> lines, IReadOnlyList<TaxPart> parts, IReadOnlyList<TaxAmount> rates, Currency currency) =>
        (Lines, Parts, Rates, _currency) = (lines, parts, rates, currency);

    public IReadOnlyList<TaxableLine> Lines { get; }

    /// <summary>Lines with the same taxes, in the order of the document.</summary>
    public IReadOnlyList<TaxPart> Parts { get; }

    /// <summary>The tax of each rate, in the order of the document.</summary>
    public IReadOnlyList<TaxAmount> Rates { get; }

    /// <summary>The document's tax: the sum over the rates.</summary>
    public Money Tax => Sum(Rates);

    /// <summary>All lines' exact taxes rounded once together: Lago's invoice tax. No document uses it.</summary>
    public Money Overall => Money.Rounded(ExactOverall, _currency);

    /// <summary>All lines' exact taxes, in major units.</summary>
    public decimal ExactOverall => Lines.Sum(line => line.ExactTax);

    /// <summary>What is taxed, in major units, exact.</summary>
    public decimal Net => Lines.Sum(line => line.Net);

    /// <summary>
    /// The rate over the whole document: each tax weighted with the share of the net it applies to, five decimal places.
    /// Where nothing is to pay, with the share of lines that carry it.
    /// </summary>
    public decimal WeightedPercent
    {
        get
        {
            var net = Net;
            var percent = net != 0 ? ExactOverall * 100 / net
                : Lines.Count == 0 ? 0
                : Lines.Sum(line => line.Taxes.Sum(tax => tax.Percent)) / Lines.Count;
            return Money.ToFiveDecimals(percent);
        }
    }

    /// <summary>The document's tax under a rounding.</summary>
    public Money TaxBy(TaxRounding rounding) => rounding == TaxRounding.PerRate ? Tax : Overall;

    /// <param name="discount">The document's discounts before tax: their shares stand on the lines.</param>
    /// <exception cref="RuleBroken">There is a discount, and no line has a share of it.</exception>
    public static TaxSheet Of(IReadOnlyList<TaxableLine> lines, Money discount)
    {
        var currency = discount.Currency;
        var sets = Sets(lines, out var setOf);
        var sums = new Money[sets.Count];
        Array.Fill(sums, Money.Zero(currency));
        for (var i = 0; i < lines.Count; i++)
        {
            sums[setOf[i]] += lines[i].Amount;
        }

        var discounts = Discounts(lines, setOf, sets.Count, discount);
        var parts = new TaxPart[sets.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = new TaxPart(sets[i], sums[i], discounts[i]);
        }

        return new TaxSheet(lines, parts, RatesOf(parts), currency);
    }

    private static List<IReadOnlyList<LineTax>> Sets(IReadOnlyList<TaxableLine> lines, out int[] setOf)
    {
        var sets = new List<IReadOnlyList<LineTax>>(2);
        setOf = new int[lines.Count];
        for (var i = 0; i < lines.Count; i++)
        {
            var taxes = lines[i].Taxes;
            var found = sets.FindIndex(set => ReferenceEquals(set, taxes) || set.SequenceEqual(taxes));
            if (found < 0)
            {
                found = sets.Count;
                sets.Add(taxes);
            }

            setOf[i] = found;
        }

        return sets;
    }

    // By the lines' shares, so that no part is asked for more than its lines; the remainders' cents go to the largest.
    private static IReadOnlyList<Money> Discounts(IReadOnlyList<TaxableLine> lines, int[] setOf, int sets, Money discount)
    {
        if (discount.MinorUnits == 0 || sets == 1)
        {
            return [.. Enumerable.Range(0, sets).Select(_ => discount)];
        }

        var weights = new decimal[sets];
        for (var i = 0; i < lines.Count; i++)
        {
            weights[setOf[i]] += lines[i].Discount;
        }

        return weights.All(weight => weight == 0)
            ? throw new RuleBroken($"A discount of {discount} is not spread over any line.")
            : discount.Allocate(weights);
    }

    private static List<TaxAmount> RatesOf(IReadOnlyList<TaxPart> parts)
    {
        var rates = new List<TaxAmount>(2);
        foreach (var tax in parts.SelectMany(part => part.Taxes).Distinct())
        {
            var applies = parts[0].Net;
            var started = false;
            foreach (var part in parts)
            {
                if (part.Taxes.Contains(tax))
                {
                    applies = started ? applies + part.Net : part.Net;
                    started = true;
                }
            }

            rates.Add(TaxAmount.Of(tax, applies));
        }

        return rates;
    }

    private Money Sum(IReadOnlyList<TaxAmount> rates)
    {
        var sum = Money.Zero(_currency);
        for (var i = 0; i < rates.Count; i++)
        {
            sum += rates[i].Tax;
        }

        return sum;
    }
}
