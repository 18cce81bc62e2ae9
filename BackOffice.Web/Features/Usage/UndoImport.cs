using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Data.Providers;
using BackOffice.Data.Usage;
using BackOffice.Web.Features.Billing;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Usage;

/// <summary>
/// Takes the usage of an import back while nothing of it is billed for good. Its events stay where they are; nothing reads them any more,
/// and invoices that are not issued yet are computed again without them.
/// </summary>
public sealed partial class UndoImport(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock, ILogger<UndoImport> logger)
{
    /// <param name="reason">Why; it is kept and shown.</param>
    /// <exception cref="RuleBroken">He may not, there is nothing to undo, or some of it is on an issued invoice.</exception>
    public async Task Run(ImportId id, string reason, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ImportUsage, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.LockImports(cancel);
        var import = await db.FindImport(id, cancel);
        var subscriptions = await db.Subscriptions.AsNoTracking()
            .Where(s => db.Events.Any(e => e.ImportId == id && e.SubscriptionId == s.Id)).OrderBy(s => s.Code).ToListAsync(cancel);
        var now = clock.GetCurrentInstant();
        import.Undo(actor.AsPerson(), reason, now);
        foreach (var subscription in subscriptions)
        {
            await db.LockCustomer(subscription.CustomerId, cancel);
            await RequireUnbilled(db, import, subscription, cancel);
        }

        var detail = $"Import {import.Number}, {import.FileName}, {import.Report!.Accepted} events: {import.Report.Undoing!.Reason}";
        db.Record(actor.AsPerson(), now, "Undone", "Import", id.Value, detail);
        await db.SaveChangesAsync(cancel);
        await Refresh(db, subscriptions, actor.AsPerson(), now, cancel);
        await transaction.CommitAsync(cancel);
        LogUndone(import.Number, import.Report.Accepted);
    }

    /// <summary>Billed without a document (nothing was owed) is as final as issued.</summary>
    private static async Task RequireUnbilled(BackOfficeDb db, Import import, Subscription subscription, CancellationToken cancel)
    {
        var zone = Zone.Of(await db.Customers.Where(c => c.Id == subscription.CustomerId).Select(c => c.ZoneId).SingleAsync(cancel));
        var closed = await db.BilledPeriods.AsNoTracking().Where(b => b.SubscriptionId == subscription.Id)
            .Where(b => b.InvoiceId == null || db.Invoices.Any(i => i.Id == b.InvoiceId && i.Status == InvoiceStatus.Issued))
            .OrderBy(b => b.Start).Select(b => new
            {
                b.Start, b.End, Number = db.Invoices.Where(i => i.Id == b.InvoiceId).Select(i => i.Number).FirstOrDefault(),
            }).ToListAsync(cancel);
        foreach (var billed in closed)
        {
            var period = new Period(billed.Start, billed.End);
            var events = await db.Events.In(subscription.Id, period.In(zone)).CountAsync(e => e.ImportId == import.Id && !e.IsLate, cancel);
            if (events > 0)
            {
                throw new RuleBroken(
                    $"Import {import.Number} cannot be undone: {(events == 1 ? "1 event" : $"{events} events")} of {subscription.Code} "
                    + (billed.Number is { } number ? $"stand on invoice {number}, which is issued." : $"are of {period}, which is billed.")
                    + " What is wrong there is corrected with a credit note.");
            }
        }
    }

    /// <summary>An approval given to what an invoice said before is void, as with every refresh.</summary>
    private static async Task Refresh(
        BackOfficeDb db, IReadOnlyList<Subscription> subscriptions, Person by, Instant now, CancellationToken cancel)
    {
        var ids = subscriptions.Select(s => s.Id).ToList();
        var open = await db.Invoices.Where(i => i.Status != InvoiceStatus.Issued)
            .Where(i => db.BilledPeriods.Any(b => b.InvoiceId == i.Id && ids.Contains(b.SubscriptionId))).ToListAsync(cancel);
        foreach (var invoice in open)
        {
            var content = await new BillingBook(db).Again(invoice, cancel);
            if (!invoice.Says(content))
            {
                var before = invoice.Total;
                var customer = await db.Customers.SingleAsync(c => c.Id == invoice.CustomerId, cancel);
                invoice.Refresh(content, await db.Companies.SingleAsync(cancel), customer, by, now);
                db.Record(by, now, "Refreshed", "Invoice", invoice.Id.Value,
                    $"{invoice.Buyer.Name}, {invoice.Period}: {before} became {invoice.Total}");
            }
        }

        await db.SaveChangesAsync(cancel);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Undid import {Number}, {Events} events")]
    private partial void LogUndone(long number, long events);
}
