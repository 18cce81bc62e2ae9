using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using MudBlazor;

namespace BackOffice.Web.Shared.Layout;

public partial class MainLayout(IJSRuntime js)
{
    private MudThemeProvider themes = default!;
    private ErrorBoundary? boundary;
    private string mode = "system";
    private bool systemIsDark;
    private bool dark;
    private bool open = true;

    // Clicks count and the colours are final: the circuit is there and has asked what the system prefers.
    private bool ready;

    [CascadingParameter] private ThemeChoice Theme { get; set; } = default!;

    protected override void OnInitialized()
    {
        (mode, systemIsDark) = Theme;
        dark = Theme.IsDark;
    }

    protected override void OnParametersSet() => boundary?.Recover();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await themes.WatchSystemDarkModeAsync(Follow);
            var systemPrefersDark = await themes.GetSystemDarkModeAsync();
            ready = true;
            await Follow(systemPrefersDark);
        }
    }

    private Task Follow(bool isDark)
    {
        systemIsDark = isDark;
        return Show();
    }

    private async Task Choose(string chosen)
    {
        mode = chosen;
        await js.InvokeVoidAsync("backOfficeTheme.choose", chosen);
        await Show();
    }

    private Task Show()
    {
        dark = new ThemeChoice(mode, systemIsDark).IsDark;
        return InvokeAsync(StateHasChanged);
    }
}
