using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Core.Taxes;

namespace BackOffice.Core.CreditNotes;

/// <summary>An issued invoice as credit notes see it: what is left of its lines, its discounts and its taxes.</summary>
/// <remarks>
/// Nothing is taken back twice, tax goes back at the original rate, and the note that takes the last of a rate's lines takes all that
/// is left
/// of its net and tax: so the notes of an invoice never exceed it, and all of them together are exactly its total.
/// </remarks>
public sealed class CreditableInvoice
{
    private readonly IReadOnlyList<decimal> _quantities;
    private readonly Money[] _left;
    private readonly decimal[] _unitsLeft;
    private readonly Money[] _leftOfPart;
    private readonly Money[] _leftOfRate;

    private CreditableInvoice(TaxSheet sheet, IReadOnlyList<decimal> quantities)
    {
        (Sheet, _quantities) = (sheet, quantities);
        _left = [.. sheet.Lines.Select(line => line.Amount)];
        _unitsLeft = [.. quantities];
        _leftOfPart = [.. sheet.Parts.Select(part => part.Net)];
        _leftOfRate = [.. sheet.Rates.Select(rate => rate.Tax)];
    }

    /// <summary>Lines and taxes as the invoice had them.</summary>
    public TaxSheet Sheet { get; }

    private Currency Currency => Sheet.Tax.Currency;

    /// <summary>What all further notes together can come to, with tax.</summary>
    public Money Left => _leftOfPart.Concat(_leftOfRate).Sum(Currency);

    /// <param name="sheet">The invoice's lines after progressive credit, with their discounts and taxes.</param>
    /// <param name="quantities">The units of each line; empty when no units are asked for.</param>
    public static CreditableInvoice Of(TaxSheet sheet, IReadOnlyList<decimal>? quantities = null) => new(sheet, quantities ?? []);

    /// <summary>
    /// The same of an invoice's totals. What progressive invoices billed before belongs to them and is not taken back here.
    /// </summary>
    public static CreditableInvoice Of(InvoiceTotals totals, IReadOnlyList<decimal>? quantities = null)
    {
        var coupons = totals.Discounts.Where(discount => discount.Kind == DiscountKind.Coupon).ToList();
        var billed = totals.Discounts.Where(discount => discount.Kind == DiscountKind.ProgressiveCredit).ToList();
        var lines = totals.Taxes.Lines.Select((line, i) => line with
        {
            Amount = line.Amount - Money.Rounded(billed.Sum(discount => discount.Shares[i]), line.Amount.Currency),
            Discount = coupons.Sum(discount => discount.Shares[i]),
        });
        return Of(TaxSheet.Of([.. lines], totals.DiscountBy(DiscountKind.Coupon)), quantities);
    }

    /// <summary>The same of a stored invoice.</summary>
    public static CreditableInvoice Of(Invoice invoice) => Of(invoice.Totals(), [.. invoice.Lines.Select(line => line.Quantity)]);

    /// <summary>What is left of a line, before its discount and tax.</summary>
    public Money LeftOf(int line) => _left[line];

    /// <summary>The note that these requests come to: the estimate and the result alike. Changes nothing.</summary>
    /// <exception cref="RuleBroken">A request is for a line that is not there or for more than is left, or all come to nothing.</exception>
    public CreditNoteContent Estimate(IEnumerable<CreditRequest> requests)
    {
        var items = requests.GroupBy(request => request.Line).OrderBy(group => group.Key)
            .Select(group => Item(group.Key, [.. group])).Where(item => item.Amount.MinorUnits > 0).ToList();
        if (items.Count == 0)
        {
            throw new RuleBroken("A credit note takes something back. Give at least one line an amount above zero.");
        }

        var parts = Parts(items);
        var net = parts.Sum(Currency);
        var subtotal = items.Select(item => item.Amount).Sum(Currency);
        return new CreditNoteContent(items, subtotal - net, net, parts, Taxes(items, parts));
    }

    /// <summary>The invoice as it is when the note is issued.</summary>
    /// <exception cref="RuleBroken">The note takes more than is left; it was estimated before another one.</exception>
    public CreditableInvoice After(CreditNoteContent note)
    {
        var after = new CreditableInvoice(Sheet, _quantities);
        for (var i = 0; i < _left.Length; i++)
        {
            var item = note.Items.FirstOrDefault(credited => credited.Line == i);
            after._left[i] = Less(_left[i], item?.Amount);
        }

        for (var i = 0; i < _unitsLeft.Length; i++)
        {
            after._unitsLeft[i] = _unitsLeft[i] - (note.Items.FirstOrDefault(credited => credited.Line == i)?.Units ?? 0);
        }

        for (var i = 0; i < _leftOfPart.Length; i++)
        {
            after._leftOfPart[i] = Less(_leftOfPart[i], note.Parts[i]);
        }

        for (var i = 0; i < _leftOfRate.Length; i++)
        {
            after._leftOfRate[i] = Less(_leftOfRate[i], note.Taxes.FirstOrDefault(tax => SameTax(tax, Sheet.Rates[i]))?.Tax);
        }

        return after;
    }

    /// <summary>The invoice as its notes left it, in the order in which they were made.</summary>
    /// <remarks>What a note took is what it says: computed again from its decimals, a tie could differ by a minor unit.</remarks>
    /// <exception cref="RuleBroken">The notes take more than the invoice has.</exception>
    public CreditableInvoice After(IEnumerable<CreditNote> notes) =>
        notes.Aggregate(this, (left, note) => left.After(NoteTaken.Of(note, left)));

    private static bool SameTax(TaxAmount a, TaxAmount b) =>
        (a.Code, a.Name, a.Percent, a.Category) == (b.Code, b.Name, b.Percent, b.Category);

    private static Money Less(Money left, Money? taken) => taken is null ? left
        : taken.MinorUnits <= left.MinorUnits || taken.MinorUnits == 0 ? left - taken
        : throw new RuleBroken($"Only {left} are left to take back, the credit note takes {taken}. Estimate it again.");

    private CreditedItem Item(int line, IReadOnlyList<CreditRequest> requests)
    {
        if (line < 0 || line >= _left.Length)
        {
            throw new RuleBroken($"The invoice has {_left.Length} lines; there is no line {line + 1}.");
        }

        var left = _left[line];
        var units = requests.Sum(request => request.Units ?? 0);
        var exact = requests.Sum(request => request.Amount ?? (request.Units is { } some ? AmountOf(line, some) : left.Amount));
        var share = requests is [{ Share: { } only }] ? only : (Quotient?)null;
        var amount = share is { } part
            ? Money.RoundedQuotient(part.Numerator, part.Denominator, Currency)
            : Money.Rounded(exact, Currency);
        if (units > 0 && units == _unitsLeft[line])
        {
            (exact, amount) = (left.Amount, left);
        }

        return amount.MinorUnits <= left.MinorUnits
            ? new CreditedItem(line, exact, amount, NetOf(line, exact), units) { NetShare = NetOf(line, share) }
            : throw new RuleBroken($"Only {left} are left of line {line + 1}; {amount} cannot be taken back.");
    }

    private decimal AmountOf(int line, decimal units)
    {
        if (_quantities.Count != _left.Length || _quantities[line] <= 0)
        {
            throw new RuleBroken($"Line {line + 1} has no units to take back. Give an amount.");
        }

        return units <= _unitsLeft[line]
            ? Math.Min(Sheet.Lines[line].Amount.Amount * units / _quantities[line], _left[line].Amount)
            : throw new RuleBroken($"Only {_unitsLeft[line]} units are left of line {line + 1}; {units} cannot be taken back.");
    }

    // The line's discount goes back in proportion: one division at the end, so that a half stays a half.
    private decimal NetOf(int line, decimal exact)
    {
        var whole = Sheet.Lines[line];
        return whole.Discount == 0 || whole.Amount.MinorUnits == 0 ? exact : exact * whole.Net / whole.Amount.Amount;
    }

    private Quotient? NetOf(int line, Quotient? share)
    {
        var whole = Sheet.Lines[line];
        return share is not { } part || whole.Discount == 0 || whole.Amount.MinorUnits == 0 ? share : new Quotient(
            Exact.Multiply(part.Numerator, whole.Net), Exact.Multiply(part.Denominator, whole.Amount.Amount));
    }

    private Money[] Parts(IReadOnlyList<CreditedItem> items)
    {
        var parts = new Money[_leftOfPart.Length];
        var open = new List<int>();
        var exact = new decimal[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            var taxes = Sheet.Parts[i].Taxes;
            var (touched, last) = (false, true);
            for (var line = 0; line < _left.Length; line++)
            {
                if (Sheet.Lines[line].Taxes.SequenceEqual(taxes))
                {
                    var item = items.FirstOrDefault(credited => credited.Line == line);
                    exact[i] += item?.Net ?? 0;
                    touched |= item is not null;
                    last &= _left[line].MinorUnits <= (item?.Amount.MinorUnits ?? 0);
                }
            }

            parts[i] = touched && last ? _leftOfPart[i] : Money.Zero(Currency);
            if (!last && exact[i] != 0)
            {
                open.Add(i);
            }
        }

        Spread(parts, open, exact, items is [{ NetShare: { } share }] ? share : null);
        return parts;
    }

    // The note's net is rounded once; its parts are that amount's shares.
    private void Spread(Money[] parts, List<int> open, decimal[] exact, Quotient? only)
    {
        if (open.Count == 0)
        {
            return;
        }

        var net = only is { } share
            ? Money.RoundedQuotient(share.Numerator, share.Denominator, Currency)
            : Money.Rounded(open.Sum(part => exact[part]), Currency);
        var shares = open.Count == 1 ? [net] : net.Allocate([.. open.Select(part => exact[part])]);
        for (var i = 0; i < open.Count; i++)
        {
            parts[open[i]] = Money.OfMinor(Math.Min(shares[i].MinorUnits, _leftOfPart[open[i]].MinorUnits), Currency);
        }
    }

    private List<TaxAmount> Taxes(IReadOnlyList<CreditedItem> items, IReadOnlyList<Money> parts)
    {
        var taxes = new List<TaxAmount>();
        for (var i = 0; i < _leftOfRate.Length; i++)
        {
            var rate = Sheet.Rates[i];
            bool Carries(int line) => Sheet.Lines[line].Taxes.Any(rate.Is);
            if (!items.Any(item => Carries(item.Line)))
            {
                continue;
            }

            var applies = Sheet.Parts.Select((part, p) => part.Taxes.Any(rate.Is) ? parts[p] : Money.Zero(Currency)).Sum(Currency);
            var last = Enumerable.Range(0, _left.Length).Where(Carries)
                .All(line => _left[line].MinorUnits <= (items.FirstOrDefault(item => item.Line == line)?.Amount.MinorUnits ?? 0));
            var tax = last ? _leftOfRate[i] : Money.OfMinor(
                Math.Min(Money.Rounded(applies.Amount * rate.Percent / 100, Currency).MinorUnits, _leftOfRate[i].MinorUnits), Currency);
            taxes.Add(rate with { Base = applies, Tax = tax });
        }

        return taxes;
    }
}
