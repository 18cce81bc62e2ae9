using BackOffice.Core.Common;
using BackOffice.Core.CreditNotes;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.CreditNotes;

/// <summary>Puts a returned credit note before the approvers again.</summary>
public sealed class SubmitCreditNote(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <exception cref="RuleBroken">He may not, somebody else prepared it, or it was not returned.</exception>
    public async Task Run(CreditNoteId id, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.RunBilling, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var note = await db.LoadToChange(id, cancel);
        var now = clock.GetCurrentInstant();
        if (note.PreparedBy is null)
        {
            throw new RuleBroken("The engine made this credit note; it is issued with the first invoice that it pays.");
        }

        note.Submit(actor.AsPerson(), now);
        db.Record(actor.AsPerson(), now, "Submitted", "Credit note", id.Value, note.Total.ToString());
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}
