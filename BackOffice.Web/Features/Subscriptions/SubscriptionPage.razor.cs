using BackOffice.Core.Subscriptions;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace BackOffice.Web.Features.Subscriptions;

public partial class SubscriptionPage
{
    // A form with money in it is not lost by a click beside it.
    private static readonly DialogOptions Wide = new() { MaxWidth = MaxWidth.Small, FullWidth = true, BackdropClick = false };

    private SubscriptionView? view;
    private bool missing;

    [Parameter] public Guid Id { get; set; }

    protected override Task OnParametersSetAsync() => Load();

    private async Task Load()
    {
        view = await Lives.View(new SubscriptionId(Id));
        missing = view is null;
    }

    private async Task ChangePlan()
    {
        var parameters = new DialogParameters<ChangePlanDialog>
        {
            { d => d.View, view! }, { d => d.Offered, await Lives.Choices(view!.Row.Id) },
        };
        await Apply(await Dialogs.ShowAsync<ChangePlanDialog>(null, parameters, Wide), "The plan change is recorded.");
    }

    private async Task ChangeUnits() => await Apply(
        await Dialogs.ShowAsync<UnitsDialog>(null, new DialogParameters<UnitsDialog> { { d => d.View, view! } }, Wide),
        "The change of units is recorded.");

    private async Task End() => await Apply(
        await Dialogs.ShowAsync<EndDialog>(null, new DialogParameters<EndDialog> { { d => d.View, view! } }, Wide),
        "The end is recorded.");

    private async Task TakeBack()
    {
        const string Sentence = "The subscription stays on the terms it has. Nothing that was billed changes.";
        if (await ConfirmDialog.Ask(Dialogs, "Cancel the planned change?", Sentence, "Cancel planned change"))
        {
            await Apply(new SubscriptionChange.TakingBack(), "The planned change is cancelled.");
        }
    }

    private async Task Apply(IDialogReference dialog, string done)
    {
        if ((await dialog.Result)?.Data is SubscriptionChange change)
        {
            await Apply(change, done);
        }
    }

    private Task Apply(SubscriptionChange change, string done) =>
        Act.Run(() => ChangeSubscription.Run(view!.Row.Id, change, view.Revision), done, Load);
}
