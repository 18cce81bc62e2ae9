using BackOffice.Core.Wallets;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace BackOffice.Web.Features.Wallets;

public partial class WalletPage
{
    private WalletView? wallet;
    private bool missing;

    [Parameter] public Guid Id { get; set; }

    protected override Task OnParametersSetAsync() => Load();

    private async Task Load()
    {
        wallet = await Wallets.View(new WalletId(Id));
        missing = wallet is null;
    }

    private async Task TopUp()
    {
        if (await TopUpDialog.Ask(Dialogs, wallet!) is { } input)
        {
            var done = input.Kind == GrantKind.Granted
                ? "The wallet is topped up."
                : "The invoice is drafted. A second person approves and issues it; the credits come when it is paid.";
            await Act.Run(() => TopUpWallet.Run(wallet!.Row.Id, input), done, Load);
        }
    }

    private async Task Paid(GrantRow grant)
    {
        var sentence = $"{MoneyText.Of(grant.Invoice?.Total ?? grant.Amount)} came in, and the credits can be used. "
            + "This cannot be taken back.";
        const string hint = "Such as a line of the bank statement.";
        if (await ReasonDialog.Ask(Dialogs, "Was this purchase paid?", sentence, "Paid", hint) is { } reason)
        {
            await Act.Run(
                () => SettlePurchase.Run(wallet!.Row.Id, grant.Id, reason), $"{MoneyText.Of(grant.Amount)} are there.", Load);
        }
    }

    private async Task TakeBack(GrantRow grant)
    {
        const string sentence = "Its invoice is thrown away, and its credits will not come.";
        const string hint = "The audit trail remembers it.";
        if (await ReasonDialog.Ask(Dialogs, "Take this purchase back?", sentence, "Take back", hint) is { } reason)
        {
            await Act.Run(() => CancelPurchase.Run(wallet!.Row.Id, grant.Id, reason), "The purchase is taken back.", Load);
        }
    }

    private async Task Void()
    {
        if (await VoidCreditsDialog.Ask(Dialogs, wallet!) is { } given)
        {
            await Act.Run(() => VoidCredits.Run(wallet!.Row.Id, given.Credits, given.Reason), "The credits are voided.", Load);
        }
    }

    private async Task SaveRule(RuleRow? rule)
    {
        if (await RuleDialog.Ask(Dialogs, wallet!, rule) is var (terms, days))
        {
            var done = rule is null ? "The rule is added." : "The rule is changed.";
            await Act.Run(() => SaveTopUpRule.Run(wallet!.Row.Id, rule?.Id, terms, days), done, Load);
        }
    }

    private async Task EndRule(RuleRow rule)
    {
        var sentence = $"{rule.InWords} It adds nothing from now on; what it added stays.";
        if (await ConfirmDialog.Ask(Dialogs, "End this rule?", sentence, "End rule"))
        {
            await Act.Run(() => EndTopUpRule.Run(wallet!.Row.Id, rule.Id), "The rule has ended.", Load);
        }
    }

    private async Task End()
    {
        var sentence = $"What it holds, {MoneyText.Of(wallet!.Row.Balance)}, is lost to the customer and booked as breakage. "
            + "Purchases that are not paid will not come. This cannot be taken back.";
        if (await ConfirmDialog.Ask(
            Dialogs, $"End {wallet.Details.Name}?", sentence, "End wallet", danger: true, typeToConfirm: wallet.Row.Code))
        {
            await Act.Run(() => EndWallet.Run(wallet.Row.Id), $"{wallet.Details.Name} has ended.", Load);
        }
    }
}
