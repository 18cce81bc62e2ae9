using System.Globalization;
using BackOffice.Core.Common;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace BackOffice.Web.Features.Catalog;

public partial class ChargeEditor
{
    private static readonly IReadOnlyList<Choice> Models =
    [
        new(nameof(PriceModel.PerUnit), "Per unit"),
        new(nameof(PriceModel.Graduated), "Graduated"),
        new(nameof(PriceModel.Package), "Package"),
    ];

    private static readonly IReadOnlyList<Choice> Pers =
    [
        .. new[] { 1m, 10m, 100m, 1_000m, 10_000m, 100_000m, 1_000_000m, 1_000_000_000m, 1_000_000_000_000m }.Select(
            per => new Choice(per.ToString(CultureInfo.InvariantCulture), per == 1 ? "1 unit" : $"{MoneyText.Quantity(per)} units")),
    ];

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

    /// <summary>Null for the first one.</summary>
    [Parameter] public Action? Up { get; set; }

    private IReadOnlyList<Choice> MetricChoices => [.. Metrics.Select(metric => new Choice(metric.Code, metric.Name))];

    private string Per => Charge.Per.ToString(CultureInfo.InvariantCulture);

    private string Meaning => Charge.Model switch
    {
        PriceModel.PerUnit => "Every unit costs the same.",
        PriceModel.Graduated => "Each unit costs what its tier says.",
        _ => "Whole packages; a started one is paid in full.",
    };

    private Task Set(Action change)
    {
        change();
        return Changed.InvokeAsync();
    }

    private Task SetPer(string? per) => Set(() => Charge.Per = decimal.Parse(per!, CultureInfo.InvariantCulture));

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
