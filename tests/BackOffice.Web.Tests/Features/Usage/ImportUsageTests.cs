using BackOffice.Core.Invoices;
using BackOffice.Core.Usage;
using BackOffice.Data.Providers;
using BackOffice.Data.Usage;
using BackOffice.Web.Features.Usage;
using BackOffice.Web.Features.Usage.Files;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Usage;

public sealed class ImportUsageTests(PostgresServer server)
{
    private const string Head = "id,at,customer,calls\n";

    [Theory, ClassData<BothDatabases>]
    public async Task The_real_trace_is_stored_once_however_often_it_comes(DatabaseProvider provider)
    {
        await using var office = await UsageOffice.Open(provider, server);
        var trace = await File.ReadAllBytesAsync(UsageFiles.TracePath);

        var first = await office.Import.Run(await office.Upload(trace), UsageFiles.Trace, ImportMode.AllOrNothing);
        var second = await office.Import.Run(await office.Upload(trace, "again.csv"), UsageFiles.Trace, ImportMode.AllOrNothing);

        Assert.Equal((ImportStatus.Imported, ImportStatus.Imported), (first.Status, second.Status));
        Assert.Equal((8_819, 8_819, 0, 0, 0), Counts(first));
        Assert.Equal((8_819, 0, 8_819, 0, 0), Counts(second));
        Assert.Equal((18_059_974m, 245_896m), (first.Report!.Totals["input_tokens"], first.Report.Totals["output_tokens"]));
        Assert.Equal(first.Report.Totals, second.Report!.Totals);
        Assert.Equal(Instant.FromUtc(2023, 11, 16, 18, 17, 3).PlusNanoseconds(979_960_000), first.Report.First);
        Assert.Equal(8_819, await office.StoredEvents());
        Assert.Equal("All 8,819 rows were stored.", ImportWords.Summary(first.Status, first.Report));
        Assert.Equal(
            "Nothing new: all 8,819 rows were stored before with the same content. Nothing is billed twice.",
            ImportWords.Summary(second.Status, second.Report));
    }

    [Theory]
    [InlineData("a,2026-01-02,SUB-1,1\nb,2026-01-02,SUB-1,1x\n", "3 calls number_malformed", "a bad number")]
    [InlineData("a,2026-01-02,SUB-1,1\nb,2026-13-02,SUB-1,1\n", "3 at timestamp_impossible", "a bad date")]
    [InlineData("a,2026-01-02,SUB-1,1\nb,2026-01-02,SUB-2,1\n", "3 customer unknown_subscription", "a code nobody has")]
    [InlineData("a,2026-01-02,SUB-1,1\nb,2026-01-02,sub-1,1\n", "3 customer unknown_subscription", "codes are exact")]
    [InlineData("a,2026-01-02,SUB-1,1\nb,2023-10-31T22:59:59Z,SUB-1,1\n", "3 at outside_subscription", "the evening before, in Berlin")]
    [InlineData("a,2026-01-02,SUB-1,1\na,2026-01-02,SUB-1,2\n", "3 id conflict", "one id, two contents, in one file")]
    public async Task One_bad_row_and_nothing_is_stored(string rows, string problems, string why)
    {
        await using var office = await UsageOffice.Open();
        var import = await office.ImportText(Head + rows);
        Assert.True((ImportStatus.Refused, 0) == (import.Status, await office.StoredEvents()), why);
        Assert.Equal(problems, await office.Problems(import.Id));
        Assert.Equal((2, 0, 0, 1, 0), Counts(import));
    }

    [Fact]
    public async Task The_first_moment_of_the_first_day_belongs_to_the_subscription()
    {
        await using var office = await UsageOffice.Open();
        var import = await office.ImportText(Head + "a,2023-10-31T23:00:00Z,SUB-1,1\n");
        Assert.Equal(ImportStatus.Imported, import.Status);
    }

    [Fact]
    public async Task Usage_after_the_last_day_is_outside()
    {
        await using var office = await UsageOffice.Open();
        await using (var db = office.Db())
        {
            (await db.Subscriptions.SingleAsync()).End(new LocalDate(2026, 1, 31), null);
            await db.SaveChangesAsync();
        }

        var import = await office.ImportText(
            Head + "a,2026-01-31T22:59:59Z,SUB-1,1\nb,2026-01-31T23:00:00Z,SUB-1,1\n", ImportMode.GoodRowsOnly);
        Assert.Equal((2, 1, 0, 1, 0), Counts(import));
        Assert.Equal("3 at outside_subscription", await office.Problems(import.Id));
    }

    [Theory]
    [InlineData("id,time,customer,calls\na,2026-01-02,SUB-1,1\n", "file - missing_column", "the column was renamed")]
    [InlineData("id;at;customer;calls\na;2026-01-02;SUB-1;1\n", "file - wrong_delimiter", "another delimiter")]
    [InlineData("id,at,customer,calls\n", "file - header_only", "no rows")]
    public async Task A_file_of_another_shape_is_one_problem(string text, string problems, string why)
    {
        await using var office = await UsageOffice.Open();
        var import = await office.ImportText(text, ImportMode.GoodRowsOnly);
        Assert.True((ImportStatus.Refused, 0) == (import.Status, await office.StoredEvents()), why);
        Assert.Equal(problems, await office.Problems(import.Id));
    }

    [Fact]
    public async Task Good_rows_only_stores_the_rest_and_lists_the_others()
    {
        await using var office = await UsageOffice.Open();
        var import = await office.ImportText(
            Head + "a,2026-01-02,SUB-1,1.50\nb,2026-01-02,SUB-1,x\nc,2026-01-02,SUB-1,2\nc,2026-01-02,SUB-1,2\n", ImportMode.GoodRowsOnly);
        Assert.Equal((ImportStatus.ImportedWithRejects, 3.5m + 2), (import.Status, import.Report!.Totals["calls"]));
        Assert.Equal((4, 2, 1, 1, 0), Counts(import));
        Assert.Equal(2, await office.StoredEvents());
    }

    [Fact]
    public async Task Numbers_are_compared_by_value()
    {
        await using var office = await UsageOffice.Open();
        await office.ImportText(Head + "a,2026-01-02,SUB-1,1.5\n");
        var again = await office.ImportText(Head + "a,2026-01-02T00:00:00Z,SUB-1,1.500\n");
        Assert.Equal((1, 0, 1, 0, 0), Counts(again));
    }

    [Fact]
    public async Task The_same_id_with_other_content_is_a_conflict_and_the_first_stays()
    {
        await using var office = await UsageOffice.Open();
        await office.ImportText(Head + "a,2026-01-02,SUB-1,1\n");
        var import = await office.ImportText(Head + "a,2026-01-02,SUB-1,2\nb,2026-01-02,SUB-1,3\n", ImportMode.GoodRowsOnly);
        Assert.Equal((2, 1, 0, 1, 0), Counts(import));
        Assert.Equal("2 id conflict", await office.Problems(import.Id));
        await using var db = office.Db();
        Assert.Equal("""{"calls":1}""", (await db.Usage(new EventQuery()).SingleAsync(e => e.TransactionId == "a")).Properties);
    }

    [Theory, ClassData<BothDatabases>]
    public async Task Usage_of_a_closed_period_is_stored_as_late(DatabaseProvider provider)
    {
        await using var office = await UsageOffice.Open(provider, server);
        await office.Bill(2023, 11, InvoiceStatus.Issued);
        await office.Bill(2023, 12, status: null);
        await office.Bill(2024, 1, InvoiceStatus.NeedsApproval);

        var import = await office.ImportText(Head
            + "a,2023-11-30T22:59:59Z,SUB-1,1\nb,2023-11-30T23:00:00Z,SUB-1,1\nc,2024-01-05,SUB-1,1\nd,2024-02-05,SUB-1,1\n");
        Assert.Equal((4, 4, 0, 0, 2), Counts(import));
        await using var db = office.Db();
        Assert.Equal(["a", "b"], await db.Usage(new EventQuery(Late: true)).Select(e => e.TransactionId).ToListAsync());
    }

    [Fact]
    public async Task A_refused_import_can_be_tried_again_with_another_mapping()
    {
        await using var office = await UsageOffice.Open();
        var id = await office.Upload("id,at,customer,n\na,2026-01-02,SUB-1,1\n");
        Assert.Equal(ImportStatus.Refused, (await office.Import.Run(id, UsageFiles.Calls, ImportMode.AllOrNothing)).Status);
        var mapping = UsageFiles.Calls with { Properties = [new("n", "calls", PropertyKind.Number)] };
        Assert.Equal(ImportStatus.Imported, (await office.Import.Run(id, mapping, ImportMode.AllOrNothing)).Status);
        Assert.Equal("", await office.Problems(id));
    }

    [Fact]
    public async Task What_is_done_is_not_done_again()
    {
        await using var office = await UsageOffice.Open();
        var import = await office.ImportText(Head + "a,2026-01-02,SUB-1,1\n");
        var refusal = await Assert.ThrowsAsync<Core.Common.RuleBroken>(
            () => office.Import.Run(import.Id, UsageFiles.Calls, ImportMode.AllOrNothing));
        Assert.StartsWith("Import 1 is done already.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_event_name_is_a_bad_row_and_no_crash()
    {
        await using var office = await UsageOffice.Open();
        var mapping = UsageFiles.Calls with { EventName = null, EventNameColumn = "id", TransactionIdColumn = null };
        var import = await office.ImportText(Head + new string('x', 101) + ",2026-01-02,SUB-1,1\n", mapping: mapping);
        Assert.Equal("2 id value_too_long", await office.Problems(import.Id));
    }

    [Fact]
    public async Task A_total_beyond_28_digits_refuses_the_file()
    {
        await using var office = await UsageOffice.Open();
        var nines = new string('9', 28);
        var import = await office.ImportText(
            $"{Head}a,2026-01-02,SUB-1,{nines}\nb,2026-01-02,SUB-1,0.{nines}\n", ImportMode.GoodRowsOnly);
        Assert.Equal(ImportStatus.Refused, import.Status);
        Assert.Equal("file - total_out_of_range", await office.Problems(import.Id));
    }

    [Fact]
    public async Task Problems_are_counted_all_and_listed_up_to_a_thousand()
    {
        await using var office = await UsageOffice.Open();
        var import = await office.ImportText(Head + string.Concat(Enumerable.Range(0, 1_200).Select(i => $"{i},2026-01-02,SUB-1,x\n")));
        await using var db = office.Db();
        Assert.Equal((1_200, 1_000), (import.Report!.Rejected, await db.ImportProblems.CountAsync()));
    }

    private static (long Rows, long Accepted, long Duplicates, long Rejected, long Late) Counts(Import import) => import.Report is { } r
        ? (r.Rows, r.Accepted, r.Duplicates, r.Rejected, r.Late)
        : default;
}
