using BackOffice.Core.Invoices;
using BackOffice.Core.Usage;
using BackOffice.Data.Providers;
using BackOffice.Data.Usage;
using BackOffice.Web.Features.Usage;
using BackOffice.Web.Features.Usage.Files;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Usage;

public sealed class UsageQueriesTests(PostgresServer server)
{
    private const string Head = "id,at,customer,calls\n";

    [Fact]
    public async Task Imports_are_listed_newest_first_with_their_reports()
    {
        await using var office = await UsageOffice.Open();
        await office.ImportText(Head + "a,2026-01-02,SUB-1,1\n");
        var waiting = await office.Upload("x", "second.csv");
        var list = await office.Usage.Imports();
        Assert.Equal([(2L, "second.csv"), (1L, "usage.csv")], list.Rows.Select(row => (row.Number, row.FileName)));
        Assert.Equal((null, "Europe/Berlin"), (list.Older, list.Zone.Id));
        Assert.Equal((null, 1L), (list.Rows[0].Report, list.Rows[1].Report!.Accepted));
        Assert.Equal(1, Assert.Single((await office.Usage.Imports(before: 2)).Rows).Number);
        Assert.Equal(ImportStatus.Uploaded, (await office.Usage.View(waiting))!.Import.Status);
        Assert.Null(await office.Usage.View(ImportId.New()));
    }

    [Fact]
    public async Task Events_are_found_by_subscription_day_import_and_lateness()
    {
        await using var office = await UsageOffice.Open();
        await office.Bill(2023, 11, InvoiceStatus.Issued);
        await office.ImportText(Head + "a,2023-11-05,SUB-1,1\nb,2026-01-31T22:59:59Z,SUB-1,2.5\n");
        await office.ImportText(Head + "c,2026-01-31T23:00:00Z,SUB-1,3\n");

        Assert.Equal("c b a", await Found(office, new EventFilter()));
        Assert.Equal("c b a", await Found(office, new EventFilter(Subscription: "SUB-1")));
        Assert.Equal("", await Found(office, new EventFilter(Subscription: "SUB-2")));
        Assert.Equal("b a", await Found(office, new EventFilter(Import: 1)));
        Assert.Equal("a", await Found(office, new EventFilter(State: EventState.Late)));
        Assert.Equal("b", await Found(office, new EventFilter(From: new LocalDate(2026, 1, 1), To: new LocalDate(2026, 1, 31))));
        Assert.Equal("c", await Found(office, new EventFilter(From: new LocalDate(2026, 2, 1))));
        var rows = (await office.Events.List(new EventFilter())).Rows;
        Assert.Equal("b a", await Found(office, new EventFilter(Before: rows[0].Id)));
        Assert.Equal(("2.5", 1L, 3L), (rows[1].Properties["calls"], rows[1].ImportNumber, rows[1].Line));
    }

    [Fact]
    public async Task Events_are_found_by_metric_and_by_name_and_what_is_not_there_is_named()
    {
        await using var office = await UsageOffice.Open();
        await office.ImportText(Head + "a,2026-01-01,SUB-1,1\n");
        await office.ImportText(Head + "b,2026-01-02,SUB-1,2\n", mapping: UsageFiles.Calls with { EventName = "other" });
        var tokens = UsageFiles.Calls with { Properties = [new("calls", "input_tokens", PropertyKind.Number)] };
        await office.ImportText(Head + "c,2026-01-03,SUB-1,3\n", mapping: tokens);

        Assert.Equal("b a", await Found(office, new EventFilter(Metric: "calls")));
        Assert.Equal("c", await Found(office, new EventFilter(Metric: "in")));
        Assert.Equal("", await Found(office, new EventFilter(Metric: "out")));
        Assert.Equal("b", await Found(office, new EventFilter(Event: "other")));
        Assert.Equal("", await Found(office, new EventFilter(Event: "other", Subscription: "SUB-1", To: new LocalDate(2026, 1, 1))));
        Assert.Equal("There is no metric with the code “x”.", (await office.Events.List(new EventFilter(Metric: "x"))).Unknown);
        Assert.Equal("There is no import 9.", (await office.Events.List(new EventFilter(Import: 9))).Unknown);
    }

    [Theory, ClassData<BothDatabases>]
    public async Task Pages_follow_each_other_without_a_gap_whatever_is_asked(DatabaseProvider provider)
    {
        await using var office = await UsageOffice.Open(provider, server);
        for (var file = 0; file < 3; file++)
        {
            await office.ImportText(Head + string.Concat(Enumerable.Range(0, 150).Select(
                i => $"{file}-{i},2026-01-{(i % 28) + 1:00}T{file:00}:00,SUB-1,{i}\n")));
        }

        EventFilter[] filters =
        [
            new(), new(Subscription: "SUB-1"), new(From: new LocalDate(2026, 1, 5), To: new LocalDate(2026, 1, 25)), new(Metric: "calls"),
            new(Subscription: "SUB-1", From: new LocalDate(2026, 1, 5), To: new LocalDate(2026, 1, 25)),
        ];
        await using var db = office.Db();
        var all = await db.Usage(new EventQuery()).OrderByDescending(e => e.Id).ToListAsync();
        foreach (var filter in filters)
        {
            var berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
            var expected = all.Where(e => filter.From is null || e.At.InZone(berlin).Day is >= 5 and <= 25).Select(e => e.Id);
            var found = new List<long>();
            for (long? before = null; found.Count == 0 || before is not null;)
            {
                var page = await office.Events.List(filter with { Before = before });
                found.AddRange(page.Rows.Select(row => row.Id));
                before = page.Older;
            }

            Assert.Equal(expected, found);
        }
    }

    [Fact]
    public async Task A_hundred_events_are_a_page()
    {
        await using var office = await UsageOffice.Open();
        await office.ImportText(Head + string.Concat(Enumerable.Range(0, 101).Select(i => $"{i},2026-01-02,SUB-1,1\n")));
        var first = await office.Events.List(new EventFilter());
        var second = await office.Events.List(new EventFilter(Before: first.Older));
        Assert.Equal((100, 1, null), (first.Rows.Count, second.Rows.Count, second.Older));
    }

    [Fact]
    public async Task A_mapping_survives_the_form()
    {
        await using var office = await UsageOffice.Open();
        var calls = new MappedProperty("calls", "calls", PropertyKind.Number, Optional: true, AllowNegative: true);
        var mapping = UsageFiles.Calls with { Properties = [calls] };
        var inspection = await office.Inspect.Run(await office.Upload(Head + "a,2026-01-02,SUB-1,1\n"));
        var draft = MappingDraft.Of(mapping, inspection.Sniffed.Shape!);
        Assert.Equal(mapping.ToJson(), draft.ToMapping().ToJson());

        draft.Choose(draft.Columns[0], ColumnUse.Timestamp);
        Assert.Equal([ColumnUse.Timestamp, ColumnUse.Ignore], draft.Columns.Take(2).Select(column => column.Use));
        draft.Choose(draft.Columns[2], ColumnUse.Text);
        Assert.Equal((null, "customer"), (draft.ToMapping().SubscriptionColumn, draft.Columns[2].Property));
    }

    private static async Task<string> Found(UsageOffice office, EventFilter filter) =>
        string.Join(' ', (await office.Events.List(filter)).Rows.Select(row => row.TransactionId));
}
