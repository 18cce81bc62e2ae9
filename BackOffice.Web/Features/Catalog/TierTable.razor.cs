using BackOffice.Core.Common;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace BackOffice.Web.Features.Catalog;

public sealed partial class TierTable : IAsyncDisposable
{
    private ElementReference table;
    private IJSObjectReference? script;
    private (int Row, string Cell)? next;
    private string? announced;
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

    /// <summary>Moving between cells is the browser's work; here tiers come and go.</summary>
    private Task Key(KeyboardEventArgs key, int tier) => key switch
    {
        { Key: "Enter", ShiftKey: false, CtrlKey: false, AltKey: false } when Price.IsLast(tier) => Append(tier),
        { Key: "Delete", CtrlKey: true } when Price.Tiers.Count > 1 => Remove(tier, "price"),
        _ => Task.CompletedTask,
    };

    /// <summary>The tier that was the last needs an end now, so that is typed next.</summary>
    private Task Append(int last)
    {
        (next, announced) = ((last, "upTo"), $"Tier {last + 2} added. Enter where tier {last + 1} ends.");
        return Set(Price.AppendTier);
    }

    private Task Insert()
    {
        var place = Math.Max(0, Price.Tiers.Count - 1);
        (next, announced) = ((place, "upTo"), $"Tier {place + 1} added.");
        return Set(() => Price.AddTier(place - 1));
    }

    /// <param name="cell">Where typing goes on; null when the mouse was used.</param>
    private Task Remove(int tier, string? cell)
    {
        var left = Price.Tiers.Count - 1;
        announced = $"Tier {tier + 1} removed. {left} {(left == 1 ? "tier is" : "tiers are")} left.";
        next = cell is null ? null : (Math.Min(tier, left - 1), cell);
        return Set(() => Price.Tiers.RemoveAt(tier));
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            script = await Js.InvokeAsync<IJSObjectReference>("import", $"./{Assets["tiers.js"]}");
            await script.InvokeVoidAsync("attach", table);
        }

        if (next is { } place && script is not null)
        {
            next = null;
            await script.InvokeVoidAsync("focus", table, place.Row, place.Cell);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await (script?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        catch (JSDisconnectedException)
        {
            script = null; // The browser is gone, and the script with it.
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
            announced = tiers.Count == 1 ? "One tier was pasted." : $"{tiers.Count} tiers were pasted.";
            (pasting, pasted, mistake) = (false, null, null);
        }
        catch (RuleBroken refusal)
        {
            mistake = refusal.Message;
        }
    }
}
