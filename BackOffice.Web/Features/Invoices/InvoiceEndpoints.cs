using BackOffice.Core.Invoices;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace BackOffice.Web.Features.Invoices;

/// <summary>What of an invoice is a file and not a page.</summary>
internal static class InvoiceEndpoints
{
    public static void MapInvoiceFiles(this IEndpointRouteBuilder app) =>
        app.MapGet("/invoices/{id:guid}/pdf", Pdf).RequireAuthorization(nameof(Permission.Read));

    private static async Task<Results<FileContentHttpResult, NotFound>> Pdf(
        Guid id, InvoicePdf pdf, HttpContext context, CancellationToken cancel)
    {
        if (await pdf.Run(new InvoiceId(id), cancel) is not { } file)
        {
            return TypedResults.NotFound();
        }

        context.Response.Headers.CacheControl = "no-store";
        var disposition = new ContentDispositionHeaderValue("inline");
        disposition.SetHttpFileName(file.Name);
        context.Response.Headers.ContentDisposition = disposition.ToString();
        return TypedResults.Bytes(file.Bytes, "application/pdf");
    }
}
