using BackOffice.Core.Access;
using BackOffice.Core.Billing;
using BackOffice.Core.Catalog;
using BackOffice.Core.Coupons;
using BackOffice.Core.CreditNotes;
using BackOffice.Core.Thresholds;
using BackOffice.Core.Wallets;
using BackOffice.Data;
using BackOffice.Data.Identity;
using BackOffice.Web.Features.Alerts;
using BackOffice.Web.Features.Api;
using BackOffice.Web.Features.Billing;
using BackOffice.Web.Features.Coupons;
using BackOffice.Web.Features.CreditNotes;
using BackOffice.Web.Features.Invoices;
using BackOffice.Web.Features.Setup;
using BackOffice.Web.Features.Usage;
using BackOffice.Web.Features.Users;
using BackOffice.Web.Features.Wallets;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace BackOffice.Browser.Tests.Harness;

/// <summary>An installation with the demo company: one invoice issued, one waiting, one file waiting to be mapped.</summary>
public sealed class FilledOffice(Chromium chromium) : IAsyncLifetime
{
    public const string Password = "harbour lamp violet";
    public const string EverythingMail = "everything@nordlicht.example";
    public const string ViewerMail = "viewer@nordlicht.example";

    public Office Office { get; } = new(chromium);

    /// <summary>Every page there is to see, by the name its pictures get.</summary>
    public IReadOnlyList<(string Name, string Address)> Pages { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        var everything = await AddPerson(Office, "Eva Everything", EverythingMail, Roles.Clerk, Roles.Approver, Roles.Admin);
        await AddPerson(Office, "Vera Viewer", ViewerMail, Roles.Viewer);
        var run = await As(Actor.CommandLine, async services =>
        {
            await services.GetRequiredService<DemoCompany>().Run();
            using var content = new MemoryStream(Trace.BadNumber.Buffer);
            await services.GetRequiredService<ReceiveUpload>().Run("waiting.csv", content);
            var id = await services.GetRequiredService<StartRun>().Run(new LocalDate(2023, 11, 30));
            await services.GetRequiredService<WorkRun>().Run(id!.Value);
            return id.Value;
        });
        var eva = new Actor(everything.Id, everything.DisplayName);
        await As(eva, services => IssueOne(services, run));
        await As(eva, GiveCredit);
        await As(eva, services => services.GetRequiredService<CreateApiKey>().Run(
            new("Gateway production", ApiScopes.UsageWrite | ApiScopes.UsageRead, new LocalDate(2099, 12, 31))));
        Pages = await As(Actor.CommandLine, Addresses);
    }

    public static async Task<AppUser> AddPerson(Office office, string name, string mail, params string[] roles) =>
        await new Accounts(office.Services.GetRequiredService<IServiceScopeFactory>()).InTransaction(
            (users, _) => Accounts.Create(users, new(name, mail, Password, roles, PasswordIsTemporary: false)));

    public ValueTask DisposeAsync() => Office.DisposeAsync();

    private static async Task<bool> IssueOne(IServiceProvider services, BillingRunId run)
    {
        await using var db = await Open(services);
        var invoices = await db.Invoices.AsNoTracking().Where(i => i.RunId == run.Value).ToListAsync();
        var invoice = invoices.Single(i => i.Buyer.Code == "rheinwerk");
        await services.GetRequiredService<ApproveInvoice>().Run(invoice.Id);
        await services.GetRequiredService<IssueInvoice>().Run(invoice.Id);
        return true;
    }

    /// <summary>A coupon, a wallet and a credit note that waits for approval, of the customer with the issued invoice.</summary>
    private static async Task<bool> GiveCredit(IServiceProvider services)
    {
        await using var db = await Open(services);
        var invoice = await db.Invoices.AsNoTracking().SingleAsync(i => i.Number != null);
        var terms = new CouponTerms(new PercentReduction(20), CouponFrequency.Recurring, 3);
        await services.GetRequiredService<SaveCoupon>().Run(null, new("welcome", "Welcome", terms, null, IsReusable: false));
        await services.GetRequiredService<GiveCoupon>().Run(invoice.CustomerId, "welcome");
        var wallet = await services.GetRequiredService<OpenWallet>().Run(
            invoice.CustomerId, "prepaid", new CreditRate(1, invoice.Currency),
            new WalletDetails("Prepaid", 1, WalletScope.Everything, TopUpLimits.None));
        await services.GetRequiredService<TopUpWallet>().Run(wallet, new(GrantKind.Granted, 250, "Goodwill"));
        await services.GetRequiredService<TopUpWallet>().Run(wallet, new(GrantKind.Purchased, 500, "Autumn"));
        await services.GetRequiredService<SaveTopUpRule>().Run(
            wallet, null, new(new EveryInterval(BillingInterval.Monthly, new LocalDate(2023, 12, 31)), new FixedTopUp(0, 25)), 30);
        await services.GetRequiredService<DefineAlert>().Run(
            new("Nearly empty", AlertSubject.WalletBalance, [50, 100]) { Wallet = wallet });
        await services.GetRequiredService<CreateCreditNote>().Run(
            invoice.Id, new([CreditRequest.Of(1, 10)], CreditNoteReason.Other, "Slow answers on the 16th"));
        return true;
    }

    private static async Task<IReadOnlyList<(string Name, string Address)>> Addresses(IServiceProvider services)
    {
        await using var db = await Open(services);
        var run = (await db.Runs.SingleAsync()).Id.Value;
        var issued = (await db.Invoices.SingleAsync(i => i.Number != null)).Id.Value;
        var waiting = (await db.Invoices.SingleAsync(i => i.Number == null && i.Purchase == null)).Id.Value;
        var purchase = (await db.Invoices.SingleAsync(i => i.Purchase != null)).Id.Value;
        var customer = (await db.Invoices.SingleAsync(i => i.Number != null)).CustomerId.Value;
        var plan = (await db.Plans.SingleAsync()).Id.Value;
        var subscription = (await db.Subscriptions.OrderBy(s => s.Code).FirstAsync()).Id.Value;
        var metric = (await db.Metrics.OrderBy(m => m.Code).FirstAsync()).Id.Value;
        var coupon = (await db.Coupons.SingleAsync()).Id.Value;
        var wallet = (await db.Wallets.SingleAsync()).Id.Value;
        var note = (await db.CreditNotes.SingleAsync()).Id.Value;
        var imports = await db.Imports.OrderBy(i => i.Number).Select(i => i.Id).ToListAsync();
        return
        [
            ("home", "/"), ("runs", "/runs"), ("run-new", "/runs/new"), ("run-preview", "/runs/new?through=2023-12-31"),
            ("run", $"/runs/{run}"),
            ("invoices", "/invoices"), ("invoice", $"/invoices/{issued}"), ("invoice-waiting", $"/invoices/{waiting}"),
            ("invoice-line", $"/invoices/{issued}/lines/2"), ("customers", "/customers"), ("customer-new", "/customers/new"),
            ("customer", $"/customers/{customer}"), ("customer-edit", $"/customers/{customer}/edit"),
            ("subscriptions", "/subscriptions"), ("subscription-new", "/subscriptions/new"),
            ("subscription", $"/subscriptions/{subscription}"), ("alert-new", $"/subscriptions/{subscription}/alerts/new"),
            ("alerts", "/alerts?all=true"), ("alerts-defined", "/alerts/defined"),
            ("imports", "/imports"), ("mappings", "/imports/mappings"), ("import-new", "/imports/new"),
            ("import", $"/imports/{imports[0].Value}"),
            ("import-mapping", $"/imports/{imports[1].Value}"), ("events", "/events"), ("coverage", "/coverage?month=2023-11"),
            ("metrics", "/metrics"), ("metric-new", "/metrics/new"), ("metric", $"/metrics/{metric}"),
            ("plans", "/plans"), ("plan-new", "/plans/new"),
            ("plan-copy", $"/plans/new?from={plan}"), ("subscription-new-plan", "/subscriptions/new?customer=rheinwerk&plan=ai-api"),
            ("plan", $"/plans/{plan}"), ("plan-edit", $"/plans/{plan}/edit"),
            ("coupons", "/coupons"), ("coupon-new", "/coupons/new"), ("coupon", $"/coupons/{coupon}"),
            ("wallet", $"/wallets/{wallet}"), ("invoice-credits", $"/invoices/{purchase}"),
            ("invoice-line-credits", $"/invoices/{purchase}/lines/1"), ("wallet-edit", $"/wallets/{wallet}/edit"),
            ("wallet-new", $"/customers/{customer}/wallets/new"),
            ("credit-notes", "/credit-notes"), ("credit-note", $"/credit-notes/{note}"), ("credit", $"/invoices/{issued}/credit"),
            ("company", "/settings/company"), ("tax-rates", "/settings/tax-rates"), ("users", "/settings/users"),
            ("api-keys", "/settings/api-keys"),
            ("schedules", "/settings/schedules"), ("audit", "/audit"), ("password", "/account/password"), ("denied", "/account/denied"),
        ];
    }

    private static Task<BackOfficeDb> Open(IServiceProvider services) =>
        services.GetRequiredService<IDbContextFactory<BackOfficeDb>>().CreateDbContextAsync();

    private async Task<T> As<T>(Actor actor, Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = Office.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ActorSource>().ActAs(actor);
        return await work(scope.ServiceProvider);
    }
}
