using System.Text.Json;
using BackOffice.Core.Usage;
using BackOffice.Data.Providers;
using BackOffice.Data.Usage;
using BackOffice.Web.Features.Usage;
using Microsoft.EntityFrameworkCore;
using static BackOffice.Web.Tests.Features.Usage.Events.ApiOffice;

namespace BackOffice.Web.Tests.Features.Usage.Events;

/// <summary>A program sends events by HTTP; each is stored once or refused with the reason.</summary>
public sealed class EventsApiTests(PostgresServer server)
{
    [Theory, ClassData<BothDatabases>]
    public async Task Every_event_of_a_batch_is_told_what_became_of_it(DatabaseProvider provider)
    {
        await using var office = await ApiOffice.Open(provider, server);
        await office.Send(Event("a", 1));
        var (status, answer) = await office.Send($"""
            [{Event("a", 1)}, {Event("a", 2)}, {Event("b", "0.125")}, {Event("b", "0.125")}, {Event("c", 1, "SUB-9")},
             {Event("d", 1, at: "2023-12-31T10:00:00Z")}, {Event("e", -1)}]
            """);

        Assert.Equal(200, status);
        Assert.Equal(
            "duplicate, conflict transactionId conflict, accepted, duplicate, rejected subscription unknown_subscription, "
            + "rejected timestamp outside_subscription, rejected properties.calls negative_quantity", Outcomes(answer));
        Assert.Equal("1 accepted, 2 duplicates, 1 conflicts, 3 rejected", Counts(answer));
        Assert.Equal(2, await office.Stored());
        Assert.Equal("", await office.Problems());
    }

    [Theory, ClassData<BothDatabases>]
    public async Task A_day_of_a_key_is_one_import_however_many_requests_it_took(DatabaseProvider provider)
    {
        await using var office = await ApiOffice.Open(provider, server);
        var other = await office.NewKey("Nightly job", Core.Access.ApiScopes.UsageWrite);
        for (var i = 0; i < 4; i++)
        {
            await office.Send(Event($"a{i}", 1));
            using var client = office.Client(other);
            await Send(client, $"[{Event($"b{i}", 10)}, {Event("nobody", 1, "SUB-9")}]");
        }

        await using var db = await office.Db();
        var imports = await db.Imports.AsNoTracking().OrderBy(i => i.Number).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            ["Gateway 4 of 4", "Nightly job 4 of 8"], imports.Select(i => $"{i.FileName} {i.Report!.Accepted} of {i.Report.Rows}"));
        Assert.Equal(40m, imports[1].Report!.Totals["calls"]);
        Assert.Equal(("unknown_subscription", 4L, "SUB-9"),
            imports[1].Report!.Groups!.Select(group => (group.Code, group.Count, group.FirstValue)).Single());
        foreach (var import in imports)
        {
            var events = await db.Usage(new EventQuery(Import: import.Id), cancel: TestContext.Current.CancellationToken)
                .ToListAsync(TestContext.Current.CancellationToken);
            Assert.Equal(4, events.Count);
            Assert.All(events, e => Assert.Equal(import.Id, e.ImportId));
        }

        Assert.Equal("", await office.Problems());
    }

    [Theory, ClassData<BothDatabases>]
    public async Task What_a_key_sent_is_undone_and_what_it_sends_next_is_another_import(DatabaseProvider provider)
    {
        await using var office = await ApiOffice.Open(provider, server);
        var other = await office.NewKey("Nightly job", Core.Access.ApiScopes.UsageWrite);
        for (var i = 0; i < 3; i++)
        {
            await office.Send(Event($"a{i}", 1));
            using var client = office.Client(other);
            await Send(client, Event($"b{i}", 10));
        }

        await using var db = await office.Db();
        var wrong = await db.Imports.AsNoTracking().SingleAsync(i => i.FileName == "Gateway", TestContext.Current.CancellationToken);
        await office.As<UndoImport, bool>(async undo =>
        {
            await undo.Run(wrong.Id, "Sent twice.");
            return true;
        });
        Assert.Equal(3, await office.Stored());

        var (_, again) = await office.Send($"[{Event("a0", 5)}, {Event("b0", 10)}]");
        Assert.Equal("accepted, duplicate", Outcomes(again));
        var all = await db.Imports.AsNoTracking().Where(i => i.FileName == "Gateway").OrderBy(i => i.Number)
            .ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            [(0, ImportStatus.Undone, 3L), (1, ImportStatus.Imported, 1L)],
            all.Select(i => (i.Part!.Value, i.Status, i.Report!.Accepted)));
        Assert.Equal("", await office.Problems());
    }

    [Theory, ClassData<BothDatabases>]
    public async Task Eight_senders_of_the_same_events_store_them_once(DatabaseProvider provider)
    {
        await using var office = await ApiOffice.Open(provider, server);
        var batch = "[" + string.Join(',', Enumerable.Range(0, 50).Select(i => Event($"same-{i}", i))) + "]";
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => office.Send(batch))));

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.Equal(50, answers.Sum(answer => answer.Json.GetProperty("accepted").GetInt32()));
        Assert.Equal(350, answers.Sum(answer => answer.Json.GetProperty("duplicates").GetInt32()));
        Assert.Equal(50, await office.Stored());
        Assert.Equal("", await office.Problems());
    }

    [Fact]
    public async Task One_event_by_itself_is_answered_with_a_status()
    {
        await using var office = await ApiOffice.Open();
        Assert.Equal(200, (await office.Send(Event("a", 1))).Status);
        Assert.Equal(200, (await office.Send(Event("a", 1))).Status);
        var (conflict, why) = await office.Send(Event("a", 2));
        Assert.Equal(
            (409, "conflict", "transactionId"), (conflict, why.GetProperty("code").GetString(), why.GetProperty("field").GetString()));
        var (rejected, reason) = await office.Send(Event("b", 1, "SUB-9"));
        Assert.Equal((422, "unknown_subscription", "SUB-9"),
            (rejected, reason.GetProperty("code").GetString(), reason.GetProperty("value").GetString()));
    }

    [Fact]
    public async Task A_metric_and_a_quantity_say_as_much_as_a_name_and_a_property()
    {
        await using var office = await ApiOffice.Open();
        var (_, answer) = await office.Send($"""
            [{ByMetric("a", "calls", "2.5")}, {ByMetric("b", "requests", "1")}, {ByMetric("c", "requests", "2")},
             {ByMetric("d", "cals", "1")}, {Event("a", "2.5")}]
            """);
        Assert.Equal(
            "accepted, accepted, rejected quantity metric_counts_rows, rejected metric unknown_metric, duplicate", Outcomes(answer));
        var message = answer.GetProperty("items")[3].GetProperty("message").GetString();
        Assert.Contains("Did you mean “calls”?", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_is_answered_line_by_line_and_goes_on_after_a_bad_one()
    {
        await using var office = await ApiOffice.Open();
        using var client = office.Client();
        var lines = $"{Event("a", 1)}\n\nnonsense\n{Event("a", 1)}\r\n{{\"subscription\":\n{Event("b", 1)}";
        using var content = new StringContent(lines, System.Text.Encoding.UTF8, "application/x-ndjson");
        using var answer = await client.PostAsync(ApiOffice.Events, content, TestContext.Current.CancellationToken);
        var told = (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Trim().Split('\n')
            .Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(
            ["0 accepted", "1 rejected", "2 duplicate", "3 rejected", "4 accepted"],
            told.Select(item => $"{item.GetProperty("index")} {item.GetProperty("outcome")}"));
        Assert.Equal(2, await office.Stored());
    }

    [Fact]
    public async Task A_long_stream_is_stored_whole()
    {
        await using var office = await ApiOffice.Open();
        using var client = office.Client();
        var lines = string.Join('\n', Enumerable.Range(0, 12_345).Select(i => Event($"e{i}", i)));
        using var content = new StringContent(lines, System.Text.Encoding.UTF8, "application/x-ndjson");
        using var answer = await client.PostAsync(ApiOffice.Events, content, TestContext.Current.CancellationToken);
        var told = (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Trim().Split('\n');
        Assert.Equal(12_345, told.Length);
        Assert.All(told.Index(), line => Assert.Equal($$"""{"index":{{line.Index}},"outcome":"accepted"}""", line.Item));
        Assert.Equal(12_345, await office.Stored());
        Assert.Equal("", await office.Problems());
    }

    [Theory]
    [InlineData("application/cloudevents+json", false)]
    [InlineData("application/cloudevents-batch+json", true)]
    public async Task CloudEvents_are_read_as_our_own(string type, bool batch)
    {
        await using var office = await ApiOffice.Open();
        var cloud = """
            {"specversion":"1.0","id":"a","source":"/gateway","type":"call","subject":"SUB-1","time":"2024-02-03T11:00:00+01:00",
             "datacontenttype":"application/json","traceparent":"00-1","data":{"calls":1}}
            """;
        var (status, answer) = await office.Send(batch ? $"[{cloud}]" : cloud, type);
        Assert.Equal((200, "accepted"), (status, Outcomes(answer)));
        Assert.Equal("duplicate", Outcomes((await office.Send(Event("a", 1))).Json));
    }

    [Fact]
    public async Task A_CloudEvent_in_headers_is_read_as_our_own()
    {
        await using var office = await ApiOffice.Open();
        using var client = office.Client();
        using var content = new StringContent("""{"calls":1}""", System.Text.Encoding.UTF8, "application/json");
        foreach (var (name, value) in new[]
                 {
                     ("specversion", "1.0"), ("id", "a"), ("source", "/gateway"), ("type", "call"), ("subject", "SUB%2D1"),
                     ("time", "2024-02-03T10:00:00Z"),
                 })
        {
            content.Headers.Add("ce-" + name, value);
        }

        using var answer = await client.PostAsync(ApiOffice.Events, content, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("duplicate", Outcomes((await office.Send(Event("a", 1))).Json));
    }

    private static string ByMetric(string id, string metric, string quantity) =>
        $$"""
        {"subscription":"SUB-1","metric":"{{metric}}","quantity":{{quantity}},"transactionId":"{{id}}","timestamp":"2024-02-03T10:00:00Z"}
        """;

    private static string Counts(JsonElement answer) =>
        $"{answer.GetProperty("accepted")} accepted, {answer.GetProperty("duplicates")} duplicates, "
        + $"{answer.GetProperty("conflicts")} conflicts, {answer.GetProperty("rejected")} rejected";

    private static string Outcomes(JsonElement answer) => string.Join(", ", answer.GetProperty("items").EnumerateArray().Select(item =>
        item.TryGetProperty("code", out var code)
            ? $"{item.GetProperty("outcome")} {item.GetProperty("field")} {code}"
            : item.GetProperty("outcome").GetString()));
}
