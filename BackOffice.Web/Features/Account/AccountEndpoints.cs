using BackOffice.Data.Identity;
using BackOffice.Web.Hosting;
using BackOffice.Web.Features.Users;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace BackOffice.Web.Features.Account;

/// <summary>Signing out, and the detour of those who still have a password somebody else knows.</summary>
internal static class AccountEndpoints
{
    public static void MapAccount(this WebApplication app) => app.MapPost("/account/logout", SignOut);

    /// <summary>A password somebody else generated works once: until it is changed every page leads to changing it.</summary>
    public static void UseTemporaryPasswords(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        var endpoint = context.GetEndpoint();
        var asked = endpoint?.Metadata.GetMetadata<IAllowAnonymous>() is null && !context.IsUnder("/account");
        if (endpoint is null || !asked || !context.User.HasClaim(claim => claim.Type == Accounts.TemporaryPassword))
        {
            return next(context);
        }

        if (endpoint.IsPage())
        {
            context.Response.Redirect("/account/password");
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        }

        return Task.CompletedTask;
    });

    // [FromForm] makes the endpoint subject to antiforgery validation.
    private static async Task<IResult> SignOut([FromServices] SignInManager<AppUser> signIn, [FromForm] string? reason)
    {
        await signIn.SignOutAsync();
        return TypedResults.LocalRedirect("~/account/login?signedOut=true");
    }
}
