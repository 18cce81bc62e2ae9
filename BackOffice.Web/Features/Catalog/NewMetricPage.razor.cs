using BackOffice.Core.Usage;
using BackOffice.Web.Shared;
using MudBlazor;

namespace BackOffice.Web.Features.Catalog;

public partial class NewMetricPage
{
    private static readonly IReadOnlyList<Choice> Ways =
    [
        new(nameof(Aggregation.Sum), "Sum – add up a number the events carry"),
        new(nameof(Aggregation.Count), "Count – the number of events"),
    ];

    private MudForm form = default!;
    private string? name;
    private string? code;
    private string? suggested;
    private Aggregation aggregation = Aggregation.Sum;
    private string? property;
    private string? unit;
    private string? eventName;

    /// <summary>The code follows the name until somebody types one.</summary>
    private void Rename(string? typed)
    {
        name = typed;
        if (string.IsNullOrEmpty(code) || code == suggested)
        {
            code = suggested = CodeSuggestion.From(typed);
        }
    }

    private async Task Create()
    {
        await form.ValidateAsync();
        if (!form.IsValid)
        {
            return;
        }

        var input = new MetricInput(code!, name!, aggregation, aggregation == Aggregation.Sum ? property : null, unit!, eventName);
        if (await Act.Run(() => CreateMetric.Run(input), $"Metric {name} is created."))
        {
            Navigation.NavigateTo("/metrics");
        }
    }
}
