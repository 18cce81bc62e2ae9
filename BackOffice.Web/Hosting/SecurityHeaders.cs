namespace BackOffice.Web.Hosting;

/// <summary>The headers every answer carries.</summary>
internal static class SecurityHeaders
{
    public static HeaderPolicyCollection Policy { get; } = new HeaderPolicyCollection()
        .AddFrameOptionsDeny()
        .AddContentTypeOptionsNoSniff()
        .AddReferrerPolicySameOrigin()
        .AddCrossOriginOpenerPolicy(policy => policy.SameOrigin())
        .AddCrossOriginResourcePolicy(policy => policy.SameOrigin())
        .AddPermissionsPolicy(features =>
        {
            features.AddCamera().None();
            features.AddMicrophone().None();
            features.AddGeolocation().None();
            features.AddPayment().None();
            features.AddUsb().None();
            features.AddDisplayCapture().None();
        })
        .RemoveServerHeader()
        .AddContentSecurityPolicy(csp =>
        {
            csp.AddDefaultSrc().Self();
            csp.AddScriptSrc().Self().WithNonce();
            csp.AddStyleSrc().Self().UnsafeInline(); // MudBlazor writes style attributes and a theme <style> without a nonce.
            csp.AddImgSrc().Self().Data();
            csp.AddFontSrc().Self();
            csp.AddConnectSrc().Self();
            csp.AddObjectSrc().None();
            csp.AddBaseUri().Self();
            csp.AddFormAction().Self();
            csp.AddFrameAncestors().None();
        });

    /// <summary>Pages show amounts and names: no browser or proxy keeps a copy.</summary>
    public static void UseNoStoreForPages(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        if (context.GetEndpoint()?.IsPage() == true)
        {
            // Last, so that antiforgery, which sets the same on pages with forms, has nothing to complain about.
            context.Response.OnStarting(static state =>
            {
                ((HttpResponse)state).Headers.CacheControl = "no-store";
                return Task.CompletedTask;
            }, context.Response);
        }

        return next(context);
    });

    /// <summary>Cookies travel with WebSockets from any site, so the circuit takes connections from our own pages only.</summary>
    public static void UseSameOriginCircuits(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        var origin = context.Request.Headers.Origin.ToString();
        if (origin.Length == 0 || !context.IsUnder("/_blazor") || IsOurs(origin, context.Request.Host))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    });

    private static bool IsOurs(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && string.Equals(uri.Authority, host.Value, StringComparison.OrdinalIgnoreCase);
}
