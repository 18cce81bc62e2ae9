using BackOffice.Core.Customers;
using BackOffice.Core.Wallets;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace BackOffice.Web.Features.Wallets;

public partial class WalletEditPage
{
    private WalletDraft draft = new();
    private WalletView? wallet;
    private IReadOnlyList<Choice>? metrics;
    private MudForm form = default!;
    private string? suggested;
    private string? customerName;
    private bool missing;

    /// <summary>Whose wallet is opened; null when one is edited.</summary>
    [Parameter] public Guid? CustomerId { get; set; }

    /// <summary>The wallet to edit; null for a new one.</summary>
    [Parameter] public Guid? Id { get; set; }

    private IReadOnlyList<Crumb> Crumbs => customerName is null
        ? [new Crumb("Customers", "/customers")]
        : [new Crumb("Customers", "/customers"), new Crumb(customerName, $"/customers/{wallet?.CustomerId.Value ?? CustomerId}")];

    protected override async Task OnInitializedAsync()
    {
        if (Id is { } id)
        {
            wallet = await Wallets.View(new WalletId(id));
            customerName = wallet?.CustomerName;
            draft = wallet is null ? draft : WalletDraft.Of(wallet);
        }
        else if (CustomerId is { } customer)
        {
            customerName = (await Customers.View(new CustomerId(customer)))?.Details.Name;
            draft.CurrencyCode = (await Companies.Defaults()).Currency;
        }

        missing = customerName is null;
        metrics = [.. (await Catalog.Metrics()).Select(metric => new Choice(metric.Code, metric.Name))];
    }

    /// <summary>The code follows the name until somebody types one.</summary>
    private void Rename(string? typed)
    {
        draft.Name = typed;
        if (Id is null && (string.IsNullOrEmpty(draft.Code) || draft.Code == suggested))
        {
            draft.Code = suggested = CodeSuggestion.From(typed);
        }
    }

    private static void Toggle<T>(HashSet<T> chosen, T value, bool on) => _ = on ? chosen.Add(value) : chosen.Remove(value);

    private async Task Save()
    {
        await form.ValidateAsync();
        if (!form.IsValid)
        {
            return;
        }

        var id = wallet?.Row.Id;
        var saved = await Act.Run(
            async () =>
            {
                if (id is { } edited)
                {
                    await EditWallet.Run(edited, draft.ToDetails(), wallet!.Revision);
                }
                else
                {
                    id = await OpenWallet.Run(new CustomerId(CustomerId!.Value), draft.Code ?? "", draft.ToRate(), draft.ToDetails());
                }
            },
            Id is null ? $"Wallet {draft.Name} is open. Top it up to fill it." : $"Wallet {draft.Name} is saved.");
        if (saved)
        {
            Navigation.NavigateTo($"/wallets/{id!.Value.Value}");
        }
    }
}
