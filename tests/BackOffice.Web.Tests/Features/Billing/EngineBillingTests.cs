using BackOffice.Core.Billing;
using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Coupons;
using BackOffice.Core.Invoices;
using BackOffice.Core.Pricing;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Wallets;
using BackOffice.Web.Features.Billing;
using BackOffice.Web.Features.Invoices;
using BackOffice.Web.Features.Operations;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Billing;

/// <summary>What the engine can do reaches the invoices: coupons, wallets, fees in advance, changes of plan, commitments.</summary>
public sealed class EngineBillingTests
{
    private static readonly LocalDate FirstOfNovember = new(2023, 11, 1);
    private static readonly Currency Usd = Currency.Of("USD");

    [Fact]
    public async Task A_coupon_is_reserved_by_the_first_draft_and_spent_when_it_is_issued()
    {
        await using var scene = await Scene.Create();
        var subscription = await scene.Customer("acme", new(2023, 10, 1));
        await Give(scene, subscription, new CouponTerms(new PercentReduction(20), CouponFrequency.Once));

        await scene.Bill();

        var drafts = await scene.Invoices();
        Assert.Equal(["19.80 USD", "0.00 USD"], drafts.Select(i => i.Discount.ToString()));
        Assert.Equal(["94.25 USD", "117.81 USD"], drafts.Select(i => i.Total.ToString()));
        Assert.Equal(AppliedCouponStatus.Active, (await Coupon(scene)).Status);

        await scene.Approve(drafts[0].Id);
        await scene.Issue(drafts[0].Id);
        await scene.As<RefreshInvoice>(scene.Clerk, refresh => refresh.Run(drafts[1].Id));

        Assert.Equal(AppliedCouponStatus.UsedUp, (await Coupon(scene)).Status);
        Assert.Equal(["94.25 USD", "117.81 USD"], (await scene.Invoices()).Select(i => i.Total.ToString()));
        await Proven(scene);
    }

    [Fact]
    public async Task A_coupon_that_ended_after_the_draft_is_no_longer_on_what_is_approved()
    {
        await using var scene = await Scene.Create();
        var subscription = await scene.Customer("acme", FirstOfNovember);
        await Give(scene, subscription, new CouponTerms(new PercentReduction(20), CouponFrequency.Forever));
        await scene.Bill();
        await End(scene);

        var draft = await scene.OnlyInvoice();
        await Scene.Refused("Refresh it", () => scene.Approve(draft.Id));
        await scene.As<RefreshInvoice>(scene.Clerk, refresh => refresh.Run(draft.Id));
        await scene.Approve(draft.Id);

        Assert.Equal("117.81 USD", (await scene.OnlyInvoice()).Total.ToString());
    }

    [Fact]
    public async Task A_wallet_pays_before_the_customer_does_and_its_ledger_says_what()
    {
        await using var scene = await Scene.Create();
        await Fill(scene, await scene.Customer("acme", FirstOfNovember), 100);
        var preview = Assert.Single(await scene.Ask<PreviewBilling, IReadOnlyList<PreviewItem>>(scene.Clerk, p => p.Run(Scene.November)));

        await scene.Bill();

        var draft = await scene.OnlyInvoice();
        Assert.Equal(("117.81 USD", "100.00 USD", "17.81 USD"), (draft.Total.ToString(), draft.Settled.ToString(), draft.Due.ToString()));
        Assert.Equal(draft.Due, Assert.Single(preview.Invoices).Content.Due);
        Assert.Equal("100.00 USD", await Held(scene));

        await scene.Approve(draft.Id);
        var number = await scene.Issue(draft.Id);

        Assert.Equal("0.00 USD", await Held(scene));
        await using var db = await scene.Open();
        var spent = (await db.Wallets.SingleAsync()).Entries[^1];
        Assert.Equal((WalletEntryKind.Spent, number), (spent.Kind, spent.Reference));
        await Proven(scene);
    }

    [Fact]
    public async Task A_fee_in_advance_is_due_on_the_first_day_and_the_usage_behind_it_is_not_late()
    {
        await using var scene = await Scene.Create();
        var plan = await AddPlan(scene, "advance", 30, new PlanSettings { PayInAdvance = true });
        await Subscribe(scene, await scene.Customer("acme", new(2024, 5, 1)), plan, life => life);

        await scene.Bill();

        var invoices = await scene.Invoices();
        Assert.Equal(["2023-11-01..2023-11-30", "2023-12-01..2023-12-31"], invoices.Select(i => i.Period.ToString()));
        Assert.All(invoices, invoice => Assert.Equal("30.00 USD", invoice.Subtotal.ToString()));
        await using var db = await scene.Open();
        Assert.Single(await db.BilledPeriods.Where(b => b.ClosesUsage).ToListAsync());
        await Scene.Refused("Nothing is due", () => scene.Bill());
    }

    [Fact]
    public async Task An_upgrade_in_the_middle_of_the_month_bills_each_plan_for_its_own_days_and_usage()
    {
        await using var scene = await Scene.Create();
        var (small, large) = (await AddPlan(scene, "small", 30), await AddPlan(scene, "large", 60));
        var noon = Instant.FromUtc(2023, 11, 16, 11, 0);
        var subscription = await Subscribe(
            scene, await scene.Customer("acme", new(2024, 5, 1)), small, life => life.ChangePlan(large.Terms(1), noon));
        await scene.Use(subscription, noon - Duration.FromHours(1), 10);
        await scene.Use(subscription, noon, 20);

        await scene.Bill();

        var lines = (await scene.Invoices()).SelectMany(i => i.Lines).ToList();
        Assert.Equal(
            ["small 15.00 USD 1", "small 10.00 USD 10", "large 30.00 USD 1", "large 20.00 USD 20"],
            lines.Select(line => $"{line.PlanCode} {line.Amount} {line.Quantity:0.##}"));
        await Proven(scene);
    }

    [Fact]
    public async Task What_an_upgrade_leaves_unused_of_a_fee_in_advance_pays_the_next_invoice_and_is_issued_with_it()
    {
        await using var scene = await Scene.Create();
        var advance = new PlanSettings { PayInAdvance = true };
        var (small, large) = (await AddPlan(scene, "small", 30, advance), await AddPlan(scene, "large", 60, advance));
        var midnight = Instant.FromUtc(2023, 11, 15, 23, 0);
        await Subscribe(scene, await scene.Customer("acme", new(2024, 5, 1)), small, life => life.ChangePlan(large.Terms(1), midnight));

        await scene.Bill();

        var drafts = await scene.Invoices();
        Assert.Equal(
            ["30.00 USD due 35.70 USD", "30.00 USD due 17.85 USD", "60.00 USD due 71.40 USD"],
            drafts.Select(i => $"{i.Subtotal} due {i.Due}"));
        foreach (var draft in drafts)
        {
            await scene.Approve(draft.Id);
        }

        await Scene.Refused("Issue that one first", () => scene.Issue(drafts[1].Id));
        var number = await scene.Issue(drafts[0].Id);
        await scene.Issue(drafts[1].Id);

        var issued = (await scene.Invoices())[1];
        Assert.Equal((number + "-CN001", "17.85 USD"), (issued.Settlements[0].Reference, issued.Settlements[0].Amount.ToString()));
        await using var db = await scene.Open();
        var note = await db.CreditNotes.SingleAsync();
        Assert.Equal(("17.85 USD", "0.00 USD", number + "-CN001"), (note.Total.ToString(), note.Balance.ToString(), note.Number));
        await Proven(scene);
    }

    [Fact]
    public async Task What_a_year_lacks_of_its_commitment_is_billed_at_its_end()
    {
        await using var scene = await Scene.Create();
        var settings = new PlanSettings { UsageMonthly = true, Commitment = new MinimumCommitment(Money.Of(1_200, Usd)) };
        var plan = await AddPlan(scene, "yearly", 0, settings, BillingInterval.Yearly);
        var subscription = await Subscribe(scene, await scene.Customer("acme", new(2024, 5, 1)), plan, life => life, new(2022, 1, 1));
        await scene.Use(subscription, Instant.FromUtc(2022, 3, 10, 12, 0), 250);

        await scene.Bill();

        var invoices = await scene.Invoices();
        Assert.Equal(["250.00 USD", "950.00 USD"], invoices.Select(i => i.Subtotal.ToString()).Order(StringComparer.Ordinal));
        var breakage = invoices.Single(i => i.Lines[0].Kind == Core.Rating.LineKind.TrueUp);
        Assert.Equal("2022-01-01..2022-12-31", breakage.Period.ToString());
        await Proven(scene);
    }

    [Fact]
    public async Task A_month_that_was_billed_as_a_whole_is_not_billed_again()
    {
        await using var scene = await Scene.Create();
        var subscription = await scene.Customer("acme", FirstOfNovember);
        await using (var db = await scene.Open())
        {
            db.Add(BilledPeriod.Of(subscription.Id, new Core.Common.Period(FirstOfNovember, new(2023, 12, 1)), null));
            await db.SaveChangesAsync();
        }

        await Scene.Refused("Nothing is due", () => scene.Bill());
    }

    private static async Task Proven(Scene scene)
    {
        var checks = await scene.Ask<Verify, IReadOnlyList<Check>>(scene.Approver, verify => verify.Run());
        // The scene stores events without the report that an import writes.
        Assert.Empty(checks.Where(check => !check.Name.StartsWith("Imports", StringComparison.Ordinal))
            .SelectMany(check => check.Problems));
    }

    private static async Task<Plan> AddPlan(
        Scene scene, string code, decimal fee, PlanSettings? settings = null, BillingInterval interval = BillingInterval.Monthly)
    {
        await using var db = await scene.Open();
        var input = await db.Metrics.SingleAsync(m => m.Code == "input");
        var plan = Plan.Create(code, code, Usd, interval);
        plan.Edit(Money.Of(fee, Usd), [Charge.Of("Input", input.Id, new PerUnitPrice(1))], settings ?? PlanSettings.Plain);
        plan.Publish(scene.Clock.GetCurrentInstant());
        db.Add(plan);
        await db.SaveChangesAsync();
        return plan;
    }

    /// <summary>A second subscription of the customer; the one he has starts after the clock.</summary>
    private static async Task<Subscription> Subscribe(
        Scene scene, Subscription customers, Plan plan, Func<SubscriptionLife, SubscriptionLife> change, LocalDate? startsOn = null)
    {
        await using var db = await scene.Open();
        var zone = Zone.Of("Europe/Berlin");
        var start = (startsOn ?? FirstOfNovember).AtStartOfDayInZone(zone).ToInstant();
        var life = SubscriptionLife.Start(SubscriptionId.New(), "engine", zone, BillingTiming.Calendar, plan.Terms(1), start);
        var subscription = Subscription.Start(customers.CustomerId, change(life));
        db.Add(subscription);
        await db.SaveChangesAsync();
        return subscription;
    }

    private static async Task Give(Scene scene, Subscription subscription, CouponTerms terms)
    {
        await using var db = await scene.Open();
        var coupon = Core.Coupons.Coupon.Create("welcome", "Welcome", terms, null, isReusable: false);
        var now = scene.Clock.GetCurrentInstant();
        db.AddRange(coupon, AppliedCoupon.Give(coupon, subscription.CustomerId, now, now.InUtc().Date));
        await db.SaveChangesAsync();
    }

    private static async Task End(Scene scene)
    {
        await using var db = await scene.Open();
        (await db.AppliedCoupons.SingleAsync()).End();
        await db.SaveChangesAsync();
    }

    private static async Task<AppliedCoupon> Coupon(Scene scene)
    {
        await using var db = await scene.Open();
        return await db.AppliedCoupons.AsNoTracking().SingleAsync();
    }

    private static async Task Fill(Scene scene, Subscription subscription, decimal credits)
    {
        await using var db = await scene.Open();
        var now = scene.Clock.GetCurrentInstant();
        var details = new WalletDetails("Prepaid", 1, WalletScope.Everything, TopUpLimits.None);
        var wallet = Wallet.Create(subscription.CustomerId, "prepaid", new CreditRate(1, Usd), details, now);
        wallet.Add(new TopUp(GrantKind.Granted, credits), now);
        db.Add(wallet);
        await db.SaveChangesAsync();
    }

    private static async Task<string> Held(Scene scene)
    {
        await using var db = await scene.Open();
        return (await db.Wallets.AsNoTracking().SingleAsync()).Held.ToString();
    }
}
