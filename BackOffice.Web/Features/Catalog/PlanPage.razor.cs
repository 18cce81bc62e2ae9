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
        if (await PublishDialog.Ask(Dialogs, plan, shown) is { } answer)
        {
            await Act.Run(
                () => PublishPlan.Run(plan.Id, seen, answer.EffectiveFrom), $"Version {number} of {plan.Name} is published.", Load);
        }
    }

    private async Task Retire()
    {
        var (id, seen, offered) = (plan!.Id, plan.Revision, plan.RetiredOn is not null);
        var sentence = $"Nobody new can subscribe to {plan.Name} then. {Going} It can be offered again.";
        if (offered || await ConfirmDialog.Ask(Dialogs, $"Retire {plan.Name}?", sentence, "Retire plan"))
        {
            await Act.Run(
                () => RetirePlan.Run(id, offered, seen), offered ? $"{plan.Name} is offered again." : $"{plan.Name} is retired.", Load);
        }
    }

    private string Going => plan!.Versions.Sum(version => version.Subscriptions) switch
    {
        0 => "No subscription is on it.",
        1 => "The one subscription on it goes on.",
        var many => $"The {many} subscriptions on it go on.",
    };

    /// <summary>The version that this one replaces.</summary>
    private PlanVersionView? Before => plan!.Versions.FirstOrDefault(version => version.Number < shown!.Number);

    private string? Unit(string? metric) => shown?.Charges.FirstOrDefault(charge => charge.MetricCode == metric)?.Unit;

    private string State(PlanVersionView version) =>
        version.PublishedAt is null ? "Draft" : version == plan!.Latest ? "Current" : "Earlier";

    private static string From(PlanVersionView version) => version.EffectiveFrom is { } day ? $", from {DateText.Day(day)}" : "";

    private static string Use(PlanVersionView version) => version.Subscriptions switch
    {
        0 => "Not used yet",
        1 => "Used by 1 subscription",
        _ => $"Used by {version.Subscriptions} subscriptions",
    };
}
