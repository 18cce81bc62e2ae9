using System.Collections.Immutable;
using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Coupons;
using BackOffice.Core.CreditNotes;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Wallets;
using NodaTime;

namespace BackOffice.Core.Billing;

/// <summary>Everything about a customer that decides what he is asked to pay. Immutable: a preview bills a changed account.</summary>
public sealed record Account
{
    /// <summary>Days of documents are counted here.</summary>
    public required DateTimeZone Zone { get; init; }

    /// <summary>In the order of documents.</summary>
    public IReadOnlyList<SubscriptionLife> Lives { get; init; } = [];

    /// <summary>The metrics that the plans charge, by id.</summary>
    public IReadOnlyDictionary<MetricId, Metric> Metrics { get; init; } = ImmutableDictionary<MetricId, Metric>.Empty;

    public AccountTaxes Taxes { get; init; } = AccountTaxes.None;

    /// <summary>The customer's active coupons, in the order he got them.</summary>
    public IReadOnlyList<AccountCoupon> Coupons { get; init; } = [];

    /// <summary>The customer's wallets, in the order they were made.</summary>
    public IReadOnlyList<WalletInHand> Wallets { get; init; } = [];

    /// <summary>Credit notes with something left.</summary>
    public IReadOnlyList<CreditBalance> Credits { get; init; } = [];

    /// <summary>What was billed, by key: it is not due again.</summary>
    public ImmutableDictionary<ItemKey, BilledItem> Billed { get; init; } = ImmutableDictionary<ItemKey, BilledItem>.Empty;

    /// <summary>How often an item was on a document that was voided and is billed again; items that never were are missing.</summary>
    public ImmutableDictionary<ItemKey, int> Generations { get; init; } = ImmutableDictionary<ItemKey, int>.Empty;

    /// <summary>Billed usage that has to be computed again, because some of it came late.</summary>
    public IReadOnlyList<LateUsage> Late { get; init; } = [];

    /// <summary>The documents that items were billed on, by what the items call them.</summary>
    public ImmutableDictionary<string, BilledDocument> Documents { get; init; } = ImmutableDictionary<string, BilledDocument>.Empty;

    /// <summary>The account with a life changed; it must be one of its own.</summary>
    public Account With(SubscriptionLife life) => Lives.Any(known => known.Subscription == life.Subscription)
        ? this with { Lives = [.. Lives.Select(known => known.Subscription == life.Subscription
            ? life with { Borders = known.Borders }
            : known)] }
        : this with { Lives = [.. Lives, life] };

    /// <summary>The account when a document is made: its items are billed, its coupons and credits used.</summary>
    public Account After(BillingDocument document)
    {
        var coupons = Coupons.ToArray();
        foreach (var credit in document.CouponCredits)
        {
            var place = document.CouponPlaces[credit.Coupon];
            coupons[place] = coupons[place].After(credit.Amount);
        }

        var applied = document.Credits.Applied.ToDictionary(credit => credit.Note.Number);
        var credits = Credits.Concat(document.Notes.Select(note => note.Balance)).Select(credit =>
            applied.TryGetValue(credit.Number, out var used) ? credit with { Balance = used.BalanceAfter } : credit);
        var documents = Documents.SetItem(document.Reference, BilledDocument.Of(document));
        foreach (var note in document.Notes)
        {
            documents = documents.SetItem(note.Invoice, documents[note.Invoice].After(note));
        }

        return this with
        {
            Billed = Billed.SetItems(document.Items.Select(rated => KeyValuePair.Create(rated.Item.Key, document.Proof(rated)))),
            Documents = documents,
            Coupons = [.. coupons.Where(coupon => !coupon.InHand.Progress.IsUsedUp(coupon.InHand.Terms))],
            Wallets = [.. Wallets.Select((wallet, i) => After(wallet, document, i))],
            Credits = [.. credits.Where(credit => credit.Balance.MinorUnits > 0)],
        };
    }

    private static WalletInHand After(WalletInHand wallet, BillingDocument document, int place)
    {
        if (wallet.Balance.Currency != document.Currency)
        {
            return wallet;
        }

        var taxed = document.TaxedCredits.Where(credit => credit.Wallet == place).Select(credit => credit.Amount).Sum(document.Currency);
        return wallet with { Balance = wallet.Balance - document.Wallets.UsedOf(place) - taxed, Taxed = wallet.Taxed - taxed };
    }
}

/// <summary>A coupon of a customer.</summary>
/// <param name="ExpiresOn">The last day on which it is used; null when it does not expire.</param>
/// <param name="Id">Names the coupon to whoever spends it when the document is issued; null in a simulation.</param>
public sealed record AccountCoupon(CouponInHand InHand, LocalDate? ExpiresOn = null, Guid? Id = null)
{
    internal AccountCoupon After(Money credit) =>
        this with { InHand = InHand with { Progress = InHand.Progress.After(InHand.Terms, credit) } };
}

/// <summary>A document that was made, as credits see it.</summary>
/// <param name="Creditable">What of its lines and taxes can still be taken back.</param>
/// <param name="Total">With tax, before credit notes and wallets.</param>
/// <param name="Paid">What came in for it, whatever it came from.</param>
/// <param name="Refunded">What credit notes paid back.</param>
/// <param name="Offset">What credit notes took off what was open.</param>
public sealed record BilledDocument(CreditableInvoice Creditable, Money Total, Money Paid, Money Refunded, Money Offset)
{
    /// <summary>Whether it is issued, so that only a credit note changes it; a draft is computed again instead.</summary>
    public bool IsIssued { get; init; } = true;

    /// <summary>What the customer still has to pay.</summary>
    public Money Open => Total - Paid - Offset;

    internal static BilledDocument Of(BillingDocument document)
    {
        var none = Money.Zero(document.Currency);
        var (total, due) = (document.Content.Total, document.Content.Due);
        return new(CreditableInvoice.Of(document.Totals), total, total - due, none, none);
    }

    /// <summary>The document when the customer has paid.</summary>
    public BilledDocument AfterPayment(Money amount) => this with { Paid = Paid + amount };

    internal BilledDocument After(UnusedNote note) => this with
    {
        Creditable = Creditable.After(note.Content),
        Refunded = Refunded + note.Split.Refund,
        Offset = Offset + note.Split.Offset,
    };
}
