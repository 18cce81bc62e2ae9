using BackOffice.Core.Common;
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
/// Voids a usage event, or lets another one with right numbers count in its place. Invoices that are not issued yet are computed again;
/// an issued one stays as it is, and the next one makes good what it billed too much or too little.
/// </summary>
public sealed partial class CorrectEvent(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock, ILogger<CorrectEvent> logger)
{
    private const string Subject = "UsageEvent";

    /// <param name="numbers">The right value of one of the event's numbers or more; null voids the event.</param>
    /// <param name="reason">Why; it is kept and shown.</param>
    /// <exception cref="RuleBroken">He may not, the event counts no more, nothing would change, or no reason is given.</exception>
    public async Task Run(
        long id, IReadOnlyDictionary<string, decimal>? numbers, string reason, CancellationToken cancel = default)
    {
        var by = (await gate.Require(Permission.ImportUsage, cancel)).AsPerson();
        var now = clock.GetCurrentInstant();
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var writer = await db.Writer(ImportId.New(), cancel);
        await writer.Settle(cancel);
        var wrong = await db.FindEvent(id, cancel)
            ?? throw new RuleBroken("There is no such event, or it counts no more: somebody may have corrected it. Reload the page.");
        var (correction, right) = numbers is null
            ? (EventCorrection.Void(by, now, reason), null)
            : EventCorrection.Of(wrong.Numbers, numbers, by, now, reason);
        var customer = await db.Subscriptions.Where(s => s.Id == wrong.SubscriptionId).Select(s => s.CustomerId).SingleAsync(cancel);
        await db.LockCustomers([customer], cancel);
        var book = await SubscriptionBook.Load(db, cancel);
        var isClosed = book.Find(wrong.SubscriptionId)!.IsLate(wrong.At);
        await writer.Correct(wrong, correction, right, isClosed, book.BucketOf, cancel);
        writer.ReadThrough();
        await Keep(db, wrong, correction, cancel);
        await writer.Commit("", cancel);
        LogCorrected(id, wrong.ImportId.Value);
    }

    /// <summary>
    /// Finishes the records of corrections: on SQLite the process may have died after the one file was committed and before the other.
    /// </summary>
    internal static async Task Recover(BackOfficeDb db, CancellationToken cancel)
    {
        foreach (var stored in await db.Corrections(cancel))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            if (await db.Audit.AnyAsync(a => a.Subject == Subject && a.SubjectId == stored.Correction.Id, cancel))
            {
                continue;
            }

            await Keep(db, await db.CorrectedEvent(stored.Event, cancel), stored.Correction, cancel);
            await transaction.CommitAsync(cancel);
        }
    }

    private static async Task Keep(BackOfficeDb db, StoredEvent wrong, EventCorrection correction, CancellationToken cancel)
    {
        var code = await db.Subscriptions.Where(s => s.Id == wrong.SubscriptionId).Select(s => s.Code).SingleAsync(cancel);
        db.Record(
            correction.By, correction.At, correction.Change == "voided" ? "Voided" : "Corrected", Subject, correction.Id,
            $"Event {wrong.TransactionId} of {code}, {EventText.Utc(wrong.At)} UTC: {correction.Change}. {correction.Reason}");
        await db.SaveChangesAsync(cancel);
        await OpenInvoices.Refresh(db, [wrong.SubscriptionId], correction.By, correction.At, cancel);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Corrected event {Event} of import {Import}")]
    private partial void LogCorrected(long @event, Guid import);
}
