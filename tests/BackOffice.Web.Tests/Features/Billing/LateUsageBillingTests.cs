using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Core.Pricing;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;
using BackOffice.Data.Usage;
using BackOffice.Web.Features.Billing;
using BackOffice.Web.Features.Invoices;
using BackOffice.Web.Features.Operations;
using BackOffice.Web.Features.Usage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Billing;

/// <summary>Usage of November that comes after November's invoice was issued, at 1.00 a unit and 0.50 beyond 100.</summary>
public sealed class LateUsageBillingTests
{
    private static readonly Instant MidNovember = Instant.FromUtc(2023, 11, 15, 12, 0);
    private static readonly LocalDate December = new(2023, 12, 31);
    private static readonly LocalDate January = new(2024, 1, 31);

    [Fact]
    public async Task The_next_invoice_bills_what_late_usage_changes_as_the_preview_said()
    {
        await using var scene = await Scene.Create();
        var subscription = await IssuedNovember(scene);
        await scene.Use(subscription, MidNovember, 30, late: true);

        In(scene, 2024, 1);
        var preview = Assert.Single(await scene.Ask<PreviewBilling, IReadOnlyList<PreviewItem>>(scene.Clerk, p => p.Run(December)));
        await scene.Bill(December);

        var draft = (await scene.Invoices())[^1];
        Assert.Equal(["Base fee 10.00 USD", "Input: late usage 20.00 USD"], draft.Lines.Select(l => $"{l.Name} {l.Amount}"));
        Assert.Equal(draft.Total, Assert.Single(preview.Invoices).Content.Total);
        await Issue(scene, draft);
        await Proven(scene);
    }

    [Fact]
    public async Task Each_late_event_is_on_one_adjustment_and_the_explanation_shows_which()
    {
        await using var scene = await Scene.Create();
        var subscription = await IssuedNovember(scene);
        await scene.Use(subscription, MidNovember, 30, late: true);
        In(scene, 2024, 1);
        await scene.Bill(December);
        var december = (await scene.Invoices())[^1];
        await scene.Use(subscription, MidNovember, 4, late: true); // Joins the draft that adjusts November already.
        await Scene.Refused("Refresh it", () => scene.Approve(december.Id));
        await scene.As<RefreshInvoice>(scene.Clerk, refresh => refresh.Run(december.Id));
        await Issue(scene, december);
        await scene.Use(subscription, MidNovember, 6, late: true);
        In(scene, 2024, 2);
        await scene.Bill(January);
        var january = (await scene.Invoices())[^1];
        await Issue(scene, january);

        In(scene, 2024, 3);
        await scene.Bill(new LocalDate(2024, 2, 29));

        Assert.Equal(
            ["22.00 USD 34", "3.00 USD 6"],
            (await scene.Invoices()).SelectMany(i => i.Lines).Where(l => l.Name.EndsWith("late usage", StringComparison.Ordinal))
                .Select(l => $"{l.Amount} {l.Quantity:0.##}"));
        Assert.Equal([30m, 4m], await ShownEvents(scene, december.Id));
        Assert.Equal([6m], await ShownEvents(scene, january.Id));
        await Proven(scene);
    }

    [Fact]
    public async Task A_plan_that_only_lists_late_usage_bills_none_of_it()
    {
        await using var scene = await Scene.Create();
        var subscription = await IssuedNovember(scene, new PlanSettings { LateUsage = LateUsageRule.ListOnly });
        await scene.Use(subscription, MidNovember, 30, late: true);

        In(scene, 2024, 1);
        await scene.Bill(December);

        Assert.Equal("10.00 USD", (await scene.Invoices())[^1].Subtotal.ToString());
        await Proven(scene);
    }

    [Fact]
    public async Task A_voided_period_is_billed_again_with_its_late_usage()
    {
        await using var scene = await Scene.Create();
        var subscription = await IssuedNovember(scene);
        await scene.Use(subscription, MidNovember, 30, late: true);
        var november = (await scene.Invoices())[0].Id;

        await scene.As<VoidInvoice>(scene.Approver, voids => voids.Run(november, "Wrong address", billAgain: true));
        await scene.Bill();
        var again = (await scene.Invoices()).Single(i => i.Id != november);
        await Issue(scene, again);
        await scene.Use(subscription, MidNovember, 4, late: true);
        In(scene, 2024, 1);
        await scene.Bill(December);

        var december = (await scene.Invoices())[^1];
        Assert.Equal(("120.00 USD", "2.00 USD"), (again.Subtotal.ToString(), december.Lines[^1].Amount.ToString()));
        await Issue(scene, december);
        await Proven(scene);
    }

    [Fact]
    public async Task An_invoice_whose_usage_was_adjusted_is_voided_after_the_adjustment()
    {
        await using var scene = await Scene.Create();
        var subscription = await IssuedNovember(scene);
        await scene.Use(subscription, MidNovember, 30, late: true);
        In(scene, 2024, 1);
        await scene.Bill(December);
        var (november, december) = ((await scene.Invoices())[0], (await scene.Invoices())[^1]);
        Task Void(Invoice invoice) => scene.As<VoidInvoice>(scene.Approver, v => v.Run(invoice.Id, "Wrong address", billAgain: true));

        await Scene.Refused("is billed again on a draft", () => Void(november));
        await Issue(scene, december);
        await Scene.Refused("is billed again on INV-2024-000001", () => Void(november));
        await Void(december);
        await Void(november);
        await scene.Bill(December);

        var open = (await scene.Invoices()).Where(i => i.Number is null).OrderBy(i => i.PeriodStart).ToList();
        Assert.Equal(["120.00 USD", "10.00 USD"], open.Select(i => i.Subtotal.ToString()));
        foreach (var invoice in open)
        {
            await Issue(scene, invoice);
        }

        await Proven(scene);
    }

    [Fact]
    public async Task Seats_that_come_late_count_in_every_month_they_were_there()
    {
        await using var scene = await Scene.Create();
        var seats = Metric.Create("seats", "Seats", Aggregation.Sum, "input_tokens", "seats", null, new Measuring { Recurring = true });
        var subscription = await scene.CustomerOf(seats, ChargeSettings.Plain, new LocalDate(2023, 10, 1));
        await scene.Use(subscription, Instant.FromUtc(2023, 10, 5, 12, 0), 3);
        await scene.Bill();
        foreach (var invoice in await scene.Invoices())
        {
            await Issue(scene, invoice);
        }

        await scene.Use(subscription, Instant.FromUtc(2023, 10, 20, 12, 0), 2, late: true);
        In(scene, 2024, 1);
        await scene.Bill(December);

        var december = (await scene.Invoices())[^1];
        Assert.Equal(
            ["Seats 5.00 USD", "Seats: late usage 2.00 USD", "Seats: late usage 2.00 USD"],
            december.Lines.Select(l => $"{l.Name} {l.Amount}"));
        await Issue(scene, december);
        await Proven(scene);
    }

    [Fact]
    public async Task Late_usage_of_a_subscription_that_is_over_gets_an_invoice_of_its_own()
    {
        await using var scene = await Scene.Create();
        var subscription = await IssuedNovember(scene);
        await using (var db = await scene.Open())
        {
            (await db.Subscriptions.SingleAsync(s => s.Id == subscription.Id)).End(new LocalDate(2023, 11, 30), null);
            await db.SaveChangesAsync();
        }

        await scene.Use(subscription, MidNovember, 30, late: true);
        await scene.Bill();
        var last = (await scene.Invoices())[^1];
        await Issue(scene, last);

        Assert.Equal("20.00 USD", last.Subtotal.ToString());
        await scene.Bill(); // Asks, and finds nothing more.
        Assert.Equal(2, (await scene.Invoices()).Count);
        await Proven(scene);
    }

    [Fact]
    public async Task What_was_corrected_after_it_was_billed_is_made_good_on_the_next_invoice_once()
    {
        await using var scene = await Scene.Create();
        await IssuedNovember(scene);
        await Correct(scene, "t1", 85);
        In(scene, 2024, 1);
        await scene.Bill(December);
        var december = (await scene.Invoices())[^1];
        await Issue(scene, december);
        await Correct(scene, "t1", 88);
        In(scene, 2024, 2);
        await scene.Bill(January);
        var january = (await scene.Invoices())[^1];
        await Issue(scene, january);
        In(scene, 2024, 3);
        await scene.Bill(new LocalDate(2024, 2, 29));

        Assert.Equal(
            ["-5.00 USD -5", "3.00 USD 3"],
            (await scene.Invoices()).SelectMany(i => i.Lines).Where(l => l.Name.EndsWith("late usage", StringComparison.Ordinal))
                .Select(l => $"{l.Amount} {l.Quantity:0.##}"));
        var explained = await scene.Ask<ExplainQueries, LineExplained?>(
            scene.Clerk, lines => lines.Explain(december.Id, december.Lines[^1].Position));
        Assert.Equal(
            (90m, "Billed before, taken off now: input_tokens 90 became 85. Miscounted."),
            explained!.Usage!.Corrected.Select(gone => (gone.Event.Value!.Value, gone.Reason)).Single());
        await Proven(scene);
    }

    [Fact]
    public async Task A_void_that_would_make_an_invoice_negative_waits_for_one_that_can_take_it_off()
    {
        await using var scene = await Scene.Create();
        var subscription = await IssuedNovember(scene);
        await Correct(scene, "t1", null);
        In(scene, 2024, 1);
        await scene.Bill(December);
        var december = (await scene.Invoices())[^1];
        await Issue(scene, december);
        await scene.Use(subscription, Instant.FromUtc(2024, 1, 10, 0, 0), 100);
        In(scene, 2024, 2);
        await scene.Bill(January);

        var january = (await scene.Invoices())[^1];
        Assert.Equal(("10.00 USD", "20.00 USD"), (december.Subtotal.ToString(), january.Subtotal.ToString()));
        await Issue(scene, january);
        await Proven(scene);
    }

    private static async Task Correct(Scene scene, string transaction, decimal? tokens)
    {
        await using var db = await scene.Open();
        var wrong = await db.Usage(new EventQuery()).SingleAsync(e => e.TransactionId == transaction);
        var right = tokens is { } number ? new Dictionary<string, decimal> { ["input_tokens"] = number } : null;
        await scene.As<CorrectEvent>(scene.Clerk, correct => correct.Run(wrong.Id, right, "Miscounted."));
    }

    private static async Task<Subscription> IssuedNovember(Scene scene, PlanSettings? settings = null)
    {
        Plan plan;
        await using (var db = await scene.Open())
        {
            var usd = Currency.Of("USD");
            var input = await db.Metrics.SingleAsync(m => m.Code == "input");
            plan = Plan.Create("tiers", "Tiers", usd);
            var price = new GraduatedPrice([new(100, 1m), new(null, 0.5m)]);
            plan.Edit(Money.Of(10, usd), [Charge.Of("Input", input.Id, price)], settings ?? PlanSettings.Plain);
            plan.Publish(scene.Clock.GetCurrentInstant());
            db.Add(plan);
            await db.SaveChangesAsync();
        }

        var subscription = await scene.Customer("late", new LocalDate(2023, 11, 1), plan: plan);
        await scene.Use(subscription, MidNovember, 90);
        await scene.Bill();
        await Issue(scene, await scene.OnlyInvoice());
        return subscription;
    }

    private static async Task Issue(Scene scene, Invoice invoice)
    {
        await scene.Approve(invoice.Id);
        await scene.Issue(invoice.Id);
    }

    private static void In(Scene scene, int year, int month) => scene.Clock.Reset(Instant.FromUtc(year, month, 1, 10, 0));

    private static async Task<IReadOnlyList<decimal>> ShownEvents(Scene scene, InvoiceId invoice)
    {
        var position = (await scene.Invoices()).Single(i => i.Id == invoice).Lines
            .Single(l => l.Name.EndsWith("late usage", StringComparison.Ordinal)).Position;
        var explained = await scene.Ask<ExplainQueries, LineExplained?>(scene.Clerk, lines => lines.Explain(invoice, position));
        Assert.True(explained!.Usage!.IsLate);
        return [.. explained.Usage.Page.Rows.Select(row => row.Value!.Value)];
    }

    private static async Task Proven(Scene scene)
    {
        var checks = await scene.Ask<Verify, IReadOnlyList<Check>>(scene.Approver, verify => verify.Run());
        Assert.Empty(checks.Where(check => !check.Name.StartsWith("Imports", StringComparison.Ordinal))
            .SelectMany(check => check.Problems));
    }
}
