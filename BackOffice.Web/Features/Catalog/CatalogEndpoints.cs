using System.Text;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace BackOffice.Web.Features.Catalog;

/// <summary>The catalogue as a file to keep, to compare, or to load elsewhere.</summary>
internal static class CatalogEndpoints
{
    public static void MapCatalogFile(this IEndpointRouteBuilder app) =>
        app.MapGet("/plans/catalog.json", Export).RequireAuthorization(nameof(Permission.EditCatalog));

    private static async Task<FileContentHttpResult> Export(ExportCatalog export, HttpContext context, CancellationToken cancel)
    {
        var file = await export.Run(cancel);
        context.Response.Headers.CacheControl = "no-store";
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName("catalog.json");
        context.Response.Headers.ContentDisposition = disposition.ToString();
        return TypedResults.Bytes(Encoding.UTF8.GetBytes(file.Write()), "application/json");
    }
}
