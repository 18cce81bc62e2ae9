using BackOffice.Core.Common;
using BackOffice.Core.CreditNotes;
using BackOffice.Core.Invoices;
using BackOffice.Data;
using BackOffice.Data.Mapping;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Features.CreditNotes;

/// <summary>Reads credit notes, and estimates new ones with the very arithmetic that makes them.</summary>
public sealed class CreditNoteQueries(IDbContextFactory<BackOfficeDb> dbs)
{
    /// <param name="invoice">Only those of this invoice.</param>
    /// <param name="page">1 for the first.</param>
    public async Task<Found<CreditNoteRow>> List(InvoiceId? invoice = null, int page = 1, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var notes = db.CreditNotes.IgnoreAutoIncludes().AsNoTracking().Where(n => invoice == null || n.InvoiceId == invoice);
        var rows = await notes.OrderByDescending(n => n.Id)
            .Skip((Math.Max(1, page) - 1) * Found<CreditNoteRow>.PageSize).Take(Found<CreditNoteRow>.PageSize).ToListAsync(cancel);
        var ids = rows.Select(n => n.InvoiceId).Distinct().ToList();
        var invoices = await db.Invoices.IgnoreAutoIncludes().AsNoTracking().Where(i => ids.Contains(i.Id))
            .ToDictionaryAsync(i => i.Id, cancel);
        return new([.. rows.Select(n => Row(n, invoices[n.InvoiceId]))], await notes.CountAsync(cancel));
    }

    /// <summary>Null when there is no such note.</summary>
    /// <param name="reader">Who looks at it.</param>
    public async Task<CreditNoteView?> View(CreditNoteId id, Guid? reader, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var note = await db.CreditNotes.SingleOrDefaultAsync(n => n.Id == id, cancel); // Tracked: the revision lives in the tracker only.
        if (note is null)
        {
            return null;
        }

        var invoice = await db.Invoices.AsNoTracking().SingleAsync(i => i.Id == note.InvoiceId, cancel);
        var sums = new CreditNoteSums(
            [.. note.Lines.Select(line => Line(invoice, line.InvoiceLine, line.Units, line.Amount))], note.Discount, note.Net,
            [.. note.Taxes.Select(tax => new CreditedTaxRow(tax.Name, tax.Percent, tax.Base, tax.Tax))], note.Total, note.Split.Offset,
            note.Split.Credit);
        return new(
            Row(note, invoice), note.InvoiceId, note.Reason, note.Description, sums, note.PreparedBy, note.ApprovedBy,
            reader is not null && note.PreparedBy?.Id == reader, db.RevisionOf(note)) { ReturnComment = note.ReturnComment };
    }

    /// <summary>Null when there is no such invoice, or it is not issued.</summary>
    public async Task<CreditableView?> Creditable(InvoiceId id, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var invoice = await db.Invoices.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id && i.Status == InvoiceStatus.Issued, cancel);
        if (invoice is null)
        {
            return null;
        }

        var notes = await db.NotesOf(id, cancel);
        var left = CreditNoteBook.LeftOf(invoice, notes);
        return new(
            id, invoice.Number!, invoice.Buyer.Name, invoice.Total, left.Left, CreditNoteBook.DueOf(invoice, notes),
            [.. invoice.Lines.Select((l, i) => new CreditableLine(l.Name, l.Quantity, l.Unit, l.Amount, left.LeftOf(i)))]);
    }

    /// <summary>What a note would come to if it were made now.</summary>
    /// <exception cref="RuleBroken">More is asked for than is left, or nothing.</exception>
    public async Task<CreditNoteSums> Estimate(InvoiceId id, CreditNoteInput input, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var invoice = await db.Invoices.AsNoTracking().SingleAsync(i => i.Id == id, cancel);
        var notes = await db.NotesOf(id, cancel);
        var content = CreditNoteBook.LeftOf(invoice, notes).Estimate(input.Requests);
        var split = CreditNoteBook.SplitOf(content.Total, input.Use, CreditNoteBook.DueOf(invoice, notes));
        return new(
            [.. content.Items.Select(item => Line(invoice, item.Line, item.Units, item.Amount))], content.Discount, content.Net,
            [.. content.Taxes.Select(tax => new CreditedTaxRow(tax.Name, tax.Percent, tax.Base, tax.Tax))], content.Total, split.Offset,
            split.Credit);
    }

    private static CreditedRow Line(Invoice invoice, int place, decimal units, Money amount) =>
        new(place + 1, invoice.Lines[place].Name, units, invoice.Lines[place].Unit, amount);

    private static CreditNoteRow Row(CreditNote note, Invoice invoice) => new(
        note.Id, note.Number, note.Status, invoice.Buyer.Name, invoice.Number, note.IssuedOn, note.Total, note.Balance);
}
