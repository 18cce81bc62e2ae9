using BackOffice.Core.Billing;
using BackOffice.Core.Common;
using BackOffice.Data;
using BackOffice.Data.Providers;
using BackOffice.Data.Usage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Billing;

/// <summary>Makes the drafts of some customers of a run, for each of them all or none.</summary>
/// <remarks>
/// They are read and stored together, because that costs a tenth. If anything refuses, each is billed by himself; a customer that cannot
/// be billed is parked, and the run goes on.
/// </remarks>
public sealed partial class BillCustomers(IDbContextFactory<BackOfficeDb> dbs, IClock clock, ILogger<BillCustomers> logger)
{
    public async Task Run(BillingRun run, IReadOnlyList<Guid> itemIds, CancellationToken cancel)
    {
        try
        {
            await Bill(run, itemIds, cancel);
        }
        catch (Exception refused) when (itemIds.Count > 1 && refused is not OperationCanceledException)
        {
            foreach (var id in itemIds)
            {
                await Run(run, [id], cancel);
            }
        }
        catch (RuleBroken refused)
        {
            await Park(itemIds[0], refused.Message, cancel);
        }
        catch (ArithmeticException)
        {
            await Park(itemIds[0], "The figures are too large to be computed to the last digit. Check the usage and the prices.", cancel);
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            // The one place that catches everything: one customer's trouble must not stop the others.
            LogFailed(bug, run.Number, itemIds[0]);
            await Park(itemIds[0], "Something went wrong that needs a developer. The log has the details.", cancel);
        }
    }

    private async Task Bill(BillingRun run, IReadOnlyList<Guid> itemIds, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.LockCustomers(await db.RunItems.Where(i => itemIds.Contains(i.Id)).Select(i => i.CustomerId).ToListAsync(cancel), cancel);
        var items = await db.RunItems.Where(i => itemIds.Contains(i.Id) && i.Status == RunItemStatus.Waiting).ToListAsync(cancel);
        var company = await db.Companies.SingleAsync(cancel);
        var (now, lastEvent) = (clock.GetCurrentInstant(), await db.LastEvent(cancel));
        var due = await new BillingBook(db).Due([.. items.Select(item => item.CustomerId)], run.Through, now, cancel);
        foreach (var (item, documents) in items.Zip(due))
        {
            var booking = new DocumentBooking(db, run, company, now, lastEvent);
            foreach (var document in documents)
            {
                booking.Book(document);
            }

            item.Billed(booking.Invoices);
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    private async Task Park(Guid itemId, string reason, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var item = await db.RunItems.SingleAsync(i => i.Id == itemId, cancel);
        if (item.Status == RunItemStatus.Waiting)
        {
            item.Park(reason);
            await db.SaveChangesAsync(cancel);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Run {Number} could not bill item {ItemId}")]
    private partial void LogFailed(Exception bug, long number, Guid itemId);
}
