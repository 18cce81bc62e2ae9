using System.Globalization;
using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using BackOffice.Core.Wallets;
using BackOffice.Data;
using BackOffice.Data.Identity;
using BackOffice.Web.Features.Wallets;
using BackOffice.Web.Tests.Features.Billing;
using BackOffice.Web.Tests.Features.Catalog;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Testing;

namespace BackOffice.Web.Tests.Features.Wallets;

public sealed class WalletTests
{
    private static readonly Currency Eur = Currency.Of("EUR");
    private static readonly CreditRate Half = new(0.5m, Eur);
    private static readonly WalletDetails Plain = new("Prepaid", 50, WalletScope.Everything, TopUpLimits.None);

    [Fact]
    public async Task A_wallet_reads_back_as_it_was_written()
    {
        await using var test = await TestOffice.Create();
        await test.AddMetric();
        var details = new WalletDetails(
            "Tokens", 7, WalletScope.Of([PaidFor.Usage, PaidFor.Commitment], ["input-tokens"]),
            new TopUpLimits(Euro(10_00), Euro(500_00)), true);
        var id = await Open(test, details);

        var view = await Queries(test).View(id);

        Assert.Equal(details, view!.Details);
        Assert.Equal("0.5 EUR per credit", view.Rate.ToString());
        Assert.Equal("Usage, Commitments, usage of input-tokens", view.Row.Pays);
    }

    [Fact]
    public async Task Credits_come_in_are_voided_and_the_ledger_explains_each_step()
    {
        await using var test = await TestOffice.Create();
        var id = await Open(test);
        await test.AsApprover<TopUpWallet>(top => top.Run(id, new(GrantKind.Granted, 40, "Welcome", Priority: 10)));
        await Change(test, id, wallet => wallet.Paid(wallet.Add(new TopUp(GrantKind.Purchased, 100), TestOffice.Now).Id, TestOffice.Now));
        await test.AsApprover<VoidCredits>(voids => voids.Run(id, 50, "Granted by mistake"));

        var view = (await Queries(test).View(id))!;

        Assert.Equal((Euro(45_00), 90m), (view.Row.Balance, view.Row.Credits));
        Assert.Equal(
            [
                "Voided 25.00 EUR = 50 credits (Granted by mistake): 20.00 EUR of grant 1 (granted), 5.00 EUR of grant 2 (purchased). "
                + "The wallet holds 45.00 EUR.",
                "Bought 50.00 EUR = 100 credits: 50.00 EUR of grant 2 (purchased). The wallet holds 70.00 EUR.",
                "Granted 20.00 EUR = 40 credits (Welcome): 20.00 EUR of grant 1 (granted). The wallet holds 20.00 EUR.",
            ],
            view.Entries.Select(entry => entry.InWords));
        Assert.Equal([Euro(0), Euro(45_00)], view.Grants.Select(grant => grant.Left));
    }

    [Fact]
    public async Task What_is_not_used_by_the_last_day_of_the_customer_is_breakage_once()
    {
        var clock = new FakeClock(TestOffice.Now);
        await using var test = await TestOffice.Create(services => services.AddSingleton<IClock>(clock));
        var id = await Open(test);
        await test.AsApprover<TopUpWallet>(top => top.Run(id, new(GrantKind.Granted, 40, LastDay: new LocalDate(2026, 3, 31))));
        await test.AsApprover<TopUpWallet>(top => top.Run(id, new(GrantKind.Granted, 10)));

        clock.Reset(Instant.FromUtc(2026, 3, 31, 21, 59));
        Assert.Equal(0, await Expire(test));
        clock.Reset(Instant.FromUtc(2026, 3, 31, 22, 0));
        var balance = (await Queries(test).View(id))!.Row.Balance;
        clock.Reset(Instant.FromUtc(2026, 4, 2, 3, 0));
        Assert.Equal((1, 0), (await Expire(test), await Expire(test)));

        var entry = (await Queries(test).View(id))!.Entries[0];
        Assert.Equal(Euro(5_00), balance);
        Assert.Equal(
            (WalletEntryKind.Expired, true, -Euro(20_00), Euro(5_00)), (entry.Kind, entry.IsBreakage, entry.Amount, entry.Balance));
        Assert.Equal(Instant.FromUtc(2026, 3, 31, 22, 0), entry.At);
    }

    [Fact]
    public async Task A_wallet_that_ends_loses_what_it_holds_and_takes_nothing_more()
    {
        await using var test = await TestOffice.Create();
        var id = await Open(test);
        await test.AsApprover<TopUpWallet>(top => top.Run(id, new(GrantKind.Granted, 40)));
        await test.AsApprover<EndWallet>(end => end.Run(id));

        var refusal = await Samples.Refused(() => test.AsApprover<TopUpWallet>(top => top.Run(id, new(GrantKind.Granted, 1))));
        var view = (await Queries(test).View(id))!;

        Assert.Equal("Wallet prepaid has ended.", refusal.Message);
        Assert.Equal((WalletEntryKind.Lost, -Euro(20_00)), (view.Entries[0].Kind, view.Entries[0].Amount));
        Assert.False(view.Row.IsLive);
    }

    [Fact]
    public async Task An_invoice_spends_and_a_voided_one_gives_back()
    {
        await using var test = await TestOffice.Create();
        var id = await Open(test);
        await test.AsApprover<TopUpWallet>(top => top.Run(id, new(GrantKind.Granted, 40)));

        await Change(test, id, wallet => wallet.Spend(Euro(12_34), "INV-2", TestOffice.Now));
        var spent = (await Queries(test).View(id))!.Row.Balance;
        await Change(test, id, wallet => wallet.GiveBack("INV-2", TestOffice.Now));
        var refusal = await Samples.Refused(() => Change(test, id, wallet => wallet.Spend(Euro(20_01), "INV-4", TestOffice.Now)));

        var view = (await Queries(test).View(id))!;
        Assert.Equal((Euro(7_66), Euro(20_00)), (spent, view.Row.Balance));
        Assert.Equal([WalletEntryKind.GivenBack, WalletEntryKind.Spent, WalletEntryKind.Granted], view.Entries.Select(entry => entry.Kind));
        Assert.Equal("Wallet prepaid holds 20.00 EUR; 20.01 EUR cannot be taken from it.", refusal.Message);
    }

    [Fact]
    public async Task A_wallet_pays_an_invoice_when_it_is_issued_and_says_before_what_it_will()
    {
        await using var scene = await Scene.Create();
        var acme = (await scene.Customer("acme", new LocalDate(2023, 11, 1))).CustomerId;
        var rate = new CreditRate(1m, Currency.Of("USD"));
        var id = await scene.Ask<OpenWallet, WalletId>(scene.Clerk, open => open.Run(acme, "prepaid", rate, Plain));
        await scene.Ask<TopUpWallet, Guid>(scene.Clerk, top => top.Run(id, new(GrantKind.Granted, 100)));
        await scene.Bill();
        var before = (await scene.Ask<ForecastQueries, ForecastView>(scene.Clerk, forecasts => forecasts.Of(acme))).Wallets[id];
        var invoice = await scene.OnlyInvoice();
        await scene.Approve(invoice.Id);
        await scene.Issue(invoice.Id);

        var view = (await scene.Ask<WalletQueries, WalletView?>(scene.Clerk, wallets => wallets.View(id)))!;
        Assert.Equal(("117.81 USD", "17.81 USD"), (invoice.Total.ToString(), invoice.Due.ToString()));
        Assert.Equal(("100.00 USD", "-17.81 USD"), (before.Balance.ToString(), before.Ongoing.ToString()));
        Assert.Equal(("0.00 USD", "INV-2023-000001"), (view.Row.Balance.ToString(), view.Entries[0].Reference));
    }

    [Theory]
    [InlineData("0", "A top-up is more than zero.")]
    [InlineData("19.99", "10.00 EUR is less than 10.01 EUR, the least that may be bought at once.")]
    [InlineData("0.005", "0.005 credits are worth less than the smallest unit of EUR.")]
    public async Task A_purchase_must_be_worth_something_and_within_the_limits(string typed, string sentence)
    {
        await using var test = await TestOffice.Create();
        var credits = decimal.Parse(typed, CultureInfo.InvariantCulture);
        var id = await Open(test, Plain with { Limits = new TopUpLimits(Euro(10_01), null) });

        var refusal = await Samples.Refused(() => test.AsApprover<TopUpWallet>(top => top.Run(id, new(GrantKind.Purchased, credits))));

        Assert.Equal(sentence, refusal.Message);
        Assert.Empty((await Queries(test).View(id))!.Grants);
    }

    [Fact]
    public async Task A_code_is_taken_once_for_a_customer_and_metrics_must_exist()
    {
        await using var test = await TestOffice.Create();
        var id = await Open(test);
        var acme = (await Queries(test).View(id))!.CustomerId;

        var taken = await Samples.Refused(() => test.AsApprover<OpenWallet>(open => open.Run(acme, "prepaid", Half, Plain)));
        var unknown = await Samples.Refused(() => test.AsApprover<EditWallet>(edit =>
            edit.Run(id, Plain with { Scope = WalletScope.Of([], ["tokens"]) })));

        Assert.Equal("Acme Robotics has a wallet with the code prepaid already. Choose another code.", taken.Message);
        Assert.Equal("There is no metric with the code \"tokens\".", unknown.Message);
    }

    [Fact]
    public async Task A_viewer_moves_no_credits()
    {
        await using var test = await TestOffice.Create();
        var id = await Open(test);
        var viewer = await test.AddPerson("viewer", Roles.Viewer);

        await Samples.Refused(() => test.As<TopUpWallet>(viewer, top => top.Run(id, new(GrantKind.Granted, 1))));
        await Samples.Refused(() => test.As<EndWallet>(viewer, end => end.Run(id)));
        var refusal = await Samples.Refused(() => test.As<VoidCredits>(viewer, voids => voids.Run(id, 1, "No")));

        Assert.Equal("This needs the role Clerk or Approver. Ask an administrator.", refusal.Message);
        Assert.Empty((await Queries(test).View(id))!.Entries);
    }

    private static async Task<WalletId> Open(TestOffice test, WalletDetails? details = null)
    {
        var acme = await test.AddCustomer(Samples.Acme);
        var id = default(WalletId);
        await test.AsApprover<OpenWallet>(async open => id = await open.Run(acme, "prepaid", Half, details ?? Plain));
        return id;
    }

    private static async Task<int> Expire(TestOffice test)
    {
        var count = 0;
        await test.AsApprover<ExpireCredits>(async expire => count = await expire.Run());
        return count;
    }

    private static async Task Change(TestOffice test, WalletId id, Action<Wallet> change)
    {
        await using var db = await test.Open();
        await using var transaction = await db.Database.BeginTransactionAsync();
        change(await db.LoadToChange(id, default));
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    private static Money Euro(long cents) => Money.OfMinor(cents, Eur);

    private static WalletQueries Queries(TestOffice test) =>
        test.Services.CreateScope().ServiceProvider.GetRequiredService<WalletQueries>();
}
