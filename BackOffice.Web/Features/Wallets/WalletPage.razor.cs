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
            await Act.Run(() => TopUpWallet.Run(wallet!.Row.Id, input), "The wallet is topped up.", Load);
        }
    }

    private Task Settle((GrantRow Grant, bool Paid) settled) => Act.Run(
        () => SettlePurchase.Run(wallet!.Row.Id, settled.Grant.Id, settled.Paid),
        settled.Paid ? $"{MoneyText.Of(settled.Grant.Amount)} are there." : "The purchase is taken back: its credits will not come.", Load);

    private async Task Void()
    {
        if (await VoidCreditsDialog.Ask(Dialogs, wallet!) is { } given)
        {
            await Act.Run(() => VoidCredits.Run(wallet!.Row.Id, given.Credits, given.Reason), "The credits are voided.", Load);
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
