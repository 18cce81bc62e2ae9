using BackOffice.Core.Common;
using BackOffice.Core.Coupons;
using BackOffice.Core.CreditNotes;
using BackOffice.Core.Invoices;
using BackOffice.Core.Pricing;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Wallets;
using NodaTime;

namespace BackOffice.Core.Billing;

/// <summary>What is due at one moment in one currency: an invoice, and the credit notes that are made with it.</summary>
/// <param name="DueAt">The moment; together with the currency it names the document, however late it is made.</param>
/// <param name="Day">The same on the customer's calendar.</param>
/// <param name="Items">In the order of the document; also those that owe nothing, so that they are done.</param>
public sealed record BillingDocument(Instant DueAt, LocalDate Day, Currency Currency, IReadOnlyList<RatedItem> Items)
{
    /// <summary>Lines, discounts, taxes, settlements: what the customer is asked to pay.</summary>
    public required InvoiceContent Content { get; init; }

    /// <summary>The sums behind the content.</summary>
    public required InvoiceTotals Totals { get; init; }

    /// <summary>What each coupon takes off.</summary>
    public IReadOnlyList<CouponCredit> CouponCredits { get; init; } = [];

    /// <summary>The place of each of those coupons in the account.</summary>
    public IReadOnlyList<int> CouponPlaces { get; init; } = [];

    /// <summary>What earlier credit notes pay.</summary>
    public required CreditApplication Credits { get; init; }

    /// <summary>What the wallets pay.</summary>
    public required WalletAllocation Wallets { get; init; }

    /// <summary>What credits that were taxed when they were bought take off before tax.</summary>
    public IReadOnlyList<TaxedCredit> TaxedCredits { get; init; } = [];

    /// <summary>The credit notes that are due at the same moment; they pay this invoice first.</summary>
    public IReadOnlyList<UnusedNote> Notes { get; init; } = [];

    /// <summary>What other documents call it before it has a number.</summary>
    public string Reference => ReferenceOf(DueAt, Currency, Items.Select(rated => rated.Item));

    /// <summary>Whether it bills usage before its period is over.</summary>
    public bool IsProgressive => Items.Count > 0 && Items[0].Item.Kind == DueKind.Progressive;

    public IReadOnlyList<RatedLine> Lines => Content.Lines;

    /// <summary>Nothing is owed: no invoice is made, the items are only marked as done.</summary>
    public bool IsEmpty => Lines.Count == 0;

    // A progressive invoice is a document of its own beside what else is due at the moment.
    internal static string ReferenceOf(Instant dueAt, Currency currency, IEnumerable<DueItem> items) =>
        items.FirstOrDefault() is { Kind: DueKind.Progressive } early
            ? $"{dueAt} {currency} {early.Life.Code}/{early.KeyKind}"
            : $"{dueAt} {currency}";

    /// <summary>What is remembered of an item when the document is made.</summary>
    public BilledItem Proof(RatedItem rated)
    {
        var first = Items.TakeWhile(item => !ReferenceEquals(item, rated)).Sum(item => item.Lines.Count);
        return ProofOf(rated, first, Reference);
    }

    internal static BilledItem ProofOf(RatedItem rated, int first, string reference) => new(
        rated.Item.Key, rated.Item.Kind, rated.Item.Phase.Number, rated.Item.Shown, rated.Lines.Count == 0 ? null : reference,
        [.. rated.Lines.Select((line, i) => BilledLine.Of(line, first + i))]);
}

/// <summary>What was billed beforehand and is taken back: a fee for days after the end, or usage that was corrected since.</summary>
/// <param name="Invoice">The document it is on.</param>
/// <param name="Step">How the amount comes about, such as price × unused days ÷ days of the period.</param>
public sealed record UnusedNote(DueItem Item, string Invoice, CreditNoteContent Content, CreditNoteSplit Split, PriceStep Step)
{
    /// <summary>What later invoices can use. Called by its subscription and item until it has a number: two may end at once.</summary>
    public CreditBalance Balance => new($"{Invoice}/{Item.Life.Code}/{Item.Key.Kind}", Item.Life.DayOf(Item.DueAt), Split.Credit);
}
