using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace BackOffice.Web.Features.Catalog;

public partial class PlanEditPage
{
    private PlanDraft draft = new();
    private PlanView? plan;
    private IReadOnlyList<MetricRow>? metrics;
    private MudForm form = default!;
    private string? suggested;
    private string? mistake;
    private bool missing;
    private bool tried;
    private bool opened;

    /// <summary>The plan to edit; null for a new one.</summary>
    [Parameter] public Guid? Id { get; set; }

    /// <summary>The plan that a new one is made after; null to begin with nothing.</summary>
    [SupplyParameterFromQuery] public Guid? From { get; set; }

    /// <summary>The version of it; null for its newest.</summary>
    [SupplyParameterFromQuery] public int? Version { get; set; }

    private IReadOnlyList<Crumb> Crumbs =>
        plan is null ? [new("Plans", "/plans")] : [new("Plans", "/plans"), new(plan.Name, $"/plans/{Id}")];

    private string Subtitle => plan switch
    {
        null => "Saved as a draft. Somebody who may publish makes it what new subscriptions get.",
        { Draft: { } version } => $"Draft of version {version.Number}.",
        _ => $"Saving starts version {plan.Latest!.Number + 1}. Version {plan.Latest.Number} and its subscriptions stay as they are.",
    };

    protected override async Task OnInitializedAsync()
    {
        if (Id is { } id)
        {
            plan = await Catalog.Plan(new PlanId(id));
            missing = plan is null;
            draft = plan is null ? draft : PlanDraft.Of(plan, plan.Draft ?? plan.Latest!);
        }
        else if (From is { } other && await Catalog.Plan(new PlanId(other)) is { } model)
        {
            draft = PlanDraft.Of(model, model.Versions.FirstOrDefault(version => version.Number == Version) ?? model.Versions[0]);
            (draft.Name, draft.Code) = ($"Copy of {model.Name}", null);
            Rename(draft.Name);
        }
        else
        {
            draft.CurrencyCode = (await Companies.Defaults()).Currency;
        }

        opened = draft.HasMore;
        metrics = await Catalog.Metrics();
    }

    /// <summary>The code follows the name until somebody types one.</summary>
    private void Rename(string? typed)
    {
        draft.Name = typed;
        if (Id is null && (string.IsNullOrEmpty(draft.Code) || draft.Code == suggested))
        {
            draft.Code = suggested = CodeSuggestion.From(typed);
        }
    }

    /// <summary>A charge says something else now, so the last refusal is out of date; the page and its calculator render again.</summary>
    private void Touched() => mistake = null;

    private void Add() => draft.Charges.Add(new ChargeDraft());

    private void Remove(ChargeDraft charge) => draft.Charges.Remove(charge);

    private void Copy(ChargeDraft charge) => draft.Charges.Insert(draft.Charges.IndexOf(charge) + 1, charge.Copy());

    private void Copy(FixedChargeDraft charge) => draft.FixedCharges.Insert(
        draft.FixedCharges.IndexOf(charge) + 1, charge.Copy([.. draft.FixedCharges.Select(other => other.Code)]));

    private void MoveUp(ChargeDraft charge)
    {
        var place = draft.Charges.IndexOf(charge);
        draft.Charges.RemoveAt(place);
        draft.Charges.Insert(place - 1, charge);
    }

    private string? Unit(string? metric) => metrics?.FirstOrDefault(m => m.Code == metric)?.Unit;

    private async Task Save()
    {
        (tried, mistake) = (true, null);
        await form.ValidateAsync();
        if (!form.IsValid)
        {
            mistake = "Some fields need another look. They are marked above.";
            return;
        }

        var id = default(PlanId);
        var saved = await Act.Run(
            async () => id = await SavePlan.Run(plan?.Id, draft.ToInput(), plan?.Revision),
            $"The draft of {draft.Name} is saved.");
        if (saved)
        {
            Navigation.NavigateTo($"/plans/{id.Value}");
        }

        mistake = Act.Refusal;
    }
}
