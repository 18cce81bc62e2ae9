using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace BackOffice.Web.Features.Catalog;

public partial class PlanComparison
{
    private IReadOnlyList<Choice> choices = [];
    private IReadOnlyList<PlanRow> plans = [];
    private PlanDraft? draft;
    private PlanView? view;
    private PlanEstimate? other;
    private string? chosen;
    private string name = "";

    [Parameter, EditorRequired] public PlanDraft Plan { get; set; } = default!;

    [Parameter, EditorRequired] public PlanEstimate Mine { get; set; } = default!;

    [Parameter, EditorRequired] public Func<string?, string?> UnitOf { get; set; } = default!;

    [Parameter] public PlanView? Saved { get; set; }

    protected override async Task OnInitializedAsync() => plans = await Catalog.Plans();

    // Quantities and prices of the plan beside it change all the time.
    protected override void OnParametersSet()
    {
        choices =
        [
            .. (Saved?.Versions ?? []).Select(version => new Choice($"v{version.Number}", NameOf(version))),
            .. plans.Where(plan => plan.Currency == Plan.Currency && plan.Code != Saved?.Code)
                .Select(plan => new Choice(plan.Id.Value.ToString(), plan.Name)),
        ];
        Estimate();
    }

    private async Task Choose(string? choice)
    {
        (chosen, draft, view) = (choice, null, null);
        var version = Saved?.Versions.FirstOrDefault(v => $"v{v.Number}" == choice);
        if (version is not null)
        {
            (view, draft, name) = (Saved, PlanDraft.Of(Saved!, version), NameOf(version));
        }
        else if (Guid.TryParse(choice, out var id) && await Catalog.Plan(new PlanId(id)) is { } plan)
        {
            (view, draft, name) = (plan, PlanDraft.Of(plan, plan.Latest ?? plan.Draft!), plan.Name);
        }

        Estimate();
    }

    private void Estimate()
    {
        other = null;
        if (draft is null)
        {
            return;
        }

        foreach (var charge in draft.Charges)
        {
            var same = Plan.Charges.FirstOrDefault(mine => mine.MetricCode == charge.MetricCode);
            (charge.Quantity, charge.Amounts) = (same?.Quantity, same?.Amounts);
        }

        other = PlanEstimate.Of(draft, code => UnitOf(code) ?? view?.Versions.SelectMany(v => v.Charges)
            .FirstOrDefault(charge => charge.MetricCode == code)?.Unit);
    }

    private static string NameOf(PlanVersionView version) =>
        version.PublishedAt is null ? $"Draft of version {version.Number}" : $"Version {version.Number}";

    private static string Text(Money? amount) => amount is { } money ? MoneyText.Of(money) : "–";
}
