using System.Globalization;
using BackOffice.Core.Common;

namespace BackOffice.Web.Features.Api;

/// <summary>How a refusal is told to a program: a status, and a body that says what is wrong and what to do (RFC 9457).</summary>
internal static class ProblemsApi
{
    private static readonly Dictionary<ApiFault, (int Status, string Title)> Known = new()
    {
        [ApiFault.NotLetIn] = (StatusCodes.Status401Unauthorized, "Not let in"),
        [ApiFault.NotAllowed] = (StatusCodes.Status403Forbidden, "Not allowed"),
        [ApiFault.NotNow] = (StatusCodes.Status429TooManyRequests, "Try again later"),
        [ApiFault.TooLarge] = (StatusCodes.Status413PayloadTooLarge, "Too large"),
        [ApiFault.Malformed] = (StatusCodes.Status400BadRequest, "Cannot be read"),
        [ApiFault.WrongKind] = (StatusCodes.Status415UnsupportedMediaType, "Not this kind of body"),
    };

    /// <summary>The key of a request; null when there is none. Cookies let nobody in here.</summary>
    public static string? Key(this HttpContext context)
    {
        const string Scheme = "Bearer ";
        var header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : null;
    }

    /// <summary>Does the work and tells what refuses it.</summary>
    public static async Task Answer(this HttpContext context, Func<Task> work)
    {
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await work();
        }
        catch (ApiRefused refused) when (!context.Response.HasStarted)
        {
            await context.Tell(refused);
        }
        catch (RuleBroken refused) when (!context.Response.HasStarted)
        {
            await context.Problem(StatusCodes.Status409Conflict, "Refused", refused.Message, "refused");
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked has gone away.
        }
    }

    /// <param name="more">Further members, such as the field at fault.</param>
    public static Task Problem(
        this HttpContext context, int status, string title, string detail, string code, params (string Name, object? Value)[] more)
    {
        var members = new Dictionary<string, object?> { ["code"] = code };
        foreach (var (name, value) in more.Where(member => member.Value is not null))
        {
            members[name] = value;
        }

        return TypedResults.Problem(detail, statusCode: status, title: title, extensions: members).ExecuteAsync(context);
    }

    private static Task Tell(this HttpContext context, ApiRefused refused)
    {
        var (status, title) = Known[refused.Fault];
        if (refused.RetryAfter is { } later)
        {
            context.Response.Headers.RetryAfter = Math.Max(1, (long)later.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        if (refused.Fault == ApiFault.NotLetIn)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }

        return context.Problem(status, title, refused.Message, refused.Code);
    }
}
