using BackOffice.Core.Common;
using BackOffice.Core.CreditNotes;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.CreditNotes;

/// <summary>Withdraws what is left of the credit of an issued note. What invoices used stays used.</summary>
public sealed class VoidCreditNote(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <exception cref="RuleBroken">It is not issued.</exception>
    public async Task Run(CreditNoteId id, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.IssueInvoices, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var note = await db.LoadToChange(id, cancel);
        var now = clock.GetCurrentInstant();
        var left = note.Balance;
        note.Void();
        db.Record(actor.AsPerson(), now, "Voided", "Credit note", id.Value, $"{note.Number}, {left} withdrawn");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}
