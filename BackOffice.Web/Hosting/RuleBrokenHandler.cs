using BackOffice.Core.Common;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Hosting;

/// <summary>Answers for the API: a refusal is 409 with its sentence, anything else 500 with a number to quote.</summary>
internal sealed class RuleBrokenHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!httpContext.IsUnder("/api"))
        {
            return false;
        }

        var problem = Describe(exception, httpContext.TraceIdentifier);
        httpContext.Response.StatusCode = problem.Status!.Value;
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem });
    }

    private static ProblemDetails Describe(Exception exception, string reference) => exception switch
    {
        RuleBroken refusal => new() { Status = StatusCodes.Status409Conflict, Title = "Refused", Detail = refusal.Message },
        DbUpdateConcurrencyException => new()
        {
            Status = StatusCodes.Status409Conflict, Title = "Refused", Detail = "Somebody changed this meanwhile. Read it again and retry.",
        },
        BadHttpRequestException bad => new() { Status = bad.StatusCode, Title = "Bad request", Detail = bad.Message },
        _ => new()
        {
            Status = StatusCodes.Status500InternalServerError, Title = "Something went wrong", Detail = $"Reference {reference}.",
        },
    };
}
