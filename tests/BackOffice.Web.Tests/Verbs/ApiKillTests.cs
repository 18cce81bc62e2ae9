using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using BackOffice.Data.Providers;
using BackOffice.Data.Usage;

namespace BackOffice.Web.Tests.Verbs;

/// <summary>The server is killed without warning while programs send events. What was answered is there.</summary>
public sealed class ApiKillTests(PostgresServer server)
{
    private const int Rounds = 3;
    private const int Senders = 4;
    private const int BatchEvents = 25;

    [Theory, ClassData<BothDatabases>]
    public async Task Every_event_that_was_answered_is_stored_after_a_kill(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Empty(provider, server);
        var program = new Executable(provider, test.ConnectionString, test.DataDirectory);
        await program.Json("demo", "seed");
        var key = (await program.Json("key", "add", "--name", "Gateway", "--scope", "usage:write")).GetProperty("key").GetString()!;
        var answered = new ConcurrentBag<string>();
        for (var round = 0; round < Rounds; round++)
        {
            var address = FreeAddress();
            using var process = await program.Serve(address);
            var mark = $"r{round}";
            var before = answered.Count;
            var sending = Enumerable.Range(0, Senders).Select(sender => Send(address, key, $"{mark}-{sender}", answered)).ToList();
            while (answered.Count < before + (200 * (round + 1)))
            {
                await Task.Delay(5, TestContext.Current.CancellationToken);
            }

            process.Kill(entireProcessTree: true); // SIGKILL: the process gets no chance to tidy up.
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            await Task.WhenAll(sending);
        }

        Assert.True((await program.Json("verify")).GetProperty("ok").GetBoolean());
        await using var db = test.Open();
        var stored = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var e in db.Usage(new EventQuery(Name: "killed"), cancel: TestContext.Current.CancellationToken))
        {
            Assert.True(stored.Add(e.TransactionId), "stored twice");
        }

        Assert.True(answered.Count >= Rounds * 200);
        Assert.DoesNotContain(answered, id => !stored.Contains(id));
    }

    private static async Task Send(Uri address, string key, string mark, ConcurrentBag<string> answered)
    {
        using var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        for (var batch = 0; ; batch++)
        {
            var ids = Enumerable.Range(0, BatchEvents).Select(i => $"{mark}-{batch}-{i}").ToList();
            var events = ids.Select(id =>
                $$"""{"subscription":"cascadia-api","event":"killed","transactionId":"{{id}}","timestamp":"2023-11-20T10:00:00Z"}""");
            try
            {
                using var body = new StringContent($"[{string.Join(',', events)}]", Encoding.UTF8, "application/json");
                using var answer = await client.PostAsync("/api/v1/usage/events", body);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    ids.ForEach(answered.Add);
                }
            }
            catch (HttpRequestException)
            {
                return; // It was killed.
            }
        }
    }

    internal static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }
}
