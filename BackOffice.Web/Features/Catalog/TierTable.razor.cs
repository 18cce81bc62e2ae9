using BackOffice.Core.Common;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace BackOffice.Web.Features.Catalog;

public partial class TierTable
{
    private bool pasting;
    private string? pasted;
    private string? mistake;

    [Parameter, EditorRequired] public PriceDraft Price { get; set; } = default!;

    /// <summary>What prices are in: the currency, or a pricing unit.</summary>
    [Parameter, EditorRequired] public string Unit { get; set; } = "";

    /// <summary>The tiers say something else now.</summary>
    [Parameter] public EventCallback Changed { get; set; }

    private bool IsPercent => Price.Model == PriceModel.GraduatedPercentage;

    private bool HasBlocks => Price.HasBlocks && !IsPercent;

    private string From(int tier) => Price.From(tier) switch
    {
        null => "From …",
        0 => "From 0",
        { } from => $"Above {MoneyText.Quantity(from)}",
    };

    private Task Set(Action change)
    {
        change();
        return Changed.InvokeAsync();
    }

    /// <summary>Enter makes the next tier, as in a spreadsheet; the last tier stays the last.</summary>
    private async Task Key(KeyboardEventArgs key, int tier)
    {
        if (key is { Key: "Enter", ShiftKey: false, CtrlKey: false } && !Price.IsLast(tier))
        {
            await Set(() => Price.AddTier(tier));
        }
    }

    private async Task Paste()
    {
        try
        {
            var tiers = TierPaste.Read(pasted);
            await Set(() =>
            {
                Price.Tiers.Clear();
                Price.Tiers.AddRange(tiers);
            });
            (pasting, pasted, mistake) = (false, null, null);
        }
        catch (RuleBroken refusal)
        {
            mistake = refusal.Message;
        }
    }
}
