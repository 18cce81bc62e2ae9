using BackOffice.Core.Common;
using BackOffice.Core.Wallets;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using NodaTime;

namespace BackOffice.Web.Features.Wallets;

public partial class TopUpDialog
{
    private const string Purchased = nameof(GrantKind.Purchased);
    private static readonly IReadOnlyList<Choice> Kinds = [new(Purchased, "Bought"), new(nameof(GrantKind.Granted), "Granted for free")];

    private MudForm form = default!;
    private string kind = Purchased;
    private decimal? credits;
    private string? name;
    private decimal? priority = 50;
    private LocalDate? first;
    private LocalDate? last;
    private bool ignoresLimits;
    private string? mistake;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = default!;

    [Parameter, EditorRequired] public WalletView Wallet { get; set; } = default!;

    private bool IsPurchase => kind == Purchased;

    /// <summary>What was entered; null when the person changed his mind.</summary>
    public static async Task<TopUpInput?> Ask(IDialogService dialogs, WalletView wallet)
    {
        var dialog = await dialogs.ShowAsync<TopUpDialog>(null, new DialogParameters<TopUpDialog> { { d => d.Wallet, wallet } });
        return (await dialog.Result)?.Data as TopUpInput;
    }

    /// <summary>The money the credits are worth, or what is wrong with them.</summary>
    private string Worth()
    {
        try
        {
            return credits is { } given ? $"Worth {MoneyText.Of(Wallet.Rate.Bought(given).Money)}." : $"{Wallet.Rate}.";
        }
        catch (Exception refused) when (refused is RuleBroken or ArithmeticException)
        {
            return refused is RuleBroken ? refused.Message : "These are too many credits.";
        }
    }

    private async Task Submit()
    {
        mistake = null;
        await form.ValidateAsync();
        if (!form.IsValid || credits is not { } given || priority is not { } order)
        {
            return;
        }

        try
        {
            var worth = Wallet.Rate.Bought(given).Money;
            if (IsPurchase && !ignoresLimits)
            {
                Wallet.Details.Limits.Require(worth);
            }

            Dialog.Close(DialogResult.Ok(new TopUpInput(
                Enum.Parse<GrantKind>(kind), given, name, (int)order, first, last, IsPurchase && ignoresLimits)));
        }
        catch (RuleBroken refusal)
        {
            mistake = refusal.Message;
        }
    }
}
