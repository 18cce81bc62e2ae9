using BackOffice.Core.Common;
using BackOffice.Core.CreditNotes;
using BackOffice.Data;
using BackOffice.Web.Documents;
using BackOffice.Web.Features.Billing;
using BackOffice.Web.Features.Invoices;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Features.CreditNotes;

/// <summary>Draws a credit note as a PDF. The same issued note always gives the same bytes.</summary>
public sealed class CreditNotePdf(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IInvoiceDocumentRenderer renderer)
{
    /// <returns>Null when there is no such note.</returns>
    /// <exception cref="RuleBroken">He may not.</exception>
    public async Task<PdfFile?> Run(CreditNoteId id, CancellationToken cancel = default)
    {
        await gate.Require(Permission.Read, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        if (await db.CreditNotes.AsNoTracking().SingleOrDefaultAsync(n => n.Id == id, cancel) is not { } note)
        {
            return null;
        }

        var invoice = await db.Invoices.AsNoTracking().SingleAsync(i => i.Id == note.InvoiceId, cancel);
        using var pdf = new MemoryStream();
        await renderer.RenderAsync(CreditNoteToDocument.Of(note, invoice, await db.ZoneOfCompany(cancel)), pdf, cancel);
        var name = note.Number ?? $"draft-credit-of-{invoice.Number}";
        return new PdfFile($"{string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-'))}.pdf",
            pdf.ToArray());
    }
}
