using BackOffice.Core.Billing;
using BackOffice.Core.Common;
using BackOffice.Data;
using BackOffice.Data.Providers;
using BackOffice.Data.Usage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Billing;

/// <summary>Makes the drafts of one customer of a run, all of them or none.</summary>
/// <remarks>A customer that cannot be billed is parked; the run goes on.</remarks>
public sealed partial class BillCustomer(IDbContextFactory<BackOfficeDb> dbs, IClock clock, ILogger<BillCustomer> logger)
{
    public async Task Run(BillingRun run, Guid itemId, CancellationToken cancel)
    {
        try
        {
            await Bill(run, itemId, cancel);
        }
        catch (RuleBroken refused)
        {
            await Park(itemId, refused.Message, cancel);
        }
        catch (ArithmeticException)
        {
            await Park(itemId, "The figures are too large to be computed to the last digit. Check the usage and the prices.", cancel);
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            // The one place that catches everything: one customer's trouble must not stop the others.
            LogFailed(bug, run.Number, itemId);
            await Park(itemId, "Something went wrong that needs a developer. The log has the details.", cancel);
        }
    }

    private async Task Bill(BillingRun run, Guid itemId, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var customer = await db.RunItems.Where(i => i.Id == itemId).Select(i => i.CustomerId).SingleAsync(cancel);
        await db.LockCustomer(customer, cancel);
        var item = await db.RunItems.SingleAsync(i => i.Id == itemId, cancel);
        if (item.Status != RunItemStatus.Waiting)
        {
            return; // Another worker was quicker.
        }

        var company = await db.Companies.SingleAsync(cancel);
        var now = clock.GetCurrentInstant();
        var booking = new DocumentBooking(db, run, company, now, await db.LastEvent(cancel));
        foreach (var due in await new BillingBook(db).Due(item.CustomerId, run.Through, now, cancel))
        {
            booking.Book(due);
        }

        item.Billed(booking.Invoices);
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
