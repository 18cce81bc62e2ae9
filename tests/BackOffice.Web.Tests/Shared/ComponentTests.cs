using BackOffice.Web.Shared;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace BackOffice.Web.Tests.Shared;

public sealed class ComponentTests : PageTest
{
    [Theory]
    [InlineData("Draft", "Draft", "chip-neutral")]
    [InlineData("NeedsApproval", "Needs approval", "chip-attention")]
    [InlineData("Approved", "Approved", "chip-info")]
    [InlineData("Issued", "Issued", "chip-locked")]
    [InlineData("Voided", "Voided", "chip-void")]
    [InlineData("Parked", "Parked", "chip-bad")]
    [InlineData("SomethingNew", "Something new", "chip-neutral")]
    public void A_state_has_words_an_icon_and_a_tint(string status, string text, string css)
    {
        var chip = Render<StatusChip>(p => p.Add(c => c.Status, status));

        Assert.Equal(text, chip.Find(".chip").TextContent.Trim());
        Assert.Contains(css, chip.Find(".chip").ClassList);
        Assert.NotNull(chip.Find(".chip svg"));
    }

    [Fact]
    public void A_page_header_shows_the_way_back_and_the_actions()
    {
        var header = Render<PageHeader>(p => p
            .Add(h => h.Title, "INV-2026-000001").Add(h => h.Subtitle, "Acme").Add(h => h.Crumbs, [new Crumb("Invoices", "/invoices")])
            .AddChildContent("<button>Issue</button>"));

        Assert.Equal("INV-2026-000001", header.Find("h1").TextContent.Trim());
        Assert.Equal("/invoices", header.Find("nav[aria-label=Breadcrumb] a").GetAttribute("href"));
        Assert.NotNull(header.Find(".page-actions button"));
    }

    [Fact]
    public void An_empty_state_says_why_and_what_to_do()
    {
        var empty = Render<EmptyState>(p => p.Add(e => e.Text, "No invoices yet.").AddChildContent("<a href='/runs'>Start a run</a>"));

        Assert.Contains("No invoices yet.", empty.Find("p").TextContent, StringComparison.Ordinal);
        Assert.NotNull(empty.Find("a[href='/runs']"));
    }

    [Fact]
    public async Task A_confirmation_goes_on_only_when_agreed()
    {
        var provider = Render<MudDialogProvider>();
        var dialogs = Services.GetRequiredService<IDialogService>();

        var yes = provider.InvokeAsync(() => ConfirmDialog.Ask(dialogs, "Void?", "It cannot be undone.", "Void", danger: true));
        provider.WaitForElement(".mud-dialog-actions button:last-child").Click();
        Assert.True(await yes);

        var no = provider.InvokeAsync(() => ConfirmDialog.Ask(dialogs, "Void?", "It cannot be undone.", "Void"));
        provider.WaitForElement(".mud-dialog-actions button:first-child").Click();
        Assert.False(await no);
    }

    [Fact]
    public void A_step_that_moves_money_wants_its_total_typed()
    {
        var provider = Render<MudDialogProvider>();
        var dialogs = Services.GetRequiredService<IDialogService>();
        _ = provider.InvokeAsync(() => ConfirmDialog.Ask(dialogs, "Issue?", "198 invoices.", "Issue", typeToConfirm: "48,211.90 EUR"));

        Assert.True(provider.WaitForElement(".mud-dialog-actions button:last-child").HasAttribute("disabled"));
        provider.Find("input").Input("48,211.90 EUR");
        Assert.False(provider.Find(".mud-dialog-actions button:last-child").HasAttribute("disabled"));
    }
}
