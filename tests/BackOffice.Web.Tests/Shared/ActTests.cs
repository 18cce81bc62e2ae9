using BackOffice.Core.Common;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace BackOffice.Web.Tests.Shared;

public sealed class ActTests : PageTest
{
    private ISnackbar Snackbar => Services.GetRequiredService<ISnackbar>();

    private Act Act => field ??= Services.GetRequiredService<Act>();

    [Fact]
    public async Task Success_is_said_and_the_page_reloads()
    {
        var loaded = 0;

        Assert.True(await Act.Run(() => Task.CompletedTask, "Invoice issued.", () => Task.FromResult(loaded++)));

        var shown = Assert.Single(Snackbar.ShownSnackbars);
        Assert.Equal("Invoice issued.", shown.Message);
        Assert.Equal(Severity.Success, shown.Severity);
        Assert.Equal(1, loaded);
    }

    [Fact]
    public async Task A_refusal_is_shown_as_it_stands_and_the_page_does_not_reload()
    {
        var loaded = 0;

        Assert.False(await Act.Run(() => throw new RuleBroken("Only drafts can be issued."), "Issued.", () => Task.FromResult(loaded++)));

        Assert.Equal("Only drafts can be issued.", Act.Refusal);
        Assert.Equal("Only drafts can be issued.", Assert.Single(Snackbar.ShownSnackbars).Message);
        Assert.Equal(0, loaded);
        Assert.False(Act.Busy);
    }

    [Fact]
    public async Task A_stale_copy_asks_to_reload()
    {
        Assert.False(await Act.Run(() => throw new DbUpdateConcurrencyException()));

        Assert.Equal("Somebody changed this meanwhile. Reload and try again.", Act.Refusal);
    }

    [Fact]
    public async Task A_second_click_while_the_first_one_runs_does_nothing()
    {
        var first = new TaskCompletionSource();
        var runs = 0;
        var running = Act.Run(() =>
        {
            runs++;
            return first.Task;
        });

        Assert.True(Act.Busy);
        Assert.False(await Act.Run(() => Task.FromResult(runs++)));
        first.SetResult();

        Assert.True(await running);
        Assert.Equal(1, runs);
        Assert.False(Act.Busy);
    }

    [Fact]
    public async Task A_bug_is_not_a_refusal()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Act.Run(() => throw new InvalidOperationException()));

        Assert.False(Act.Busy);
        Assert.Empty(Snackbar.ShownSnackbars);
    }
}
