using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Core.Usage;
using BackOffice.Data.Identity;
using BackOffice.Data.Providers;
using BackOffice.Data.Usage;
using BackOffice.Web.Features.Operations;
using BackOffice.Web.Features.Usage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Usage;

/// <summary>One event is voided, or another one counts in its place; nothing that was stored or billed ever changes.</summary>
public sealed class CorrectEventTests(PostgresServer server)
{
    private const string Head = "id,at,customer,calls\n";
    private static readonly Interval Always = new(Instant.FromUtc(2000, 1, 1, 0, 0), Instant.FromUtc(2030, 1, 1, 0, 0));

    [Theory, ClassData<BothDatabases>]
    public async Task Right_numbers_count_in_the_place_of_wrong_ones_and_a_voided_event_does_not_count(DatabaseProvider provider)
    {
        await using var office = await UsageOffice.Open(provider, server);
        await office.ImportText(Head + "a,2026-01-02,SUB-1,100\nb,2026-01-03,SUB-1,5\nc,2026-01-04,SUB-1,3\n");
        Assert.Equal(("108", "100", "3"), await Measured(office));

        await office.Correct.Run(await Id(office, "a"), Calls(1), "Ten times too much.");
        Assert.Equal(("9", "5", "3"), await Measured(office));
        await office.Correct.Run(await Id(office, "c"), null, "A test of the sender.");
        Assert.Equal(("6", "5", "5"), await Measured(office));
        await office.Correct.Run(await Id(office, "a"), Calls(7), "Still wrong.");
        Assert.Equal(("12", "7", "5"), await Measured(office));

        var rows = (await office.Events.List(new EventFilter())).Rows;
        Assert.Equal([("a", "7", 1L, 2L), ("b", "5", 1L, 3L)],
            rows.Select(row => (row.TransactionId, row.Properties["calls"], row.ImportNumber, row.Line)));
        Assert.Equal("calls 1 became 7", rows[0].Correction!.Change);
        var gone = (await office.Events.List(new EventFilter(State: EventState.Corrected))).Rows;
        Assert.Equal(["calls 1 became 7", "voided", "calls 100 became 1"], gone.Select(row => row.Correction!.Change));
        await NothingIsWrong(office);
    }

    [Theory, ClassData<BothDatabases>]
    public async Task Who_sends_a_corrected_event_once_more_does_not_bring_it_back(DatabaseProvider provider)
    {
        await using var office = await UsageOffice.Open(provider, server);
        const string File = Head + "a,2026-01-02,SUB-1,100\nb,2026-01-03,SUB-1,5\n";
        await office.ImportText(File);
        await office.Correct.Run(await Id(office, "a"), Calls(1), "Test.");
        await office.Correct.Run(await Id(office, "b"), null, "Test.");

        Assert.Equal((0, 2), Outcome(await office.ImportText(File)));
        Assert.Equal((0, 1), Outcome(await office.ImportText(Head + "a,2026-01-02,SUB-1,1\n")));
        var other = await office.ImportText(Head + "a,2026-01-02,SUB-1,2\n", ImportMode.GoodRowsOnly);
        Assert.Equal((0, 1), (other.Report!.Accepted, other.Report.Rejected));
        Assert.Equal((1, 0), Outcome(await office.ImportText(Head + "b,2026-01-03,SUB-1,6\n")));
        Assert.Equal(("7", "6", "6"), await Measured(office));
        await NothingIsWrong(office);
    }

    [Theory, ClassData<BothDatabases>]
    public async Task What_is_on_an_issued_invoice_stays_billed_and_waits_on_the_late_list(DatabaseProvider provider)
    {
        await using var office = await UsageOffice.Open(provider, server);
        await office.ImportText(Head + "a,2023-12-03,SUB-1,7\nb,2023-12-04,SUB-1,2\n");
        await office.Bill(2023, 12, InvoiceStatus.Issued);

        await office.Correct.Run(await Id(office, "a"), Calls(3), "Wrong unit.");
        await office.Correct.Run(await Id(office, "b"), null, "Never happened.");

        await using var db = office.Db();
        Assert.Equal(9, await Sum(db.Usage(EventQuery.In(office.Subscription.Id, Always) with { Late = false })));
        Assert.Equal(3, await Sum(db.Usage(EventQuery.In(office.Subscription.Id, Always))));
        Assert.Equal(3, await Sum(db.Usage(EventQuery.In(office.Subscription.Id, Always) with { Late = true })));
        Assert.Equal(["calls 7 became 3", "voided"],
            (await db.CorrectedAfter(office.Subscription.Id, Always, await db.LastEvent(default) - 2)).Select(c => c.Correction.Change));
        Assert.Equal("9", (await Measured(office)).Sum);

        await office.Correct.Run(await Id(office, "a"), null, "It is late, and it is wrong, too.");
        Assert.Empty(await db.Usage(EventQuery.In(office.Subscription.Id, Always)).ToListAsync());
        Assert.Equal("9", (await Measured(office)).Sum);
        await NothingIsWrong(office);
    }

    [Theory, ClassData<BothDatabases>]
    public async Task An_import_takes_what_counts_in_the_place_of_its_events_with_it(DatabaseProvider provider)
    {
        await using var office = await UsageOffice.Open(provider, server);
        await office.ImportText(Head + "k,2023-12-02,SUB-1,50\n");
        var import = await office.ImportText(Head + "a,2023-12-03,SUB-1,7\nb,2023-12-04,SUB-1,2\n");
        await office.Correct.Run(await Id(office, "a"), Calls(3), "Wrong unit.");
        await office.Correct.Run(await Id(office, "b"), null, "Void.");
        await office.Bill(2023, 12, InvoiceStatus.NeedsApproval);
        await office.Undo.Run(import.Id, "All of it is wrong.");
        Assert.Equal(("50", "50", "50"), await Measured(office));
        Assert.Equal((2, 0), Outcome(await office.ImportText(Head + "a,2023-12-03,SUB-1,7\nb,2023-12-04,SUB-1,2\n")));
        Assert.Equal("59", (await Measured(office)).Sum);
        await NothingIsWrong(office);
    }

    [Fact]
    public async Task An_import_is_not_undone_when_what_counts_in_the_place_of_its_events_is_billed()
    {
        await using var office = await UsageOffice.Open();
        var import = await office.ImportText(Head + "a,2023-12-03,SUB-1,7\n");
        await office.Correct.Run(await Id(office, "a"), Calls(3), "Wrong unit.");
        await office.Bill(2023, 12, InvoiceStatus.Issued);
        var refusal = await Assert.ThrowsAsync<RuleBroken>(() => office.Undo.Run(import.Id, "Test."));
        Assert.StartsWith("Import 1 cannot be undone: 1 event of SUB-1 stand", refusal.Message, StringComparison.Ordinal);
    }

    [Theory, ClassData<BothDatabases>]
    public async Task An_invoice_that_waits_is_computed_again_and_the_audit_trail_says_why(DatabaseProvider provider)
    {
        await using var office = await UsageOffice.Open(provider, server);
        await office.SignIn(Roles.Clerk);
        await office.ImportText(Head + "a,2023-12-03,SUB-1,7\n");
        await office.Bill(2023, 12, InvoiceStatus.NeedsApproval);
        await office.Correct.Run(await Id(office, "a"), Calls(3), " Wrong unit. ");
        await using var db = office.Db();
        Assert.Equal("3.00 EUR", $"{(await db.Invoices.SingleAsync()).Total}");
        var entry = await db.Audit.SingleAsync(a => a.Action == "Corrected");
        Assert.Equal(("Ana", "Event a of SUB-1, 2023-12-03 00:00:00 UTC: calls 7 became 3. Wrong unit."), (entry.Actor.Name, entry.Detail));
    }

    [Theory, ClassData<BothDatabases>]
    public async Task A_record_that_a_crash_left_behind_follows_the_events(DatabaseProvider provider)
    {
        await using var office = await UsageOffice.Open(provider, server);
        await office.ImportText(Head + "a,2023-12-03,SUB-1,7\n");
        await office.Bill(2023, 12, InvoiceStatus.NeedsApproval);
        await using var db = office.Db();
        await using (var writer = await db.Writer(ImportId.New()))
        {
            var wrong = (await db.FindEvent(await Id(office, "a")))!;
            var right = EventCorrection.Of(wrong.Numbers, Calls(3), new Person(null, "Ana"), UsageFiles.Now, "Test.");
            await writer.Settle(default);
            await writer.Correct(wrong, right.Correction, right.Numbers, false, (_, _) => 0, default);
            await writer.Commit("", default); // And dies before anything of it is in the main database.
        }

        await CorrectEvent.Recover(db, default);
        await CorrectEvent.Recover(db, default);
        db.ChangeTracker.Clear();
        Assert.Equal("3.00 EUR", $"{(await db.Invoices.SingleAsync()).Total}");
        Assert.Equal(1, await db.Audit.CountAsync(a => a.Action == "Corrected"));
    }

    [Fact]
    public async Task A_correction_is_refused_without_a_reason_an_event_or_a_change()
    {
        await using var office = await UsageOffice.Open();
        await office.ImportText(Head + "a,2026-01-02,SUB-1,7\n");
        var id = await Id(office, "a");
        Assert.Equal("Nothing would change: these are the numbers the event has.", await Refusal(id, Calls(7), "Test."));
        Assert.StartsWith("The event has no number “x”.",
            await Refusal(id, new Dictionary<string, decimal> { ["x"] = 1 }, "Test."), StringComparison.Ordinal);
        Assert.NotNull(await Refusal(id, null, " "));
        await office.Correct.Run(id, null, "Test.");
        Assert.StartsWith("There is no such event, or it counts no more", await Refusal(id, null, "Test."), StringComparison.Ordinal);

        async Task<string> Refusal(long e, IReadOnlyDictionary<string, decimal>? numbers, string reason) =>
            (await Assert.ThrowsAsync<RuleBroken>(() => office.Correct.Run(e, numbers, reason))).Message;
    }

    [Theory]
    [InlineData(Roles.Viewer, false)]
    [InlineData(Roles.Clerk, true)]
    [InlineData(Roles.Approver, true)]
    [InlineData(Roles.Admin, false)]
    public async Task Who_may_import_may_correct(string role, bool may)
    {
        await using var office = await UsageOffice.Open();
        await office.ImportText(Head + "a,2026-01-02,SUB-1,7\n");
        var id = await Id(office, "a");
        await office.SignIn(role);
        Assert.Equal(may, await Record.ExceptionAsync(() => office.Correct.Run(id, null, "Test.")) is null);
    }

    private static (long Accepted, long Duplicates) Outcome(Import import) => (import.Report!.Accepted, import.Report.Duplicates);

    private static Dictionary<string, decimal> Calls(decimal calls) => new() { ["calls"] = calls };

    private static async Task<long> Id(UsageOffice office, string transaction) =>
        (await office.Events.List(new EventFilter())).Rows.Single(row => row.TransactionId == transaction).Id;

    private static async Task<decimal> Sum(IAsyncEnumerable<StoredEvent> events) => await events.Select(e => e.Numbers["calls"]).SumAsync();

    // What was added up says the same as the events, each time.
    private static async Task<(string Sum, string Max, string Latest)> Measured(UsageOffice office)
    {
        Metric[] metrics =
        [
            Metric.Create("s", "S", Aggregation.Sum, "calls", "calls"), Metric.Create("m", "M", Aggregation.Max, "calls", "calls"),
            Metric.Create("l", "L", Aggregation.Latest, "calls", "calls"),
        ];
        await using var db = office.Db();
        var rollups = (await db.FromRollups([office.Subscription.Id], Always, metrics, default))
            .ToDictionary(r => r.Metric, r => r.Measured);
        var events = await db.FromEvents(office.Subscription.Id, Always, metrics, default);
        Assert.Equal(events.Values.Select(m => m.Quantity), metrics.Select(m => rollups[m.Id].Quantity));
        return (Of(0), Of(1), Of(2));

        string Of(int metric) => $"{rollups[metrics[metric].Id].Quantity:0.####}";
    }

    private static async Task NothingIsWrong(UsageOffice office)
    {
        await using var db = office.Db();
        Assert.Empty((await db.CheckRollups(default)).Problems);
        var checks = await new Verify(office.Dbs, office.Gate).Run();
        string[] ofUsage =
        [
            "Imports stored what they report", "Usage adds up to what was added up when it was stored", "Every period is billed once",
        ];
        Assert.Equal(ofUsage.Length, checks.Count(check => ofUsage.Contains(check.Name)));
        Assert.Empty(checks.Where(check => ofUsage.Contains(check.Name)).SelectMany(check => check.Problems));
    }
}
