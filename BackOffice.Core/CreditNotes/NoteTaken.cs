using BackOffice.Core.Common;
using BackOffice.Core.Taxes;

namespace BackOffice.Core.CreditNotes;

/// <summary>What a stored note took of its invoice, read from its own figures.</summary>
internal static class NoteTaken
{
    /// <param name="left">The invoice as the notes before this one left it.</param>
    public static CreditNoteContent Of(CreditNote note, CreditableInvoice left)
    {
        var items = note.Lines.Select(line =>
            new CreditedItem(line.InvoiceLine, line.ExactAmount, line.Amount, line.ExactAmount, line.Units)).ToList();
        var taxes = note.Taxes.Select(tax =>
            new TaxAmount(tax.Code, tax.Name, tax.Percent, tax.Base, tax.Tax) { Category = tax.Category }).ToList();
        return new CreditNoteContent(items, note.Discount, note.Net, Parts(note, taxes, left), taxes);
    }

    // A note keeps its net for each rate, not for each group of equally taxed lines. A rate that only one group carries tells that group;
    // what is known is taken off the other rates, and the last group is what is left of the net.
    private static IReadOnlyList<Money> Parts(CreditNote note, IReadOnlyList<TaxAmount> taxes, CreditableInvoice left)
    {
        var groups = left.Sheet.Parts;
        var lines = note.Lines.Select(line => left.Sheet.Lines[line.InvoiceLine]).ToList();
        var none = Money.Zero(note.Currency);
        var known = groups.Select(group => lines.Any(line => line.Taxes.SequenceEqual(group.Taxes)) ? null : none).ToArray();
        bool Found(int group, Money amount)
        {
            known[group] = amount;
            return true;
        }

        bool Step()
        {
            foreach (var tax in taxes)
            {
                var carriers = Enumerable.Range(0, groups.Count).Where(group => groups[group].Taxes.Any(tax.Is)).ToList();
                if (carriers.Where(group => known[group] is null).ToList() is [var only])
                {
                    return Found(only, tax.Base - carriers.Select(group => known[group]).OfType<Money>().Sum(note.Currency));
                }
            }

            return Enumerable.Range(0, groups.Count).Where(group => known[group] is null).ToList() is [var last]
                && Found(last, note.Net - known.OfType<Money>().Sum(note.Currency));
        }

        while (Step())
        {
        }

        return known.Any(part => part is null) ? left.Estimate(note.Requests).Parts : known!;
    }
}
