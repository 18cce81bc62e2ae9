using BackOffice.Web.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace BackOffice.Web.Features.Setup;

/// <summary>Leads everybody to the set-up while there is no account, and prints the link for the one who may do it.</summary>
internal static class FirstRunEndpoints
{
    public static void UseFirstRun(this IApplicationBuilder app) => app.Use(static async (context, next) =>
    {
        var page = context.GetEndpoint()?.IsPage() == true && !context.IsUnder("/setup");
        if (page && !await context.RequestServices.GetRequiredService<FirstRun>().IsDone(context.RequestAborted))
        {
            context.Response.Redirect("/setup");
            return;
        }

        await next(context);
    });

    public static void PrintSetupLinkOnStart(this WebApplication app) => app.Lifetime.ApplicationStarted.Register(() => _ = Print(app));

    private static async Task Print(WebApplication app)
    {
        var firstRun = app.Services.GetRequiredService<FirstRun>();
        if (!await firstRun.IsDone())
        {
            // Not logged: a log is kept and shipped, this link is for the person at the terminal.
            Console.WriteLine($"Set up BackOffice: {Address(app)}/setup?token={firstRun.NewToken()}");
        }
    }

    private static string Address(WebApplication app)
    {
        var listening = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        var address = app.Configuration["PublicUrl"] is { Length: > 0 } set ? set : listening ?? app.Configuration.Address();
        return address.TrimEnd('/');
    }
}
