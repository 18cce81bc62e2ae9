using System.Text;
using BackOffice.Core.Billing;
using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.CreditNotes;
using BackOffice.Core.Invoices;
using BackOffice.Core.Pricing;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Thresholds;
using BackOffice.Core.Usage;
using BackOffice.Web.Features.Billing;
using BackOffice.Web.Features.Invoices;
using BackOffice.Web.Features.Operations;
using BackOffice.Web.Features.Usage;
using BackOffice.Web.Features.Usage.Files;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Billing;

/// <summary>Usage that passes an agreed sum is billed before the month is over, by the same runs as everything else.</summary>
public sealed class ProgressiveBillingTests
{
    private static readonly Currency Usd = Currency.Of("USD");

    private static readonly UsageMapping Rows = new()
    {
        TimestampColumn = "at",
        TimestampFormat = TimestampFormat.Iso8601,
        SubscriptionColumn = "customer",
        EventName = "call",
        TransactionIdColumn = "id",
        Properties = [new("units", "units", PropertyKind.Number)],
    };

    [Fact]
    public async Task A_night_bills_what_passed_a_sum_and_the_end_of_the_month_takes_it_off()
    {
        await using var scene = await Scene.Create();
        await Subscribe(scene, [200, 500], fee: 31);
        await Import(scene, "a,2023-12-05T10:00:00Z,early,220\n");
        Until(scene, 6);

        var preview = Assert.Single(
            await scene.Ask<PreviewBilling, IReadOnlyList<PreviewItem>>(scene.Clerk, p => p.Run(new(2023, 12, 5))));
        await scene.Bill(new(2023, 12, 5));

        var first = await scene.OnlyInvoice();
        Assert.Equal(
            ("2023-12-01..2023-12-05", "261.80 USD", true), (first.Period.ToString(), first.Total.ToString(), first.IsProgressive));
        Assert.Equal(first.Total, Assert.Single(preview.Invoices).Content.Total);
        await Scene.Refused("Nothing is due", () => scene.Bill(new(2023, 12, 5)));

        await Import(scene, "b,2023-12-08T10:00:00Z,early,300\n");
        Until(scene, 9);
        await scene.Bill(new(2023, 12, 8));
        Until(scene, 32);
        await scene.Bill(new(2023, 12, 31));

        var all = (await scene.Invoices()).OrderBy(i => i.DueAt).ToList();
        Assert.Equal(
            [
                "220.00 USD - 0.00 USD = 261.80 USD", "520.00 USD - 220.00 USD = 357.00 USD", "551.00 USD - 520.00 USD = 36.89 USD",
            ],
            all.Select(i => $"{i.Subtotal} - {i.Discount} = {i.Total}"));
        await Proven(scene);
    }

    [Fact]
    public async Task They_are_issued_in_their_order_so_that_nothing_taken_off_can_change()
    {
        await using var scene = await Scene.Create();
        await Subscribe(scene, [200]);
        await Import(scene, "a,2023-12-05T10:00:00Z,early,220\n");
        Until(scene, 6);
        await scene.Bill(new(2023, 12, 5));
        Until(scene, 32);
        await scene.Bill(new(2023, 12, 31));
        var (early, last) = ((await scene.Invoices()).Single(i => i.IsProgressive), (await scene.Invoices()).Single(i => !i.IsProgressive));

        await scene.Approve(last.Id);
        await Scene.Refused("Issue that one first", () => scene.Issue(last.Id));
        await scene.Approve(early.Id);
        await scene.Issue(early.Id);
        await scene.Issue(last.Id);

        Assert.Equal("0.00 USD", (await scene.Invoices()).Single(i => i.Id == last.Id).Due.ToString());
        await Proven(scene);
    }

    [Fact]
    public async Task An_undone_import_empties_a_draft_and_is_given_back_when_the_invoice_is_issued()
    {
        await using var scene = await Scene.Create();
        await Subscribe(scene, [200]);
        await Import(scene, "a,2023-12-04T10:00:00Z,early,20\n");
        var wrong = await Import(scene, "b,2023-12-05T10:00:00Z,early,220\n");
        Until(scene, 6);
        await scene.Bill(new(2023, 12, 5));

        await Undo(scene, wrong);
        Assert.Empty((await scene.OnlyInvoice()).Lines);

        var again = await Import(scene, "c,2023-12-05T10:00:00Z,early,230\n");
        var draft = await scene.OnlyInvoice();
        await scene.As<RefreshInvoice>(scene.Clerk, refresh => refresh.Run(draft.Id));
        await scene.Approve(draft.Id);
        await scene.Issue(draft.Id);
        Assert.Equal("250.00 USD", (await scene.OnlyInvoice()).Subtotal.ToString());

        await Undo(scene, again);
        Until(scene, 32);
        await scene.Bill(new(2023, 12, 31));

        var last = (await scene.Invoices()).Single(i => !i.IsProgressive);
        Assert.Equal(("20.00 USD", "20.00 USD", "0.00 USD"), (last.Subtotal.ToString(), last.Discount.ToString(), last.Total.ToString()));
        await using var db = await scene.Open();
        var note = await db.CreditNotes.SingleAsync();
        Assert.Equal((CreditNoteStatus.Draft, "273.70 USD", draft.Id), (note.Status, note.Total.ToString(), note.InvoiceId));
        Assert.Contains("was billed early and is less in the end", note.Description, StringComparison.Ordinal);
        await Proven(scene);
    }

    [Fact]
    public async Task What_comes_back_after_the_last_draft_was_made_is_given_back_when_it_is_refreshed()
    {
        await using var scene = await Scene.Create();
        await Subscribe(scene, [200], fee: 100);
        await Import(scene, "a,2023-12-04T10:00:00Z,early,200\n");
        var wrong = await Import(scene, "b,2023-12-05T10:00:00Z,early,50\n");
        Until(scene, 6);
        await scene.Bill(new(2023, 12, 5));
        var early = await scene.OnlyInvoice();
        await scene.Approve(early.Id);
        await scene.Issue(early.Id);
        Until(scene, 32);
        await scene.Bill(new(2023, 12, 31));

        await Undo(scene, wrong);

        var last = (await scene.Invoices()).Single(i => !i.IsProgressive);
        Assert.Equal(("300.00 USD", "200.00 USD", "119.00 USD", "59.50 USD"),
            (last.Subtotal.ToString(), last.Discount.ToString(), last.Total.ToString(), last.Due.ToString()));
        await scene.Approve(last.Id);
        await scene.Issue(last.Id);
        await using var db = await scene.Open();
        Assert.Equal(("59.50 USD", "0.00 USD"), ((await db.CreditNotes.SingleAsync()).Total.ToString(),
            (await db.CreditNotes.SingleAsync()).Balance.ToString()));
        await Proven(scene);
    }

    [Fact]
    public async Task The_database_lets_the_same_crossing_of_a_period_be_billed_once()
    {
        await using var scene = await Scene.Create();
        await Subscribe(scene, [200]);
        await Import(scene, "a,2023-12-05T10:00:00Z,early,220\n");
        Until(scene, 6);
        await scene.Bill(new(2023, 12, 5));
        await using var db = await scene.Open();
        var proof = await db.BilledPeriods.SingleAsync(b => b.Kind == "progressive.1:1");

        Assert.Equal("2023-12-01..2023-12-31", proof.Period.ToString());
        Assert.False(proof.ClosesUsage);
        await Assert.ThrowsAnyAsync<Exception>(() => db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO billed_periods (id, subscription_id, kind, start, "end", generation, closes_usage)
            SELECT '00000000-0000-0000-0000-000000000001', subscription_id, kind, start, "end", generation, closes_usage FROM billed_periods
            """));
    }

    [Fact]
    public async Task A_subscription_that_is_never_billed_early_is_not()
    {
        await using var scene = await Scene.Create();
        await Subscribe(scene, [200], agreed: new TermsOverride { NoEarlyBilling = true });
        await Import(scene, "a,2023-12-05T10:00:00Z,early,220\n");
        Until(scene, 6);

        await Scene.Refused("Nothing is due", () => scene.Bill(new(2023, 12, 5)));
    }

    [Fact]
    public async Task A_line_explains_itself_by_the_events_so_far()
    {
        await using var scene = await Scene.Create();
        await Subscribe(scene, [200]);
        await Import(scene, "a,2023-12-05T10:00:00Z,early,220\nb,2023-12-06T10:00:00Z,early,5\n");
        Until(scene, 7);
        await scene.Bill(new(2023, 12, 5));
        var line = Assert.Single((await scene.OnlyInvoice()).Lines);

        Assert.Equal((220m, 1L), (line.Quantity, line.Events));
        await using var db = await scene.Open();
        var usage = await BilledUsage.Of(db, await scene.OnlyInvoice(), line, TestContext.Current.CancellationToken);
        Assert.Equal(Instant.FromUtc(2023, 12, 5, 23, 0), usage.When.End);
    }

    private static async Task Subscribe(Scene scene, int[] sums, decimal fee = 0, TermsOverride? agreed = null)
    {
        var owner = await scene.Customer("acme", new(2024, 5, 1));
        await using var db = await scene.Open();
        var metric = Metric.Create("calls", "Calls", Aggregation.Sum, "units", "calls");
        var plan = Plan.Create("early", "Early", Usd);
        plan.Edit(Money.Of(fee, Usd), [Charge.Of("Calls", metric.Id, new PerUnitPrice(1))], new PlanSettings
        {
            EarlyBilling = new([.. sums.Select(sum => new UsageThreshold(Money.Of(sum, Usd)))], null),
        });
        plan.Publish(scene.Clock.GetCurrentInstant());
        var zone = Zone.Of("Europe/Berlin");
        var terms = agreed is null ? plan.Terms(1) : plan.Terms(1).With(agreed);
        var life = SubscriptionLife.Start(
            SubscriptionId.New(), "early", zone, BillingTiming.Calendar, terms,
            new LocalDate(2023, 12, 1).AtStartOfDayInZone(zone).ToInstant());
        db.AddRange(metric, plan, Subscription.Start(owner.CustomerId, life));
        await db.SaveChangesAsync();
    }

    /// <summary>Ten in the morning, so many days after the last of November.</summary>
    private static void Until(Scene scene, int day) => scene.Clock.Reset(Instant.FromUtc(2023, 11, 30, 10, 0) + Duration.FromDays(day));

    private static async Task<ImportId> Import(Scene scene, string rows)
    {
        if (scene.Clock.GetCurrentInstant() < Instant.FromUtc(2023, 12, 9, 0, 0))
        {
            scene.Clock.Reset(Instant.FromUtc(2023, 12, 9, 0, 0)); // Usage of the future is refused.
        }

        using var content = new MemoryStream(Encoding.UTF8.GetBytes("id,at,customer,units\n" + rows));
        var id = await scene.Ask<ReceiveUpload, ImportId>(scene.Clerk, receive => receive.Run("usage.csv", content));
        await scene.As<ImportUsage>(scene.Clerk, import => import.Run(id, Rows, ImportMode.AllOrNothing));
        return id;
    }

    private static Task Undo(Scene scene, ImportId id) => scene.As<UndoImport>(scene.Clerk, undo => undo.Run(id, "The wrong file."));

    private static async Task Proven(Scene scene) => Assert.Empty(
        (await scene.Ask<Verify, IReadOnlyList<Check>>(scene.Approver, verify => verify.Run())).SelectMany(check => check.Problems));
}
