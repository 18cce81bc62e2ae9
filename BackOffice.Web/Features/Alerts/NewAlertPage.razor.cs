using BackOffice.Core.Subscriptions;
using BackOffice.Core.Thresholds;
using BackOffice.Core.Wallets;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace BackOffice.Web.Features.Alerts;

public partial class NewAlertPage
{
    private readonly AlertDraft draft = new();
    private IReadOnlyList<Choice>? metrics;
    private MudForm form = default!;
    private string currency = "EUR";
    private string? owner;
    private bool missing;

    /// <summary>Whose usage it looks at; null when it looks at a wallet.</summary>
    [Parameter] public Guid? SubscriptionId { get; set; }

    [Parameter] public Guid? WalletId { get; set; }

    private string Back => WalletId is { } wallet ? $"/wallets/{wallet}" : $"/subscriptions/{SubscriptionId}";

    private IReadOnlyList<Crumb> Crumbs => owner is null ? [] : WalletId is not null
        ? [new Crumb("Customers", "/customers"), new Crumb(owner, Back)]
        : [new Crumb("Subscriptions", "/subscriptions"), new Crumb(owner, Back)];

    private IReadOnlyList<Choice> Subjects =>
    [
        .. Enum.GetValues<AlertSubject>()
            .Where(subject => WalletId is not null == subject is AlertSubject.WalletBalance or AlertSubject.WalletOngoingBalance)
            .Select(subject => new Choice(subject.ToString(), AlertWords.Of(subject))),
    ];

    protected override async Task OnInitializedAsync()
    {
        if (WalletId is { } wallet)
        {
            var view = await Wallets.View(new WalletId(wallet));
            (owner, currency) = (view?.Details.Name, view?.Row.Balance.Currency.Code ?? currency);
            draft.Subject = AlertSubject.WalletBalance;
        }
        else
        {
            var view = await Lives.View(new SubscriptionId(SubscriptionId!.Value));
            (owner, currency) = (view?.Row.Code, view?.CurrencyCode ?? currency);
        }

        missing = owner is null;
        metrics = [.. (await Catalog.Metrics()).Select(metric => new Choice(metric.Code, metric.Name))];
    }

    private async Task Save()
    {
        await form.ValidateAsync();
        if (form.IsValid && await Act.Run(
            () => DefineAlert.Run(draft.ToInput(
                SubscriptionId is { } subscription ? new SubscriptionId(subscription) : null,
                WalletId is { } wallet ? new WalletId(wallet) : null)),
            $"The alert {draft.Name} is set."))
        {
            Navigation.NavigateTo(Back);
        }
    }
}
