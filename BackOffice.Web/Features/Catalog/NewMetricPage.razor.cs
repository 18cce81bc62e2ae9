using BackOffice.Core.Catalog;
using BackOffice.Web.Shared;
using MudBlazor;

namespace BackOffice.Web.Features.Catalog;

public partial class NewMetricPage
{
    private readonly MetricDraft draft = new();
    private MudForm form = default!;
    private string? suggested;

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
