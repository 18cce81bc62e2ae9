using System.Net;
using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace BackOffice.Web.Features.Usage;

/// <summary>Where upload.js sends a file: the raw body, so that nothing is buffered and the browser can tell how far it is.</summary>
internal static class ImportEndpoints
{
    /// <summary>Carries the file's name, percent-encoded: headers are ASCII.</summary>
    public const string NameHeader = "X-File-Name";

    // The use case counts the bytes and refuses in words; the server's own limit only stops what pays no attention.
    private const long Slack = 1 << 20;

    public static void MapImports(this WebApplication app)
    {
        app.MapPost("/imports/upload", Upload)
            .RequireAuthorization(nameof(Permission.ImportUsage))
            .WithMetadata(new RequestSizeLimitAttribute(app.Services.GetRequiredService<UploadStore>().MaxBytes + Slack));
        app.MapGet("/imports/{id:guid}/rejects", Rejects).RequireAuthorization(nameof(Permission.Read));
    }

    private static async Task<Results<FileStreamHttpResult, NotFound>> Rejects(
        Guid id, UsageQueries usage, UploadStore uploads, HttpContext context, CancellationToken cancel)
    {
        if (await usage.View(new ImportId(id), cancel) is not { } view || uploads.OpenRejects(view.Import.Id) is not { } file)
        {
            return TypedResults.NotFound();
        }

        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.File(file, "text/csv; charset=utf-8", $"import-{view.Import.Number}-rejects.csv");
    }

    private static async Task<IResult> Upload(
        HttpContext context, [FromServices] ReceiveUpload receive, [FromServices] UploadStore uploads,
        [FromServices] IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return TypedResults.Problem("This page is out of date. Reload it and try again.", statusCode: StatusCodes.Status400BadRequest);
        }

        try
        {
            uploads.RequireSmallEnough(context.Request.ContentLength ?? 0);
            var name = WebUtility.UrlDecode(context.Request.Headers[NameHeader].ToString().Replace("+", "%2B", StringComparison.Ordinal));
            var id = await receive.Run(name, context.Request.Body, context.RequestAborted);
            return TypedResults.Ok(new Uploaded(id.Value, $"/imports/{id.Value}"));
        }
        catch (RuleBroken refusal)
        {
            return TypedResults.Problem(refusal.Message, statusCode: StatusCodes.Status409Conflict, title: "Refused");
        }
    }

    /// <summary>The answer to a received file.</summary>
    public sealed record Uploaded(Guid Id, string Page);
}
