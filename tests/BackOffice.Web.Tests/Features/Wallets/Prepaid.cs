using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Wallets;
using BackOffice.Web.Features.Wallets;
using BackOffice.Web.Tests.Features.Billing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Wallets;

/// <summary>The scene with a customer who pays beforehand: a wallet in dollars, a credit for a dollar.</summary>
public sealed class Prepaid : IAsyncDisposable
{
    public static readonly Currency Usd = Currency.Of("USD");

    private Prepaid()
    {
    }

    public Scene Scene { get; private set; } = null!;

    public Subscription Subscription { get; private set; } = null!;

    public CustomerId Customer => Subscription.CustomerId;

    public WalletId Wallet { get; private set; }

    public static async Task<Prepaid> Create(bool taxed = false, TopUpLimits? limits = null)
    {
        var prepaid = new Prepaid { Scene = await Scene.Create() };
        prepaid.Subscription = await prepaid.Scene.Customer("acme", new LocalDate(2023, 11, 1));
        var details = new WalletDetails("Prepaid", 50, WalletScope.Everything, limits ?? TopUpLimits.None, taxed);
        prepaid.Wallet = await prepaid.Scene.Ask<OpenWallet, WalletId>(
            prepaid.Scene.Clerk, open => open.Run(prepaid.Customer, "prepaid", new CreditRate(1, Usd), details));
        return prepaid;
    }

    public Task<Guid> TopUp(TopUpInput input) => Scene.Ask<TopUpWallet, Guid>(Scene.Clerk, top => top.Run(Wallet, input));

    /// <summary>Buys credits, and does all that is needed to have them.</summary>
    public async Task<Invoice> BuyAndPay(decimal credits)
    {
        var grant = await TopUp(new(GrantKind.Purchased, credits));
        var invoice = await InvoiceOf(grant);
        await Scene.Approve(invoice.Id);
        await Scene.Issue(invoice.Id);
        await Pay(grant);
        return await InvoiceOf(grant);
    }

    public Task Pay(Guid grant) => Scene.As<SettlePurchase>(Scene.Clerk, settle => settle.Run(Wallet, grant, "Bank statement 12"));

    public Task Cancel(Guid grant, string? reason = "Ordered by mistake") =>
        Scene.As<CancelPurchase>(Scene.Clerk, cancel => cancel.Run(Wallet, grant, reason));

    public async Task<Invoice> InvoiceOf(Guid grant)
    {
        await using var db = await Scene.Open();
        return await db.Invoices.AsNoTracking().SingleAsync(i => i.Purchase == grant);
    }

    public async Task<WalletView> View() =>
        (await Scene.Ask<WalletQueries, WalletView?>(Scene.Clerk, wallets => wallets.View(Wallet)))!;

    public Task<ForecastView> Forecast() => Scene.Ask<ForecastQueries, ForecastView>(Scene.Clerk, forecasts => forecasts.Of(Customer));

    public async Task<OngoingView> Ongoing() => (await Forecast()).Wallets[Wallet];

    public Task<WalletRuleId> AddRule(TopUpTrigger trigger, TopUpMethod method, int? lastsDays = null) =>
        Scene.Ask<SaveTopUpRule, WalletRuleId>(Scene.Clerk, save => save.Run(Wallet, null, new(trigger, method), lastsDays));

    public Task<int> ApplyRules() => Scene.Ask<ApplyTopUpRules, int>(Scene.Clerk, rules => rules.Run());

    /// <summary>Usage of output tokens, 15.00 for a million, with 19 % of tax.</summary>
    public Task Use(Instant at, decimal millions) => Scene.Use(Subscription, at, 0, millions * 1_000_000);

    public ValueTask DisposeAsync() => Scene.DisposeAsync();
}
