using BackOffice.Core.Billing;
using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Usage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Billing;

/// <summary>An invoice that is due, as the engine computes it now.</summary>
public sealed record DueInvoice(Customer Customer, BillingDocument Document)
{
    public InvoiceContent Content => Document.Content;

    /// <summary>
    /// From the first day that is billed to the last: a fee in advance reaches beyond the usage beside it. Late usage of earlier days does
    /// not stretch it.
    /// </summary>
    public Period Period
    {
        get
        {
            var owing = Document.Items.Where(rated => rated.Lines.Count > 0).ToList();
            var usual = owing.Where(rated => !rated.Item.IsAdjustment).ToList();
            var days = (usual.Count > 0 ? usual : owing.Count > 0 ? owing : Document.Items).Select(rated => rated.Item.Shown).ToList();
            return new(days.Min(shown => shown.Start), days.Max(shown => shown.End));
        }
    }
}

/// <summary>
/// What a customer owes. Preview, run, refresh, approval and the nightly check all ask here, so that they cannot differ.
/// Reads only; the caller's transaction decides how firm the answer is.
/// </summary>
public sealed class BillingBook(BackOfficeDb db)
{
    private readonly AccountLoader _accounts = new(db);

    /// <summary>The documents of a customer for everything that fell due through a day and was not billed, oldest first.</summary>
    /// <param name="now">What falls due later is not due, also if the day is not over on the customer's calendar.</param>
    public async Task<IReadOnlyList<DueInvoice>> Due(CustomerId id, LocalDate through, Instant now, CancellationToken cancel) =>
        (await Due([id], through, now, cancel))[0];

    /// <summary>The same of many customers, in their order, read at once. One that is refused refuses all: then ask for each.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<DueInvoice>>> Due(
        IReadOnlyList<CustomerId> ids, LocalDate through, Instant now, CancellationToken cancel)
    {
        var loaded = await _accounts.Load(ids, now, cancel);
        var usage = await db.UsageOf([.. loaded.Select(one => (one.Account, one.Through(through, now)))], KnownUsage.Now, cancel);
        return [.. loaded.Select(one => BillingEngine.Due(one.Account, usage, one.Through(through, now))
            .Select(document => new DueInvoice(one.Customer, document)).ToList())];
    }

    /// <summary>The same of an account as it would be: the preview of a change is the bill of the changed account.</summary>
    /// <param name="more">Events that are not stored, and are billed as if they were.</param>
    public async Task<IReadOnlyList<BillingDocument>> Due(
        Core.Billing.Account account, Instant through, CancellationToken cancel, ILookup<SubscriptionId, UsageEvent>? more = null) =>
        BillingEngine.Due(account, await db.UsageOf(account, through, KnownUsage.Now, cancel, more), through);

    /// <summary>What an invoice that is stored would say if it were made now.</summary>
    /// <param name="now">When wallets are looked into.</param>
    public async Task<InvoiceContent> Again(Invoice invoice, Instant now, CancellationToken cancel) =>
        (await DocumentAgain(invoice, now, cancel)).Content;

    /// <summary>The same, with its items and the credit notes that would be made with it.</summary>
    public async Task<BillingDocument> DocumentAgain(Invoice invoice, Instant now, CancellationToken cancel)
    {
        if (invoice.Purchase is { } purchase)
        {
            return await db.SellAgain(invoice, purchase, cancel);
        }

        var (account, keys) = (await _accounts.Load(invoice.CustomerId, now, invoice.Id, cancel), await Keys(invoice.Id, cancel));
        var dueAt = invoice.DueAt ?? new Period(invoice.PeriodEnd, invoice.PeriodEnd.PlusDays(1)).In(Zone.Of(invoice.ZoneId)).Start;
        var usage = await db.UsageOf(account.Account, dueAt, KnownUsage.To(invoice), cancel);
        return BillingEngine.Again(account.Account, usage, (dueAt, invoice.Currency), keys);
    }

    private async Task<HashSet<ItemKey>> Keys(InvoiceId id, CancellationToken cancel)
    {
        var billed = await db.BilledPeriods.AsNoTracking().Where(b => b.InvoiceId == id).ToListAsync(cancel);
        return [.. billed.SelectMany(period => period.Items([]))
            .Where(item => item.Kind != DueKind.UnusedFee) // Its credit note was made with the draft and is an open credit by now.
            .Select(item => item.Key)];
    }
}
