using BackOffice.Core.Common;
using BackOffice.Core.CreditNotes;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.CreditNotes;

/// <summary>Throws away a credit note that is not issued: what it would have taken back can be taken back otherwise.</summary>
public sealed class DiscardCreditNote(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <exception cref="RuleBroken">It is issued.</exception>
    public async Task Run(CreditNoteId id, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.RunBilling, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var note = await db.LoadToChange(id, cancel);
        var now = clock.GetCurrentInstant();
        if (!note.IsOpen)
        {
            throw new RuleBroken($"Credit note {note.Number} is issued and stays. Void it to withdraw what is left of its credit.");
        }

        db.CreditNotes.Remove(note);
        db.Record(actor.AsPerson(), now, "Discarded", "Credit note", id.Value, note.Total.ToString());
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}
