using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.RateLimiting;

namespace BackOffice.Web.Hosting;

/// <summary>What limits a stranger: attempts per minute, request sizes, and whom we believe about the client's address.</summary>
internal static class Defences
{
    private static readonly string[] Guarded = ["/account/login", "/account/password", "/setup"];

    public static void AddWebDefences(this WebApplicationBuilder builder)
    {
        var attempts = builder.Configuration.GetValue("SignInAttemptsPerMinute", 10);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
        });
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => Partition(context, attempts));
            limiter.OnRejected = Refuse;
        });
        builder.Services.AddHsts(hsts => hsts.MaxAge = TimeSpan.FromDays(365));
        builder.Services.AddExceptionHandler<RuleBrokenHandler>();
        builder.Services.AddProblemDetails();
        builder.Services.AddAntiforgery(forgery =>
        {
            forgery.Cookie.Name = builder.Configuration.IsHttps() ? "__Host-backoffice-form" : "backoffice-form";
            forgery.Cookie.SecurePolicy = builder.Configuration.IsHttps() ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            forgery.Cookie.SameSite = SameSiteMode.Strict;
        });
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded => Trust(forwarded, builder.Configuration));
    }

    private static RateLimitPartition<string> Partition(HttpContext context, int attempts) =>
        HttpMethods.IsPost(context.Request.Method) && Guarded.Any(context.IsUnder)
            ? RateLimitPartition.GetFixedWindowLimiter(
                context.Connection.RemoteIpAddress?.ToString() ?? "unknown",
                _ => new FixedWindowRateLimiterOptions { PermitLimit = attempts, Window = TimeSpan.FromMinutes(1) })
            : RateLimitPartition.GetNoLimiter("unlimited");

    private static async ValueTask Refuse(OnRejectedContext context, CancellationToken cancel)
    {
        var response = context.HttpContext.Response;
        response.StatusCode = StatusCodes.Status429TooManyRequests;
        response.ContentType = "text/plain; charset=utf-8";
        response.Headers.RetryAfter = 60.ToString(CultureInfo.InvariantCulture);
        await response.WriteAsync("Too many attempts. Wait a minute and try again.", cancel);
    }

    private static void Trust(ForwardedHeadersOptions forwarded, ConfigurationManager settings)
    {
        forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        foreach (var proxy in settings.GetSection("TrustedProxies").Get<string[]>() ?? [])
        {
            forwarded.KnownProxies.Add(IPAddress.Parse(proxy));
        }
    }
}
