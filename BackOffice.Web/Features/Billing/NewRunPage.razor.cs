using BackOffice.Core.Billing;
using BackOffice.Core.Common;
using BackOffice.Web.Features.Invoices;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Components;
using NodaTime;
using NodaTime.Text;

namespace BackOffice.Web.Features.Billing;

public partial class NewRunPage
{
    private static readonly Crumb[] Above = [new("Billing runs", "/runs")];

    private LocalDate? through;
    private IReadOnlyList<PreviewItem>? preview;
    private string? refusal;
    private bool loading;

    /// <summary>The day of the preview that is shown, such as 2026-10-31.</summary>
    [SupplyParameterFromQuery]
    public string? Through { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (LocalDatePattern.Iso.Parse(Through ?? "") is not { Success: true } day)
        {
            through ??= await Runs.UsualThrough();
            return;
        }

        through = day.Value;
        if (RendererInfo.IsInteractive)
        {
            await Load(day.Value);
        }
    }

    private async Task Load(LocalDate day)
    {
        (loading, refusal, preview) = (true, null, null);
        StateHasChanged();
        try
        {
            preview = await Preview.Run(day);
        }
        catch (RuleBroken refused)
        {
            refusal = refused.Message;
        }
        finally
        {
            loading = false;
        }
    }

    private async Task Show()
    {
        var address = Addresses.With("/runs/new", ("through", DateText.Iso(through!.Value)));
        if (Navigation.Uri.EndsWith(address, StringComparison.Ordinal))
        {
            await Load(through.Value); // The same day again: the address does not change, the usage may have.
        }
        else
        {
            Navigation.NavigateTo(address);
        }
    }

    private async Task MakeDrafts()
    {
        BillingRunId? run = null;
        await Act.Run(
            async () =>
            {
                run = await StartRun.Run(through!.Value);
                await Worker.Enqueue(run!.Value);
            },
            then: () =>
            {
                Navigation.NavigateTo(Addresses.Of(run!.Value));
                return Task.CompletedTask;
            });
    }
}
