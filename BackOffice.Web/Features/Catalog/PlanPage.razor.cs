using BackOffice.Core.Catalog;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace BackOffice.Web.Features.Catalog;

public partial class PlanPage
{
    private static readonly IReadOnlyList<Crumb> Crumbs = [new("Plans", "/plans")];

    private PlanView? plan;
    private PlanVersionView? shown;
    private PlanDraft trial = new();
    private bool missing;

    [Parameter] public Guid Id { get; set; }

    /// <summary>The version to look at; without it the draft, else the latest.</summary>
    [SupplyParameterFromQuery] public int? Version { get; set; }

    protected override Task OnParametersSetAsync() => Load();

    private async Task Load()
    {
        plan = await Catalog.Plan(new PlanId(Id));
        missing = plan is null;
        shown = plan?.Versions.FirstOrDefault(version => version.Number == Version) ?? plan?.Draft ?? plan?.Latest;
        trial = plan is not null && shown is not null ? PlanDraft.Of(plan, shown) : new PlanDraft();
    }

    private async Task Publish()
    {
        var (number, seen) = (shown!.Number, plan!.Revision);
        var kept = plan.Versions.Sum(version => version.Subscriptions);
        var sentence = $"New subscriptions to {plan.Name} get version {number} from now on, and it can never be edited again."
            + (kept == 0 ? "" : $" {(kept == 1 ? "The one subscription" : $"The {kept} subscriptions")} there are keep their prices.");
        if (await ConfirmDialog.Ask(Dialogs, $"Publish version {number}?", sentence, "Publish"))
        {
            await Act.Run(() => PublishPlan.Run(plan.Id, seen), $"Version {number} of {plan.Name} is published.", Load);
        }
    }

    private string? Unit(string? metric) => shown?.Charges.FirstOrDefault(charge => charge.MetricCode == metric)?.Unit;

    private string State(PlanVersionView version) =>
        version.PublishedAt is null ? "Draft" : version == plan!.Latest ? "Current" : "Earlier";

    private static string Use(PlanVersionView version) => version.Subscriptions switch
    {
        0 => "Not used yet",
        1 => "Used by 1 subscription",
        _ => $"Used by {version.Subscriptions} subscriptions",
    };
}
