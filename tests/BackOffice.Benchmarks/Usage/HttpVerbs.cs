using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using BackOffice.Data.Usage;

namespace BackOffice.Benchmarks.Usage;

/// <summary>Measures events sent by HTTP: a client on loopback, batches, several connections, the server in the same process.</summary>
internal static class HttpVerbs
{
    private const int BatchEvents = 1_000;

    /// <summary>http [EVENTS] [CONNECTIONS] [SUBSCRIPTIONS]: yardstick is Lago's published 10,000 events a second on PostgreSQL.</summary>
    public static async Task<int> Http(string[] args)
    {
        var (events, connections, subscriptions) = (Number(args, 0, 400_000), Number(args, 1, 4), Number(args, 2, 1_000));
        await using var office = await ImportOffice.Open(subscriptions);
        var (address, key) = await office.Serve();
        await Send(address, key, Bodies(BatchEvents * connections, subscriptions, "warm"), connections);
        var bodies = Bodies(events, subscriptions, "run");
        var clock = Stopwatch.StartNew();
        var waits = await Send(address, key, bodies, connections);
        var seconds = clock.Elapsed.TotalSeconds;
        await using var db = await office.Db();
        var stored = await db.CountUsage(new EventQuery(), default);
        var (rate, middle, worst) = (bodies.Count * BatchEvents / seconds, waits[waits.Count / 2], waits[waits.Count * 99 / 100]);
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{rate:N0} events/s in batches of {BatchEvents:N0} over {connections} connections; "
            + $"a request takes {middle:F0} / {worst:F0} / {waits[^1]:F0} ms (p50 / p99 / max); {stored:N0} stored"));
        return 0;
    }

    private static async Task<List<double>> Send(Uri address, string key, List<byte[]> bodies, int connections)
    {
        var waits = new ConcurrentBag<double>();
        var work = new ConcurrentQueue<byte[]>(bodies);
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            using var client = new HttpClient { BaseAddress = address };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
            while (work.TryDequeue(out var body))
            {
                var clock = Stopwatch.StartNew();
                using var content = new ByteArrayContent(body);
                content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                using var answer = await client.PostAsync("/api/v1/usage/events", content);
                answer.EnsureSuccessStatusCode();
                await answer.Content.ReadAsByteArrayAsync();
                waits.Add(clock.Elapsed.TotalMilliseconds);
            }
        })));
        return [.. waits.Order()];
    }

    private static List<byte[]> Bodies(int events, int subscriptions, string mark) =>
    [
        .. Enumerable.Range(0, events / BatchEvents).Select(batch => Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable
            .Range(batch * BatchEvents, BatchEvents).Select(i => Event(i, subscriptions, mark))) + "]")),
    ];

    private static string Event(int i, int subscriptions, string mark) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        {"subscription":"{{UsageTrace.Code((int)((uint)i * 2654435761 % (uint)subscriptions))}}","event":"llm_request",
        "transactionId":"{{mark}}-{{i}}","timestamp":"2023-11-{{(i % 28) + 1:00}}T12:00:00Z",
        "properties":{"input_tokens":{{i % 4096}},"model":"model-{{i % UsageTrace.Models}}","output_tokens":{{i % 512}} } }
        """);

    private static int Number(string[] args, int place, int otherwise) =>
        args.Length > place ? int.Parse(args[place], CultureInfo.InvariantCulture) : otherwise;
}
