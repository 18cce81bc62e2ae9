using BackOffice.Data.Providers;
using BackOffice.Data.Usage;
using BackOffice.Web.Documents;
using BackOffice.Web.Features.Setup;
using BackOffice.Web.Features.Api;
using BackOffice.Web.Features.Usage;
using BackOffice.Web.Features.Usage.Events;
using BackOffice.Web.Features.Users;
using BackOffice.Web.Shared;
using MudBlazor.Services;
using NodaTime;

namespace BackOffice.Web.Hosting;

/// <summary>Everything the application is made of. The server and the operator's verbs share it.</summary>
internal static class Composition
{
    public static WebApplicationBuilder AddBackOffice(this WebApplicationBuilder builder)
    {
        // Without this an unpublished run outside Development answers 500 for packaged assets.
        builder.WebHost.UseStaticWebAssets();
        builder.Host.UseDefaultServiceProvider(options => options.ValidateScopes = options.ValidateOnBuild = true);

        builder.AddDatabase();
        builder.AddSignIn();
        builder.AddWebDefences();
        builder.Services.AddPermissionPolicies();
        builder.Services.AddPages();
        builder.Services.AddUseCases();
        builder.Services.AddSchedules();
        return builder;
    }

    private static void AddDatabase(this WebApplicationBuilder builder)
    {
        var place = DataPlace.From(builder.Configuration, builder.Environment.ContentRootPath);
        Directory.CreateDirectory(place.Directory);
        builder.Services.AddSingleton(place);
        builder.Services.AddSingleton<IClock>(SystemClock.Instance);
        builder.Services.AddBackOfficeDb(place.Provider, place.ConnectionString);
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealthCheck>("database");
    }

    private static void AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents()
            .AddInteractiveServerComponents()
            .AddHubOptions(hub => hub.MaximumReceiveMessageSize = 64 * 1024);
        services.AddCascadingAuthenticationState();
        services.AddHttpContextAccessor();
        services.AddMudServices(mud =>
        {
            mud.SnackbarConfiguration.PositionClass = MudBlazor.Defaults.Classes.Position.BottomCenter;
            mud.SnackbarConfiguration.PreventDuplicates = true;
            mud.SnackbarConfiguration.VisibleStateDuration = 5000;
            mud.SnackbarConfiguration.ShowTransitionDuration = 150;
            mud.SnackbarConfiguration.HideTransitionDuration = 150;
            mud.SnackbarConfiguration.MaximumOpacity = 100;
        });
        services.AddTransient<Act>();
        services.AddSingleton<IInvoiceDocumentRenderer, PdfInvoiceRenderer>();
    }

    private static void AddUseCases(this IServiceCollection services)
    {
        services.AddScoped<ActorSource>();
        services.AddScoped<Gate>();
        services.AddScoped<Accounts>();
        services.AddSingleton<FirstRun>();
        services.AddSingleton<UploadStore>();
        services.AddSingleton<ImportWorker>();
        services.AddSingleton<CheckWorker>();
        services.AddSingleton<UsageDays>();
        services.AddSingleton(provider => ApiSettings.From(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<ApiLimits>();
        services.AddScoped<KeyGate>();
        services.AddSingleton<EventDesk>();
        services.AddEveryUseCase(typeof(Composition).Assembly);
    }
}
