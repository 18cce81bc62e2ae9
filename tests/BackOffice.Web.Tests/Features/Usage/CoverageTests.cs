using BackOffice.Data.Providers;
using BackOffice.Data.Usage;
using BackOffice.Web.Features.Usage;
using BackOffice.Web.Features.Usage.Files;
using NodaTime;
using NodaTime.Testing;

namespace BackOffice.Web.Tests.Features.Usage;

/// <summary>What arrived on each day, what did not, and what nobody measures.</summary>
public sealed class CoverageTests(PostgresServer server)
{
    private const string Head = "id,at,customer,calls\n";
    private static readonly YearMonth January = new(2026, 1);

    [Theory, ClassData<BothDatabases>]
    public async Task Each_day_counts_its_events_in_the_companys_zone_and_days_without_any_are_gaps(DatabaseProvider provider)
    {
        await using var office = await UsageOffice.Open(provider, server);
        await office.ImportText(Head + "a,2025-12-31T23:00:00Z,SUB-1,1\nb,2026-01-01T22:59:59Z,SUB-1,1\nc,2026-01-03,SUB-1,1\n"
            + "d,2026-01-31T23:00:00Z,SUB-1,1\n");
        var coverage = await Queries(office).Month(January);

        var calls = coverage.Rows.Single(row => row.Metric == "calls");
        Assert.Equal((2, 0, 1, 3), (calls.Days[0], calls.Days[1], calls.Days[2], calls.Total));
        Assert.Equal([2, .. Enumerable.Range(4, 28)], calls.Gaps.Order());
        Assert.All(coverage.Rows.Where(row => row.Metric != "calls"), row => Assert.Equal((0, 0), (row.Total, row.Gaps.Count)));
        Assert.Empty(coverage.Unmatched);
    }

    [Fact]
    public async Task A_day_that_is_not_over_is_no_gap()
    {
        await using var office = await UsageOffice.Open();
        await office.ImportText(Head + "a,2026-11-20,SUB-1,1\n");
        var coverage = await Queries(office).Month(); // Today is the 22nd.
        Assert.Equal([.. Enumerable.Range(1, 19), 21], coverage.Rows.Single(row => row.Metric == "calls").Gaps.Order());
    }

    [Theory, ClassData<BothDatabases>]
    public async Task What_no_metric_measures_is_listed_with_what_it_carries(DatabaseProvider provider)
    {
        await using var office = await UsageOffice.Open(provider, server);
        var seats = UsageFiles.Calls with { EventName = "seat", Properties = [new("calls", "seats", PropertyKind.Number)] };
        await office.ImportText(Head + "a,2026-01-02,SUB-1,1\nb,2026-01-05,SUB-1,2\n", mapping: seats);
        var found = Assert.Single((await Queries(office).Month(January)).Unmatched);
        Assert.Equal(("seat", "seats", 2L), (found.Event, string.Join(' ', found.Properties), found.Events));
        Assert.Equal((2, 5), (found.First.Day, found.Last.Day));
    }

    [Theory, ClassData<BothDatabases>]
    public async Task What_comes_later_or_is_undone_counts_at_once_and_a_customer_sees_only_its_own(DatabaseProvider provider)
    {
        await using var office = await UsageOffice.Open(provider, server);
        var queries = Queries(office);
        var rows = string.Concat(Enumerable.Range(0, 500).Select(i => $"{i},2026-01-02T{i % 24:00}:00:00Z,SUB-1,1\n"));
        var first = await office.ImportText(Head + rows);
        Assert.Equal(500, await Total(null));
        await office.ImportText(Head + "x,2026-01-03,SUB-1,1\n");
        Assert.Equal((501, 501), (await Total(null), await Total("ACME")));
        await office.Undo.Run(first.Id, "Test.");
        Assert.Equal((1, 1), (await Total(null), await Total("ACME")));
        var of = await queries.Month(January, "ACME");
        Assert.Equal(("SUB-1", null), (of.Subscription, of.Unknown));
        Assert.Equal("There is no customer with the code “NOBODY”.", (await queries.Month(January, "NOBODY")).Unknown);

        async Task<long> Total(string? customer) =>
            (await queries.Month(January, customer)).Rows.Single(row => row.Metric == "calls").Total;
    }

    private static CoverageQueries Queries(UsageOffice office) => new(office.Dbs, new UsageDays(), new FakeClock(UsageFiles.Now));
}
