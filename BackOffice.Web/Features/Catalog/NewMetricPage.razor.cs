using BackOffice.Core.Catalog;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace BackOffice.Web.Features.Catalog;

public partial class NewMetricPage
{
    private readonly MetricDraft draft = new();
    private MudForm form = default!;
    private string? suggested;

    /// <summary>The code to begin with, where somebody met one that is missing.</summary>
    [SupplyParameterFromQuery] public string? Code { get; set; }

    /// <summary>The name of the events to measure.</summary>
    [SupplyParameterFromQuery] public string? Event { get; set; }

    [SupplyParameterFromQuery] public string? Property { get; set; }

    protected override void OnInitialized() =>
        (draft.Code, draft.Name, draft.EventName, draft.Property) = (Code, Code, Event, Property ?? Code);

    /// <summary>The code follows the name until somebody types one.</summary>
    private void Rename(string? typed)
    {
        draft.Name = typed;
        if (string.IsNullOrEmpty(draft.Code) || draft.Code == suggested)
        {
            draft.Code = suggested = CodeSuggestion.From(typed);
        }
    }

    private async Task Create()
    {
        await form.ValidateAsync();
        var id = default(MetricId);
        if (form.IsValid && await Act.Run(async () => id = await CreateMetric.Run(draft.ToInput()), $"Metric {draft.Name} is created."))
        {
            Navigation.NavigateTo("/metrics");
        }
    }
}
