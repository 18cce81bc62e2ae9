using System.Data.Common;
using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Core.Wallets;
using BackOffice.Data.Identity;
using BackOffice.Web.Features.Wallets;
using BackOffice.Web.Tests.Features.Billing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Wallets;

/// <summary>Rules top wallets up: once for a day, once for a crossing, however often somebody looks.</summary>
public sealed class TopUpRuleTests
{
    [Fact]
    public async Task Usage_that_makes_the_ongoing_balance_fall_buys_credits_once_for_the_crossing()
    {
        await using var office = await Prepaid.Create();
        await office.TopUp(new(GrantKind.Granted, 200));
        await BillNovember(office);
        await office.AddRule(new BelowThreshold(50), new FixedTopUp(60, 5));
        var quiet = await office.ApplyRules();
        await office.Use(Instant.FromUtc(2023, 12, 1, 9, 0), 4); // 60.00 and 11.40 of tax: 82.19 less 71.40 are 10.79.

        var (fired, again) = (await office.ApplyRules(), await office.ApplyRules());

        var view = await office.View();
        Assert.Equal((0, 1, 0), (quiet, fired, again));
        Assert.Equal(("60.00 USD", "87.19 USD"), (view.Row.Pending.ToString(), view.Row.Balance.ToString()));
        Assert.Equal((1, "1"), (view.Rules[0].Times, (await Occasions(office))[0].Split(' ')[1]));
        var invoice = (await office.Scene.Invoices()).Single(i => i.Purchase is not null);
        Assert.Equal(("60.00 USD", InvoiceStatus.NeedsApproval), (invoice.Total.ToString(), invoice.Status));
    }

    [Fact]
    public async Task A_purchase_that_is_taken_back_is_bought_again_because_the_balance_was_above_and_fell()
    {
        await using var office = await Prepaid.Create();
        await office.AddRule(new BelowThreshold(10), new TargetTopUp(100, IsGranted: false));
        await office.ApplyRules();
        await office.ApplyRules();
        var first = (await office.View()).Grants[0];

        await office.Cancel(first.Id);
        await office.ApplyRules();

        Assert.Equal([GrantStatus.Failed, GrantStatus.Pending], (await office.View()).Grants.Select(grant => grant.Status));
        Assert.Equal(["Crossing 1", "Crossing 2"], await Occasions(office));
    }

    [Fact]
    public async Task A_gift_that_does_not_suffice_is_not_repeated_until_the_balance_was_above()
    {
        await using var office = await Prepaid.Create();
        await office.AddRule(new BelowThreshold(1_000), new FixedTopUp(0, 5));

        Assert.Equal((1, 0, 0), (await office.ApplyRules(), await office.ApplyRules(), await office.ApplyRules()));
    }

    [Fact]
    public async Task A_monthly_gift_comes_once_a_month_on_the_customers_calendar_and_expires()
    {
        await using var office = await Prepaid.Create();
        await BillNovember(office);
        await office.AddRule(new EveryInterval(BillingInterval.Monthly, new LocalDate(2023, 11, 30)), new FixedTopUp(0, 10), lastsDays: 20);
        office.Scene.Clock.Reset(Instant.FromUtc(2023, 12, 29, 22, 59)); // 23:59 in Berlin.
        var before = await office.ApplyRules();
        office.Scene.Clock.Reset(Instant.FromUtc(2023, 12, 29, 23, 0));
        var (onTheDay, again) = (await office.ApplyRules(), await office.ApplyRules());
        office.Scene.Clock.Reset(Instant.FromUtc(2024, 4, 10, 10, 0)); // Three months slept through; two of them are over.
        var late = await office.ApplyRules();
        await office.Scene.As<ExpireCredits>(office.Scene.Clerk, expire => expire.Run());

        var view = await office.View();
        Assert.Equal((0, 1, 0, 3), (before, onTheDay, again, late));
        Assert.Equal(["2023-12-30", "2024-01-30", "2024-02-29", "2024-03-30"], await Occasions(office));
        Assert.Equal(
            [Instant.FromUtc(2024, 1, 18, 23, 0), Instant.FromUtc(2024, 4, 18, 22, 0)], view.Grants.Select(g => g.ExpiresAt!.Value));
        Assert.Equal("10.00 USD", view.Row.Balance.ToString());
        Assert.Contains(view.Entries, entry => entry.IsBreakage && entry.At == Instant.FromUtc(2024, 1, 18, 23, 0));
        Assert.Equal(new LocalDate(2024, 4, 30), view.Rules[0].NextDay);
    }

    [Fact]
    public async Task The_database_lets_an_occasion_be_there_once()
    {
        await using var office = await Prepaid.Create();
        var rule = await office.AddRule(new BelowThreshold(10), new FixedTopUp(0, 50));
        await office.ApplyRules();
        await using var db = await office.Scene.Open();

        var refused = await Assert.ThrowsAnyAsync<DbException>(() => db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO wallet_rule_firings (id, wallet_rule_id, position, occasion, at, ongoing_credits)
            VALUES ({Guid.NewGuid()}, {rule.Value}, 9, 'Crossing 1', 0, '0')
            """));

        Assert.Contains("UNIQUE", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_that_cannot_do_what_it_should_says_why_and_the_others_go_on()
    {
        await using var office = await Prepaid.Create(limits: new TopUpLimits(Money.Of(10, Prepaid.Usd), null));
        await office.AddRule(new EveryInterval(BillingInterval.Monthly, new LocalDate(2023, 11, 1)), new FixedTopUp(20, 0));
        await office.AddRule(new BelowThreshold(0), new FixedTopUp(0, 5));
        await office.Scene.As<EditWallet>(office.Scene.Clerk, edit => edit.Run(office.Wallet, new(
            "Prepaid", 50, WalletScope.Everything, new TopUpLimits(Money.Of(30, Prepaid.Usd), null))));

        var fired = await office.ApplyRules();

        var rules = (await office.View()).Rules;
        Assert.Equal(1, fired);
        Assert.Contains(rules, rule => rule.Trouble == "20.00 USD is less than 30.00 USD, the least that may be bought at once.");
    }

    [Fact]
    public async Task An_ended_rule_and_an_ended_wallet_add_nothing()
    {
        await using var office = await Prepaid.Create();
        var rule = await office.AddRule(new BelowThreshold(10), new FixedTopUp(0, 50));
        await office.Scene.As<EndTopUpRule>(office.Scene.Clerk, end => end.Run(office.Wallet, rule));
        await Scene.Refused("has ended", () => office.Scene.As<EndTopUpRule>(office.Scene.Clerk, end => end.Run(office.Wallet, rule)));
        var ended = await office.ApplyRules();
        await office.AddRule(new BelowThreshold(10), new FixedTopUp(0, 50));
        await office.Scene.As<EndWallet>(office.Scene.Clerk, end => end.Run(office.Wallet));

        Assert.Equal((0, 0), (ended, await office.ApplyRules()));
    }

    public static TheoryData<TopUpTrigger, TopUpMethod, string> Nonsense() => new()
    {
        { new BelowThreshold(10), new FixedTopUp(0, 0), "Enter how many credits" },
        { new BelowThreshold(-1), new FixedTopUp(20, 0), "not below zero" },
        { new BelowThreshold(10), new TargetTopUp(10, true), "would never stop" },
        { new BelowThreshold(10), new TargetTopUp(0, true), "more than zero" },
        { new BelowThreshold(10), new FixedTopUp(5, 0), "the least that may be bought" },
        { new BelowThreshold(10), new FixedTopUp(0, 0.001m), "less than the smallest unit" },
    };

    [Theory, MemberData(nameof(Nonsense))]
    public async Task A_rule_that_makes_no_sense_is_refused(TopUpTrigger trigger, TopUpMethod method, string sentence)
    {
        await using var office = await Prepaid.Create(limits: new TopUpLimits(Money.Of(10, Prepaid.Usd), null));

        await Scene.Refused(sentence, () => office.AddRule(trigger, method));
    }

    [Fact]
    public async Task A_viewer_makes_no_rules()
    {
        await using var office = await Prepaid.Create();
        var viewer = await office.Scene.Person("vera", Roles.Viewer);

        await Scene.Refused("needs the role", () => office.Scene.As<SaveTopUpRule>(viewer, save =>
            save.Run(office.Wallet, null, new(new BelowThreshold(1), new FixedTopUp(0, 5)), null)));
    }

    private static async Task BillNovember(Prepaid office)
    {
        await office.Scene.Bill();
        var invoice = (await office.Scene.Invoices()).Single(i => i.Purchase is null);
        await office.Scene.Approve(invoice.Id);
        await office.Scene.Issue(invoice.Id);
    }

    private static async Task<IReadOnlyList<string>> Occasions(Prepaid office)
    {
        await using var db = await office.Scene.Open();
        return [.. (await db.WalletRules.AsNoTracking().ToListAsync()).SelectMany(rule => rule.Firings).Select(firing => firing.Occasion)];
    }
}
