using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Data;
using BackOffice.Web.Documents;
using BackOffice.Web.Features.Billing;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Features.Invoices;

/// <summary>A file to hand out.</summary>
public sealed record PdfFile(string Name, byte[] Bytes);

/// <summary>Draws an invoice as a PDF. The same issued invoice always gives the same bytes.</summary>
public sealed class InvoicePdf(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IInvoiceDocumentRenderer renderer)
{
    /// <returns>Null when there is no such invoice.</returns>
    /// <exception cref="RuleBroken">He may not.</exception>
    public async Task<PdfFile?> Run(InvoiceId id, CancellationToken cancel = default)
    {
        await gate.Require(Permission.Read, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        if (await db.Invoices.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, cancel) is not { } invoice)
        {
            return null;
        }

        using var pdf = new MemoryStream();
        await renderer.RenderAsync(InvoiceToDocument.Of(invoice, await db.ZoneOfCompany(cancel)), pdf, cancel);
        return new PdfFile($"{Safe(invoice.Number ?? $"draft-{invoice.Buyer.Code}-{invoice.PeriodStart:uuuu-MM}")}.pdf", pdf.ToArray());
    }

    /// <summary>Numbers may contain slashes, which are no part of a file's name.</summary>
    private static string Safe(string name) =>
        string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-'));
}
