using BackOffice.Core.CreditNotes;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace BackOffice.Web.Features.CreditNotes;

/// <summary>What of a credit note is a file and not a page.</summary>
internal static class CreditNoteEndpoints
{
    public static void MapCreditNoteFiles(this IEndpointRouteBuilder app) =>
        app.MapGet("/credit-notes/{id:guid}/pdf", Pdf).RequireAuthorization(nameof(Permission.Read));

    private static async Task<Results<FileContentHttpResult, NotFound>> Pdf(
        Guid id, CreditNotePdf pdf, HttpContext context, CancellationToken cancel)
    {
        if (await pdf.Run(new CreditNoteId(id), cancel) is not { } file)
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
