using System.Globalization;
using BackOffice.Core.Common;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace BackOffice.Web.Features.Catalog;

public partial class PriceFields
{
    private static readonly IReadOnlyList<Choice> Models =
    [
        new(nameof(PriceModel.PerUnit), "Per unit"),
        new(nameof(PriceModel.Graduated), "Graduated"),
        new(nameof(PriceModel.Volume), "Volume"),
        new(nameof(PriceModel.Package), "Package"),
        new(nameof(PriceModel.Percentage), "Percentage"),
        new(nameof(PriceModel.GraduatedPercentage), "Graduated percentage"),
        new(nameof(PriceModel.Dynamic), "Carried by the events"),
    ];

    private static readonly IReadOnlyList<Choice> Pers =
    [
        .. new[] { 1m, 10m, 100m, 1_000m, 10_000m, 100_000m, 1_000_000m, 1_000_000_000m, 1_000_000_000_000m }.Select(
            per => new Choice(per.ToString(CultureInfo.InvariantCulture), per == 1 ? "1 unit" : $"{MoneyText.Quantity(per)} units")),
    ];

    [Parameter, EditorRequired] public PriceDraft Price { get; set; } = default!;

    [Parameter, EditorRequired] public Currency Currency { get; set; } = default!;

    /// <summary>A fixed charge has units and no events, so some models mean nothing for it.</summary>
    [Parameter] public bool ForUnits { get; set; }

    /// <summary>The price says something else now.</summary>
    [Parameter] public EventCallback Changed { get; set; }

    private IReadOnlyList<Choice> Offered => ForUnits ? [.. Models.Take(3)] : Models;

    private string Unit => Price.IsConverted ? Price.UnitName!.Trim() : Currency.Code;

    private string Per => Price.Per.ToString(CultureInfo.InvariantCulture);

    private string Meaning => Price.Model switch
    {
        PriceModel.PerUnit => "Every unit costs the same.",
        PriceModel.Graduated => "Each unit costs what its tier says.",
        PriceModel.Volume => "All units cost what the tier they end in says.",
        PriceModel.Package => "Whole packages; a started one is paid in full.",
        PriceModel.Percentage => "A share of what is measured.",
        PriceModel.GraduatedPercentage => "A share, by the tier each part falls into.",
        _ => "Each event says what it costs.",
    };

    private Task Set(Action change)
    {
        change();
        return Changed.InvokeAsync();
    }

    private Task SetPer(string? per) => Set(() => Price.Per = decimal.Parse(per!, CultureInfo.InvariantCulture));
}
