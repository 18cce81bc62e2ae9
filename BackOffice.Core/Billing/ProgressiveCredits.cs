using BackOffice.Core.Common;
using BackOffice.Core.CreditNotes;
using BackOffice.Core.Invoices;
using BackOffice.Core.Pricing;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Thresholds;

namespace BackOffice.Core.Billing;

/// <summary>What a document takes off because progressive invoices of the same period billed it, and what they have to give back.</summary>
internal sealed class ProgressiveCredits
{
    private static readonly ProgressiveCredits None = new();

    private readonly List<LineDiscount> _discounts = [];
    private readonly List<UnusedNote> _notes = [];
    private Money[]? _reduced;

    private ProgressiveCredits()
    {
    }

    /// <summary>One for each subscription whose usage was billed before.</summary>
    public IReadOnlyList<LineDiscount> Discounts => _discounts;

    /// <summary>What was billed and is not used in the end: credit notes on those invoices.</summary>
    public IReadOnlyList<UnusedNote> Notes => _notes;

    /// <summary>What is left of a line for coupons.</summary>
    public Money LeftOf(IReadOnlyList<RatedLine> lines, int line) =>
        _reduced is null ? lines[line].Amount : lines[line].Amount - _reduced[line];

    public static ProgressiveCredits Of(Account account, IReadOnlyList<RatedItem> items, Currency currency)
    {
        ProgressiveCredits? credits = null;
        var place = 0;
        foreach (var rated in items)
        {
            if (rated.Item.Kind is DueKind.Usage or DueKind.Progressive && EarlyLine.Before(account, rated.Item) is { Count: > 0 } before)
            {
                (credits ??= new()).Add(rated, before, place, (items.Sum(item => item.Lines.Count), currency));
            }

            place += rated.Lines.Count;
        }

        return credits ?? None;
    }

    private void Add(RatedItem rated, IReadOnlyList<EarlyLine> before, int place, (int Lines, Currency Currency) document)
    {
        var lines = rated.Lines.Select((line, i) => new ProgressiveLine(line.Usage ?? $"other {i}", line.Amount)).ToList();
        var billed = before.GroupBy(line => line.Line.Usage!, StringComparer.Ordinal).Select(usage => new ProgressiveLine(
            usage.Key, usage.Select(line => line.Left).Sum(document.Currency))).ToList();
        var credit = ProgressiveCredit.Of(lines, [billed], document.Currency);
        _reduced ??= [.. Enumerable.Repeat(Money.Zero(document.Currency), document.Lines)];
        var shares = new decimal[document.Lines];
        for (var i = 0; i < lines.Count; i++)
        {
            _reduced[place + i] = credit.Reductions[i];
            shares[place + i] = credit.Reductions[i].Amount;
        }

        if (credit.Total.MinorUnits > 0)
        {
            _discounts.Add(new LineDiscount(
                DiscountKind.ProgressiveCredit, $"Billed early ({rated.Item.Life.Code})", credit.Total, shares));
        }

        if (rated.Item.Kind == DueKind.Usage && credit.Excess.MinorUnits > 0)
        {
            _notes.AddRange(GiveBack(rated.Item, before, credit.Unused));
        }
    }

    // From the last invoice backwards, line by line. One that is not issued yet is refreshed instead.
    private static IEnumerable<UnusedNote> GiveBack(
        DueItem item, IReadOnlyList<EarlyLine> before, IReadOnlyDictionary<string, Money> unused)
    {
        var open = unused.ToDictionary(usage => usage.Key, usage => usage.Value.MinorUnits, StringComparer.Ordinal);
        foreach (var invoice in before.Reverse().GroupBy(line => line.Document))
        {
            var requests = new List<CreditRequest>();
            foreach (var line in invoice)
            {
                var taken = Math.Min(open.GetValueOrDefault(line.Line.Usage!), line.Left.MinorUnits);
                open[line.Line.Usage!] = open.GetValueOrDefault(line.Line.Usage!) - taken;
                if (taken > 0 && line.Invoice.IsIssued)
                {
                    requests.Add(CreditRequest.Of(line.Line.Place, Money.OfMinor(taken, line.Left.Currency).Amount));
                }
            }

            if (requests.Count > 0 && Note(item, invoice.First(), requests) is { } note)
            {
                yield return note;
            }
        }
    }

    /// <returns>Null when a coupon had paid for it.</returns>
    private static UnusedNote? Note(DueItem item, EarlyLine line, IReadOnlyList<CreditRequest> requests)
    {
        var content = line.Invoice.Creditable.Estimate(requests);
        return content.Net.MinorUnits <= 0 ? null : new UnusedNote(
            item, line.Document, content, CreditNoteSplit.AllCredit(content.Total),
            new PriceStep("Billed early and not used in the end", 1, requests.Sum(request => request.Amount!.Value)));
    }
}
