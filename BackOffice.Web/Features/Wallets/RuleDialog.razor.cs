using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Wallets;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using NodaTime;

namespace BackOffice.Web.Features.Wallets;

public partial class RuleDialog
{
    private static readonly IReadOnlyList<Choice> Triggers =
        [new("threshold", "When few credits are left"), new("interval", "On a day of every interval")];
    private static readonly IReadOnlyList<Choice> Methods =
        [new("fixed", "The same every time"), new("target", "What is missing to a number")];
    private static readonly IReadOnlyList<Choice> Kinds = [new("bought", "Bought"), new("granted", "Granted for free")];

    private RuleDraft draft = new();
    private MudForm form = default!;
    private string? mistake;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = default!;

    [Inject] private IClock Clock { get; set; } = default!;

    [Parameter, EditorRequired] public WalletView Wallet { get; set; } = default!;

    /// <summary>The rule to change; null for a new one.</summary>
    [Parameter] public RuleRow? Rule { get; set; }

    private bool IsNew => Rule is null;

    private string? First => draft.Anchor is { } anchor
        ? $"The first after that: {DateText.Day(new BillingGrid(draft.Interval, BillingTiming.Anniversary, anchor).Nth(1).Start)}."
        : null;

    private string Words => Read() is { } rule ? WalletWords.Of(rule) : "Enter what is missing to read the rule in words.";

    /// <summary>What was entered; null when the person thought better of it.</summary>
    public static async Task<(TopUpRule Rule, int? LastsDays)?> Ask(IDialogService dialogs, WalletView wallet, RuleRow? rule)
    {
        var parameters = new DialogParameters<RuleDialog> { { d => d.Wallet, wallet }, { d => d.Rule, rule } };
        return (await (await dialogs.ShowAsync<RuleDialog>(null, parameters)).Result)?.Data as (TopUpRule, int?)?;
    }

    protected override void OnInitialized() =>
        draft = Rule is null ? new() { Anchor = Clock.GetCurrentInstant().InZone(Wallet.Zone).Date } : RuleDraft.Of(Rule);

    private TopUpRule? Read()
    {
        try
        {
            return draft.ToRule();
        }
        catch (RuleBroken)
        {
            return null; // Not typed to the end yet.
        }
    }

    private async Task Submit()
    {
        mistake = null;
        await form.ValidateAsync();
        if (!form.IsValid)
        {
            return;
        }

        try
        {
            var (rule, days) = (draft.ToRule(), (int?)draft.LastsDays);
            WalletRule.Check(rule, Wallet.Details.Limits, Wallet.Rate);
            Dialog.Close(DialogResult.Ok((rule, days)));
        }
        catch (RuleBroken refusal)
        {
            mistake = refusal.Message;
        }
        catch (ArithmeticException)
        {
            mistake = "These are too many credits.";
        }
    }
}
