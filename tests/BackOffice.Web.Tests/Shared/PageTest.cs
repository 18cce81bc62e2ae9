using System.Globalization;
using BackOffice.Web.Shared;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;

namespace BackOffice.Web.Tests.Shared;

/// <summary>A bUnit context with MudBlazor, in a culture. Derive from it to test a component.</summary>
public abstract class PageTest : BunitContext, IAsyncLifetime
{
    private readonly CultureInfo _before = CultureInfo.CurrentCulture;

    protected PageTest()
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices(mud => mud.PopoverOptions.CheckForPopoverProvider = false);
        Services.AddTransient<Act>();
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        CultureInfo.CurrentCulture = _before;
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
