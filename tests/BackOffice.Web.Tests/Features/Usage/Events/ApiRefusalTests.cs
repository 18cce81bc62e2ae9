using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using BackOffice.Core.Access;
using BackOffice.Core.Usage;
using BackOffice.Data.Identity;
using BackOffice.Data.Usage;
using BackOffice.Web.Features.Api;
using BackOffice.Web.Features.Usage.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using static BackOffice.Web.Tests.Features.Usage.Events.ApiOffice;

namespace BackOffice.Web.Tests.Features.Usage.Events;

/// <summary>Who is not let in, what cannot be read, what is too much: refused with a status, a code, a sentence; nothing stored.</summary>
public sealed class ApiRefusalTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_a_key_that_is_whole_known_and_active_is_let_in_and_only_where_it_may()
    {
        await using var office = await ApiOffice.Open();
        var writes = await office.NewKey("Writes", ApiScopes.UsageWrite);
        var reads = await office.NewKey("Reads", ApiScopes.UsageRead);
        var revoked = await office.NewKey("Revoked", ApiScopes.UsageWrite);
        await office.As<RevokeApiKey, bool>(async revoke =>
        {
            await using var db = await office.Db();
            await revoke.Run((await db.ApiKeys.SingleAsync(k => k.Name == "Revoked", Cancel)).Id, Cancel);
            return true;
        });
        var expired = await office.NewKey("Expired", ApiScopes.UsageWrite);
        await using (var db = await office.Db())
        {
            var past = SystemClock.Instance.GetCurrentInstant();
            await db.ApiKeys.Where(k => k.Name == "Expired").ExecuteUpdateAsync(set => set.SetProperty(k => k.ExpiresAt, past), Cancel);
        }

        (string Key, int Send, int Read, string Why)[] cases =
        [
            ("", 401, 401, "no key"), ("Basic abc", 401, 401, "no bearer"), ("Bearer x", 401, 401, "no key at all"),
            ($"Bearer {writes[..^1]}", 401, 401, "cut off"), ($"Bearer {writes[..^7]}0{writes[^6..]}", 401, 401, "mistyped"),
            ($"Bearer {ApiSecret.New()}", 401, 401, "made up, well formed"), ($"Bearer {revoked}", 401, 401, "revoked"),
            ($"Bearer {expired}", 401, 401, "expired"), ($"Bearer {reads}", 403, 200, "may only read"),
            ($"bearer {writes}", 200, 403, "may only write"),
        ];
        foreach (var (key, send, read, why) in cases)
        {
            using var client = office.Stranger();
            if (key.Length > 0)
            {
                client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", key);
            }

            Assert.True(send == (await Send(client, Event("a", 1))).Status, why);
            using var answer = await client.GetAsync(ApiOffice.Events, Cancel);
            Assert.True(read == (int)answer.StatusCode, why);
        }

        Assert.Equal(1, await office.Stored());
    }

    [Fact]
    public async Task Being_signed_in_lets_nobody_into_the_api()
    {
        await using var app = new WebApp();
        await app.AddPerson("ana", roles: [Roles.Clerk, Roles.Admin]);
        using var browser = app.Browser();
        await WebApp.SignIn(browser, "ana");
        Assert.Equal(401, (await Send(browser, Event("a", 1))).Status);
    }

    [Theory]
    [InlineData("{", "application/json", 400, "json_malformed", "cut off")]
    [InlineData("", "application/json", 400, "json_malformed", "empty")]
    [InlineData("[]", "application/json", 400, "no_events", "a batch of nothing")]
    [InlineData("17", "application/json", 400, "body_malformed", "no event")]
    [InlineData("{} {}", "application/json", 400, "json_malformed", "two bodies in one")]
    [InlineData("[{\"a\":[[[[[[[[[[1]]]]]]]]]]}]", "application/json", 400, "json_malformed", "too deep")]
    [InlineData("{}", "text/csv", 415, "wrong_content_type", "a file belongs to the imports page")]
    [InlineData("{}", "application/json", 422, "empty_value", "an event of nothing")]
    public async Task A_body_that_cannot_be_read_is_refused_as_a_whole(string body, string type, int status, string code, string why)
    {
        await using var office = await ApiOffice.Open();
        var (told, problem) = await office.Send(body, type);
        Assert.True((status, code) == (told, problem.GetProperty("code").GetString()), $"{why}: {told} {problem}");
        Assert.Equal(0, await office.Stored());
    }

    [Theory]
    [InlineData("\"timestamp\":\"2024-02-03T10:00:00Z\"", "\"timestamp\":\"2024-02-03T10:00:00\"", "timestamp timestamp_without_offset")]
    [InlineData("\"timestamp\":\"2024-02-03T10:00:00Z\"", "\"timestamp\":\"2024-02-30T10:00:00Z\"", "timestamp timestamp_impossible")]
    [InlineData("\"timestamp\":\"2024-02-03T10:00:00Z\"", "\"timestamp\":\"1999-02-03T10:00:00Z\"", "timestamp timestamp_too_old")]
    [InlineData("\"timestamp\":\"2024-02-03T10:00:00Z\"", "\"timestamp\":1706954400", "timestamp not_text")]
    [InlineData("\"timestamp\":\"2024-02-03T10:00:00Z\"", "\"timestmp\":\"2024-02-03T10:00:00Z\"", "timestmp unknown_field")]
    [InlineData("\"transactionId\":\"a\"", "\"transactionId\":\" \"", "transactionId empty_value")]
    [InlineData("\"transactionId\":\"a\"", "\"transactionId\":\"a\",\"transactionId\":\"b\"", "transactionId duplicate_field")]
    [InlineData("\"transactionId\":\"a\"", "\"transactionId\":\"\\u0000\"", "transactionId nul_character")]
    [InlineData("\"transactionId\":\"a\"", "\"transactionId\":\"\\ud800\"", "transactionId invalid_text")]
    [InlineData("\"calls\":1", "\"calls\":1e3", "properties.calls number_exponent")]
    [InlineData("\"calls\":1", "\"calls\":1e400", "properties.calls number_out_of_range")]
    [InlineData("\"calls\":1", "\"calls\":123456789012345678901234567890", "properties.calls too_many_digits")]
    [InlineData("\"calls\":1", "\"calls\":-1", "properties.calls negative_quantity")]
    [InlineData("\"calls\":1", "\"calls\":{}", "properties.calls not_a_value")]
    [InlineData("\"calls\":1", "\"calls\":1,\"calls\":1", "properties.calls duplicate_field")]
    [InlineData("\"calls\":1", "\"\":1", "properties. property_name")]
    [InlineData("\"properties\":{\"calls\":1}", "\"properties\":[1]", "properties not_an_object")]
    [InlineData("\"event\":\"call\"", "\"event\":\"call\",\"metric\":\"calls\",\"quantity\":1", "metric metric_and_event")]
    [InlineData("\"event\":\"call\"", "\"event\":\"call\",\"specversion\":\"1.0\"", "subject empty_value")]
    public async Task An_event_with_a_fault_is_refused_with_its_field(string right, string wrong, string expected)
    {
        await using var office = await ApiOffice.Open();
        var good = """
            {"subscription":"SUB-1","event":"call","transactionId":"a","timestamp":"2024-02-03T10:00:00Z","properties":{"calls":1}}
            """;
        Assert.Contains(right, good, StringComparison.Ordinal);
        var (status, problem) = await office.Send(good.Replace(right, wrong, StringComparison.Ordinal));
        Assert.Equal((422, expected), (status, $"{problem.GetProperty("field")} {problem.GetProperty("code")}"));
        Assert.Equal(0, await office.Stored());
        Assert.Equal(200, (await office.Send(good)).Status);
    }

    [Fact]
    public async Task A_negative_quantity_is_taken_when_the_event_says_so()
    {
        await using var office = await ApiOffice.Open();
        var takesBack = Event("a", -2).Replace("{\"sub", "{\"allowNegative\":true,\"sub", StringComparison.Ordinal);
        Assert.Equal(200, (await office.Send(takesBack)).Status);
        await using var db = await office.Db();
        Assert.Equal(-2m, (await db.Usage(new EventQuery(), cancel: Cancel).SingleAsync(Cancel)).Numbers["calls"]);
    }

    [Fact]
    public async Task A_batch_has_ten_thousand_events_and_a_body_its_bytes()
    {
        await using var office = await ApiOffice.Open(settings: ("Api:MaxBodyBytes", "2000000"));
        static string Batch(int count) => "[" + string.Join(',', Enumerable.Range(0, count).Select(i => Event($"e{i}", i))) + "]";
        Assert.Equal((413, "too_many_events"), Told(await office.Send(Batch(10_001))));
        Assert.Equal(0, await office.Stored());
        Assert.Equal(10_000, (await office.Send(Batch(10_000))).Json.GetProperty("accepted").GetInt32());
        Assert.Equal((413, "body_too_large"), Told(await office.Send(Event("x", 1) + new string(' ', 2_000_000))));
    }

    [Fact]
    public async Task Who_comes_too_often_is_told_when_to_come_again()
    {
        await using var office = await ApiOffice.Open(settings: ("Api:RequestsPerSecond", "2"));
        using var client = office.Client();
        var told = new List<HttpResponseMessage>();
        for (var i = 0; i < 8; i++)
        {
            told.Add(await client.GetAsync(ApiOffice.Events, Cancel));
        }

        var refused = told.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        Assert.NotEmpty(refused);
        Assert.All(refused, answer => Assert.Equal("1", answer.Headers.RetryAfter!.ToString()));
        told.ForEach(answer => answer.Dispose());
    }

    [Fact]
    public async Task While_a_file_holds_the_store_events_wait_and_what_is_too_much_is_sent_away_and_stored_later_once()
    {
        await using var office = await ApiOffice.Open(settings: [("Api:QueuedEvents", "3"), ("Api:WaitSeconds", "60")]);
        await using var db = await office.Db();
        var file = await db.Writer(ImportId.New(), Cancel); // As an import does until it is done.
        var waiting = new[] { office.Send(Event("a", 1)), office.Send(Event("b", 1)), office.Send(Event("c", 1)) };
        using var client = office.Client();
        while (office.Services.GetRequiredService<EventDesk>().Waiting < 3)
        {
            await Task.Delay(20, Cancel);
        }

        using var one = new StringContent(Event("d", 1), Encoding.UTF8, "application/json");
        using var away = await client.PostAsync(ApiOffice.Events, one, Cancel);
        Assert.Equal(HttpStatusCode.TooManyRequests, away.StatusCode);
        Assert.NotNull(away.Headers.RetryAfter);
        Assert.Contains("\"queue_full\"", await away.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.All(waiting, request => Assert.False(request.IsCompleted));
        await file.DisposeAsync();
        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal(200, answer.Status));
        Assert.Equal(200, (await office.Send(Event("d", 1))).Status);
        Assert.Equal(4, await office.Stored());
    }

    [Fact]
    public async Task What_waits_too_long_is_sent_away_and_nothing_of_it_is_stored()
    {
        await using var office = await ApiOffice.Open(settings: ("Api:WaitSeconds", "1"));
        await using var db = await office.Db();
        await using (await db.Writer(ImportId.New(), Cancel))
        {
            Assert.Equal((429, "queue_full"), Told(await office.Send(Event("a", 1))));
        }

        Assert.Equal(200, (await office.Send(Event("b", 1))).Status);
        Assert.Equal(1, await office.Stored());
    }

    [Fact]
    public async Task What_is_not_there_is_said_in_json()
    {
        await using var office = await ApiOffice.Open();
        Assert.Equal((404, "not_found"), Told(await office.Get("", "/api/v2/anything")));
        using var client = office.Client();
        using var deleted = await client.DeleteAsync(ApiOffice.Events, Cancel);
        Assert.Equal(HttpStatusCode.NotFound, deleted.StatusCode);
    }

    [Fact]
    public void Whatever_bytes_come_are_read_or_refused_and_never_break_the_reader()
    {
        string[] seeds =
            [$"[{Event("a", 1)},{Event("b", "1.5")}]", Event("é\\u00fc", 1), "{\"specversion\":\"1.0\",\"data\":{\"a\":null}}"];
        var random = new Random(20261123);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = Encoding.UTF8.GetBytes(seeds[random.Next(seeds.Length)]);
            for (var edit = random.Next(6); edit > 0; edit--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            using var events = new EventReader(UsageFiles.Now);
            var body = new System.Buffers.ReadOnlySequence<byte>(bytes, 0, random.Next(bytes.Length + 1));
            try
            {
                events.ReadBody(body);
            }
            catch (ApiRefused refused)
            {
                Assert.NotEmpty(refused.Message);
            }

            events.ReadLine(body);
            Assert.All(events.Sent.Items, item => Assert.NotNull(item));
        }
    }

    private static (int, string?) Told((int Status, JsonElement Json) answer) =>
        (answer.Status, answer.Json.GetProperty("code").GetString());
}
