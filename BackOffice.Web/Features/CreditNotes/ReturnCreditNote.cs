using BackOffice.Core.Common;
using BackOffice.Core.CreditNotes;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.CreditNotes;

/// <summary>An approver sends a credit note back to whoever prepared it, with a comment.</summary>
public sealed class ReturnCreditNote(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <exception cref="RuleBroken">He may not, the comment is missing, or nobody has to decide on the note.</exception>
    public async Task Run(CreditNoteId id, string comment, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ApproveInvoices, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var note = await db.LoadToChange(id, cancel);
        note.Return(comment);
        db.Record(
            actor.AsPerson(), clock.GetCurrentInstant(), "Returned", "Credit note", id.Value, $"{note.Total}: {note.ReturnComment}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}
