using BackOffice.Core.Catalog;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace BackOffice.Web.Features.Catalog;

public sealed partial class ImpactPreview
{
    private readonly CancellationTokenSource closing = new();
    private ImpactStudy? study;
    private bool busy;

    [Parameter, EditorRequired] public PlanId Plan { get; set; }

    [Parameter, EditorRequired] public int Version { get; set; }

    private Impact Impact => study!.Impact;

    private string ProgressInWords => study!.IsDone
        ? $"All {study.Total} {(study.Total == 1 ? "subscription" : "subscriptions")} of the plan were computed."
        : $"{study.Done} of {study.Total} subscriptions computed{(busy ? " …" : "; the figures are of these only.")}";

    private string InWords
    {
        get
        {
            var change = Impact.New - Impact.Old;
            return $"{Impact.Compared} {(Impact.Compared == 1 ? "subscription" : "subscriptions")}: {MoneyText.Of(Impact.Old)} now, "
                + $"{MoneyText.Of(Impact.New)} with version {Version}"
                + (change.MinorUnits == 0 ? ", no change." : $", {(change.MinorUnits > 0 ? "+" : "")}{MoneyText.Of(change)}.");
        }
    }

    // Beside the page, which goes on answering, and shows the figures as they come.
    private async Task Compute()
    {
        busy = true;
        var cancel = closing.Token;
        try
        {
            study ??= await Simulate.Impact(Plan, Version, cancel);
            while (busy && !study.IsDone)
            {
                await Task.Run(() => study.Next(cancel), cancel);
                StateHasChanged();
            }

            busy = false;
        }
        catch (OperationCanceledException)
        {
            busy = false; // The dialog was closed.
        }
    }

    // A part that is being computed is still counted.
    private async Task StopOrGoOn()
    {
        if (busy)
        {
            busy = false;
        }
        else
        {
            await Compute();
        }
    }

    public void Dispose()
    {
        closing.Cancel();
        closing.Dispose();
    }
}
