using BackOffice.Core.Common;
using BackOffice.Core.CreditNotes;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Data.Mapping;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.CreditNotes;

/// <summary>A second person vouches for a credit note, exactly as he saw it.</summary>
public sealed class ApproveCreditNote(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <param name="seen">The revision the approver looked at; null when a script approves what is there.</param>
    /// <exception cref="RuleBroken">He may not, he prepared it, or it does not wait for approval.</exception>
    public async Task Run(CreditNoteId id, int? seen = null, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ApproveInvoices, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var note = await db.LoadToChange(id, cancel);
        var now = clock.GetCurrentInstant();
        note.Approve(actor.AsPerson(), now);
        if (seen is { } revision)
        {
            db.Expect(note, revision);
        }

        db.Record(actor.AsPerson(), now, "Approved", "Credit note", id.Value, note.Total.ToString());
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}
