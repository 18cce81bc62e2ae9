using BackOffice.Core.Common;
using BackOffice.Core.Thresholds;
using BackOffice.Core.Usage;
using BackOffice.Data.Identity;
using BackOffice.Data.Providers;
using BackOffice.Web.Features.Alerts;
using BackOffice.Web.Tests.Features.Usage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using NodaTime.Testing;

namespace BackOffice.Web.Tests.Features.Alerts;

/// <summary>Alerts tell each crossing once, whoever looks and however often.</summary>
public sealed class AlertTests(PostgresServer server)
{
    private const string Head = "id,at,customer,calls\n";

    [Theory, ClassData<BothDatabases>]
    public async Task A_crossing_is_told_once(DatabaseProvider provider)
    {
        await using var office = await UsageOffice.Open(provider, server);
        await office.ImportText(Head + "a,2026-11-02,SUB-1,5\n");
        await Define(office, new("Spend", AlertSubject.UsageAmount, [4, 10, 50], 100));

        var import = await office.ImportText(Head + "b,2026-11-03,SUB-1,7\n");
        Assert.Equal(1, await Check(office).Run(import.Id));
        Assert.Equal(0, await Check(office).Run());
        await office.ImportText(Head + "c,2026-11-04,SUB-1,250\n");
        Assert.Equal(3, await Check(office).Run());

        var list = await new AlertQueries(office.Dbs).Entries(onlyNew: true, 1);
        Assert.Equal((4, 4), (list.All, list.New));
        Assert.Equal(
            [
                "reached 10.00 EUR: 12.00 EUR", "reached 150.00 EUR: 262.00 EUR", "reached 250.00 EUR: 262.00 EUR",
                "reached 50.00 EUR: 262.00 EUR",
            ],
            list.Rows.Select(row => row.Words.Replace('\u00A0', ' ').Replace(" when it was noticed", "", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal));
        Assert.All(list.Rows, row => Assert.Equal("SUB-1, Acme Ltd", row.On.Text));
    }

    [Theory, ClassData<BothDatabases>]
    public async Task Two_who_look_at_once_tell_it_once(DatabaseProvider provider)
    {
        await using var office = await UsageOffice.Open(provider, server);
        await Define(office, new("Spend", AlertSubject.UsageAmount, [10]));
        await office.ImportText(Head + "a,2026-11-03,SUB-1,70\n");

        var told = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Check(office).Run())));

        Assert.Equal(1, told.Sum());
        await using var db = office.Db();
        Assert.Single(await db.AlertEntries.ToListAsync());
        await Assert.ThrowsAnyAsync<Exception>(() => db.Database.ExecuteSqlRawAsync(
            """
            INSERT INTO alert_entries (id, alert_id, look, level, value, at)
            SELECT '00000000-0000-0000-0000-000000000001', alert_id, look, level, value, at FROM alert_entries
            """));
    }

    [Fact]
    public async Task What_was_undone_and_comes_again_is_told_again()
    {
        await using var office = await UsageOffice.Open();
        await Define(office, new("Spend", AlertSubject.UsageAmount, [10]));
        var import = await office.ImportText(Head + "a,2026-11-03,SUB-1,70\n");
        await Check(office).Run();
        await office.Undo.Run(import.Id, "The wrong file.");

        Assert.Equal(0, await Check(office).Run());
        await office.ImportText(Head + "b,2026-11-03,SUB-1,11\n");
        Assert.Equal(1, await Check(office).Run());
    }

    [Theory]
    [InlineData(AlertSubject.UsageAmount, null, "700", "this month's usage in cents")]
    [InlineData(AlertSubject.MetricAmount, "calls", "700", "of one metric")]
    [InlineData(AlertSubject.MetricUnits, "calls", "7", "its units")]
    [InlineData(AlertSubject.MetricUnits, "in", "0", "a metric the plan does not charge")]
    [InlineData(AlertSubject.LifetimeMetricUnits, "calls", "12", "units of all months")]
    [InlineData(AlertSubject.LifetimeAmount, null, "700", "what was invoiced before, and this month; nothing was invoiced yet")]
    public async Task Looks_at_what_it_is_asked_to(AlertSubject subject, string? metric, string value, string why)
    {
        await using var office = await UsageOffice.Open();
        await office.ImportText(Head + "a,2026-10-03,SUB-1,5\nb,2026-11-03,SUB-1,7\n");

        await Define(office, new("Anything", subject, [1_000]) { MetricCode = metric });

        await using var db = office.Db();
        Assert.True(decimal.Parse(value, null) == (await db.Alerts.SingleAsync()).LastValue, why);
    }

    [Fact]
    public async Task Taking_note_is_remembered_and_ending_stops_looking()
    {
        await using var office = await UsageOffice.Open();
        await office.SignIn(Roles.Clerk);
        var id = await Define(office, new("Spend", AlertSubject.UsageAmount, [10]));
        await office.ImportText(Head + "a,2026-11-03,SUB-1,70\n");
        await Check(office).Run();
        var queries = new AlertQueries(office.Dbs);
        var entry = Assert.Single((await queries.Entries(onlyNew: true, 1)).Rows);

        await new SeeAlert(office.Dbs, office.Gate, Clock).Run(entry.Id);

        Assert.Empty((await queries.Entries(onlyNew: true, 1)).Rows);
        Assert.Equal("Ana", Assert.Single((await queries.Entries(onlyNew: false, 1)).Rows).SeenBy);
        await Assert.ThrowsAsync<RuleBroken>(() => new SeeAlert(office.Dbs, office.Gate, Clock).Run(entry.Id));
        await new EndAlert(office.Dbs, office.Gate, Clock).Run(id);
        Assert.Empty((await queries.Defined(1)).Rows);
        await office.ImportText(Head + "b,2026-11-04,SUB-1,700\n");
        Assert.Equal(0, await Check(office).Run());
        await using var db = office.Db();
        Assert.Equal(["Defined", "Seen", "Ended"], await db.Audit.Where(a => a.Subject == "Alert").OrderBy(a => a.Id).Select(a => a.Action)
            .ToListAsync());
    }

    [Fact]
    public async Task Who_may_only_look_sets_no_alert_and_nonsense_is_refused()
    {
        await using var office = await UsageOffice.Open();
        await Refused(office, "no metric with the code", new("A", AlertSubject.MetricUnits, [1]) { MetricCode = "nonsense" });
        await Refused(office, "1 to 20 levels", new("A", AlertSubject.UsageAmount, []));
        await office.SignIn(Roles.Viewer);
        await Refused(office, "needs the role", new("A", AlertSubject.UsageAmount, [1]));
    }

    private static FakeClock Clock { get; } = new(Instant.FromUtc(2026, 11, 22, 12, 0));

    private static CheckAlerts Check(UsageOffice office) => new(office.Dbs, office.Gate, Clock, NullLogger<CheckAlerts>.Instance);

    private static Task<AlertId> Define(UsageOffice office, AlertInput input) =>
        new DefineAlert(office.Dbs, office.Gate, Clock).Run(input with { Subscription = office.Subscription.Id });

    private static async Task Refused(UsageOffice office, string sentence, AlertInput input) => Assert.Contains(
        sentence, (await Assert.ThrowsAsync<RuleBroken>(() => Define(office, input))).Message, StringComparison.Ordinal);
}
