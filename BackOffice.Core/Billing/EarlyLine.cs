using System.Globalization;
using BackOffice.Core.Common;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;

namespace BackOffice.Core.Billing;

/// <summary>A line of usage that a progressive invoice of the same period billed.</summary>
/// <param name="Document">What the invoice is called.</param>
/// <param name="Invoice">The invoice as credits see it.</param>
internal sealed record EarlyLine(string Document, BilledLine Line, BilledDocument Invoice)
{
    /// <summary>What the invoice asked for, after what the ones before it billed.</summary>
    public Money Billed => Invoice.Creditable.Sheet.Lines[Line.Place].Amount;

    /// <summary>What of it no credit note took back.</summary>
    public Money Left => Invoice.Creditable.LeftOf(Line.Place);

    /// <summary>The lines of the period's progressive invoices, oldest first; of those before it when the item is one itself.</summary>
    public static IReadOnlyList<EarlyLine> Before(Account account, DueItem item)
    {
        List<BilledItem>? found = null;
        foreach (var billed in account.Billed.Values)
        {
            if (billed.Kind == DueKind.Progressive && billed.Document is not null && IsOf(item, billed.Key, billed.Phase))
            {
                (found ??= []).Add(billed);
            }
        }

        if (found is null)
        {
            return [];
        }

        var before = item.Kind == DueKind.Progressive && item.Part is { } number
            ? int.Parse(number, CultureInfo.InvariantCulture)
            : int.MaxValue;
        return
        [
            .. found.Where(billed => billed.Number < before).OrderBy(billed => billed.Number)
                .SelectMany(billed => billed.Lines.Select(line => new EarlyLine(billed.Document!, line, InvoiceOf(account, billed)))),
        ];
    }

    /// <summary>The number the next progressive invoice of the period has: the first that is free and was on no voided document.</summary>
    public static string NextNumber(Account account, DueItem item)
    {
        var number = 1;
        while ((item with { Part = Name(number) }).Key is var key
            && (account.Billed.ContainsKey(key) || account.Generations.ContainsKey(key.Identity())))
        {
            number++;
        }

        return Name(number);
    }

    private static string Name(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool IsOf(DueItem item, ItemKey key, int phase) => key.Subscription == item.Life.Subscription
        && (key.Start, key.End) == (item.Whole.Start, item.Whole.End)
        && phase == item.Phase.Number;

    // A line whose invoice nobody read would be billed twice.
    private static BilledDocument InvoiceOf(Account account, BilledItem billed) => account.Documents.GetValueOrDefault(billed.Document!)
        ?? throw new InvalidOperationException($"Nobody read the progressive invoice {billed.Document}.");
}
