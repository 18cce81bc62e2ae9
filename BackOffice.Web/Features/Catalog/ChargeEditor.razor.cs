using BackOffice.Core.Common;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace BackOffice.Web.Features.Catalog;

public partial class ChargeEditor
{
    private bool opened;

    [Parameter, EditorRequired] public ChargeDraft Charge { get; set; } = default!;

    /// <summary>1 for the first charge of the plan.</summary>
    [Parameter, EditorRequired] public int Number { get; set; }

    [Parameter, EditorRequired] public IReadOnlyList<MetricRow> Metrics { get; set; } = [];

    [Parameter, EditorRequired] public Currency Currency { get; set; } = default!;

    /// <summary>Whether to insist on what is missing: true once somebody tried to save.</summary>
    [Parameter] public bool ShowGaps { get; set; }

    /// <summary>The charge says something else now.</summary>
    [Parameter] public EventCallback Changed { get; set; }

    [Parameter] public EventCallback Remove { get; set; }

    /// <summary>Makes another charge like this one.</summary>
    [Parameter] public EventCallback Copy { get; set; }

    /// <summary>Null for the first one.</summary>
    [Parameter] public Action? Up { get; set; }

    private IReadOnlyList<Choice> MetricChoices => [.. Metrics.Select(metric => new Choice(metric.Code, metric.Name))];

    // Open when there is something in it, and not touched again: the reader decides.
    protected override void OnInitialized() => opened = Charge.HasMore;

    private Task Set(Action change)
    {
        change();
        return Changed.InvokeAsync();
    }

    /// <summary>The invoice line is called like the metric until somebody names it.</summary>
    private Task Measure(string? code) => Set(() =>
    {
        var before = Metrics.FirstOrDefault(metric => metric.Code == Charge.MetricCode)?.Name;
        if (string.IsNullOrWhiteSpace(Charge.Name) || Charge.Name == before)
        {
            Charge.Name = Metrics.FirstOrDefault(metric => metric.Code == code)?.Name;
        }

        Charge.MetricCode = code;
    });
}
