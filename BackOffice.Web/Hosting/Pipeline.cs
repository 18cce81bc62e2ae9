using BackOffice.Web.Features.Account;
using BackOffice.Web.Features.Catalog;
using BackOffice.Web.Features.CreditNotes;
using BackOffice.Web.Features.Invoices;
using BackOffice.Web.Features.Setup;
using BackOffice.Web.Features.Usage;
using BackOffice.Web.Features.Usage.Events;
using BackOffice.Web.Shared.Layout;

namespace BackOffice.Web.Hosting;

/// <summary>What a request passes through, in order, and where it ends up.</summary>
internal static class Pipeline
{
    public static void UseBackOffice(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseExceptionHandler("/error", createScopeForErrors: true);
        if (app.Configuration.IsHttps())
        {
            app.UseHsts();
        }

        app.UseSecurityHeaders(SecurityHeaders.Policy);
        app.UseWhen(
            context => HttpMethods.IsGet(context.Request.Method) && !context.IsUnder("/api"),
            pages => pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));
        app.UseWhen(
            context => HttpMethods.IsPost(context.Request.Method) && !context.IsUnder("/api"),
            forms => forms.UseStatusCodePages("text/plain", "This form is no longer valid ({0}). Go back, reload the page and try again."));
        app.UseSameOriginCircuits();
        app.UseNumberFormats();
        app.UseRouting();
        app.UseNoStoreForPages();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseFirstRun();
        app.UseAuthorization();
        app.UseTemporaryPasswords();
        app.UseAntiforgery();
    }

    public static void MapBackOffice(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapHealthChecks("/healthz").AllowAnonymous();
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(circuit => circuit.ContentSecurityFrameAncestorsPolicy = "'none'");
        app.MapAccount();
        app.MapImports();
        app.MapEvents();
        app.MapInvoiceFiles();
        app.MapCatalogFile();
        app.MapCreditNoteFiles();
        app.PrintSetupLinkOnStart();
    }

    /// <summary>Numbers and dates are read and written as the browser's language does; the words are English.</summary>
    private static void UseNumberFormats(this WebApplication app)
    {
        string[] formats = ["en-GB", "en-US", "en", "de", "de-AT", "de-CH", "fr", "es", "it", "nl", "pl", "pt", "sv", "da", "fi", "cs"];
        app.UseRequestLocalization(culture =>
            culture.SetDefaultCulture("en-GB").AddSupportedCultures(formats).AddSupportedUICultures("en"));
    }
}
