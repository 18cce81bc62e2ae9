using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Data.Providers;
using BackOffice.Data.Usage;
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
        await using var writer = await db.Writer(id, cancel);
        await writer.Settle(cancel);
        var import = await db.FindImport(id, cancel);
        import.Undo(actor.AsPerson(), reason, clock.GetCurrentInstant());
        var ids = await db.SubscriptionsOf(id, cancel);
        var subscriptions = await db.Subscriptions.AsNoTracking().Where(s => ids.Contains(s.Id)).OrderBy(s => s.Code).ToListAsync(cancel);
        await db.LockCustomers(subscriptions.Select(s => s.CustomerId).Distinct(), cancel);
        foreach (var subscription in subscriptions)
        {
            await RequireUnbilled(db, import, subscription, cancel);
        }

        var book = await SubscriptionBook.Load(db, cancel);
        await writer.Undo(import.Report!.Undoing!, book.BucketOf, cancel);
        writer.ReadThrough();
        await Keep(db, import, ids, cancel);
        await writer.Commit("", cancel);
        LogUndone(import.Number, import.Report.Accepted);
    }

    /// <summary>
    /// Finishes the records of imports whose events were taken back: on SQLite the process may have died after the one file was committed
    /// and before the other.
    /// </summary>
    internal static async Task Recover(BackOfficeDb db, CancellationToken cancel)
    {
        foreach (var (id, undoing) in await db.UndoneImports(cancel))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            var import = await db.Imports.SingleAsync(i => i.Id == id, cancel);
            await db.Entry(import).ReloadAsync(cancel); // Whoever was just committing is done now.
            if (import.Status != ImportStatus.Undone)
            {
                import.Undo(undoing.By, undoing.Reason, undoing.At);
                await Keep(db, import, await db.SubscriptionsOf(id, cancel), cancel);
                await transaction.CommitAsync(cancel);
            }
        }
    }

    private static async Task Keep(BackOfficeDb db, Import import, IReadOnlyList<SubscriptionId> subscriptions, CancellationToken cancel)
    {
        var undoing = import.Report!.Undoing!;
        var detail = $"Import {import.Number}, {import.FileName}, {import.Report.Accepted} events: {undoing.Reason}";
        db.Record(undoing.By, undoing.At, "Undone", "Import", import.Id.Value, detail);
        await db.SaveChangesAsync(cancel);
        await OpenInvoices.Refresh(db, subscriptions, undoing.By, undoing.At, cancel);
    }

    /// <summary>Billed without a document (nothing was owed) is as final as issued; a fee closes no usage.</summary>
    private static async Task RequireUnbilled(BackOfficeDb db, Import import, Subscription subscription, CancellationToken cancel)
    {
        var zone = Zone.Of(await db.Customers.Where(c => c.Id == subscription.CustomerId).Select(c => c.ZoneId).SingleAsync(cancel));
        var late = DueItem.Prefix(DueKind.UsageAdjustment);
        var closed = await db.BilledPeriods.AsNoTracking()
            .Where(b => b.SubscriptionId == subscription.Id && (b.ClosesUsage || b.Kind.StartsWith(late)))
            .Where(b => b.InvoiceId == null || db.Invoices.Any(i => i.Id == b.InvoiceId && i.Number != null && !i.IsBilledAgain))
            .OrderBy(b => b.Start).Select(b => new
            {
                Billed = b, Number = db.Invoices.Where(i => i.Id == b.InvoiceId).Select(i => i.Number).FirstOrDefault(),
                Through = b.UsageThrough
                    ?? db.Invoices.Where(i => i.Id == b.InvoiceId && !i.LeavesOutLate).Select(i => i.UsageThrough).FirstOrDefault(),
            }).ToListAsync(cancel);
        foreach (var billed in closed)
        {
            var period = new Period(billed.Billed.Start, billed.Billed.End);
            var when = billed.Billed.Usage(zone);
            var known = new KnownUsage(billed.Through, InTimeOnly: billed.Through is null);
            var events = await db.CountUsage(known.Of(EventQuery.In(subscription.Id, when) with { Import = import.Id }), cancel)
                + await db.CountReplacements(import.Id, subscription.Id, when, cancel);
            if (events > 0)
            {
                throw new RuleBroken(
                    $"Import {import.Number} cannot be undone: {(events == 1 ? "1 event" : $"{events} events")} of {subscription.Code} "
                    + (billed.Number is { } number ? $"stand on invoice {number}, which is issued." : $"are of {period}, which is billed.")
                    + " What is wrong there is corrected with a credit note.");
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Undid import {Number}, {Events} events")]
    private partial void LogUndone(long number, long events);
}
