using System.Diagnostics;
using System.Globalization;
using BackOffice.Core.Billing;
using BackOffice.Core.Common;
using BackOffice.Data.Usage;
using BackOffice.Web.Features.Billing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Benchmarks.Usage;

/// <summary>Measures a billing run over a file's usage: rating beside a bare GROUP BY, and how many invoices an hour holds.</summary>
internal static class RunVerbs
{
    private static readonly LocalDate Through = new(2023, 11, 30);

    /// <summary>run FILE SUBSCRIPTIONS: imports the file, rates every subscription, then bills them all.</summary>
    public static async Task<int> Run(string[] args)
    {
        var (file, subscriptions) = (Path.GetFullPath(args[0]), int.Parse(args[1], CultureInfo.InvariantCulture));
        await using var office = await ImportOffice.Open(subscriptions);
        var id = await office.Upload(file);
        var clock = Stopwatch.StartNew();
        var import = await office.Import(id);
        Say($"{import.Report!.Accepted:N0} events imported in {clock.Elapsed.TotalSeconds:F1} s");
        var grouping = Yardsticks.SqliteGroupBy(file).TotalSeconds;
        Say($"bare GROUP BY over the same events, numbers in typed columns: {grouping:F3} s");
        for (var round = 0; round < 3; round++)
        {
            await Rate(office, grouping);
        }

        await Bill(office);
        return 0;
    }

    private static async Task Rate(ImportOffice office, double grouping)
    {
        await using var db = await office.Db();
        var customers = await db.Customers.Select(c => c.Id).ToListAsync();
        var (accounts, now) = (new AccountLoader(db), SystemClock.Instance.GetCurrentInstant());
        var (loading, reading, computing, lines) = (new Stopwatch(), new Stopwatch(), new Stopwatch(), 0);
        foreach (var some in customers.Chunk(50))
        {
            loading.Start();
            var loaded = (await accounts.Load(some, now, default)).Select(one => (one.Account, one.Through(Through, now))).ToList();
            loading.Stop();
            reading.Start();
            var usage = await db.UsageOf(loaded, KnownUsage.Now, default);
            reading.Stop();
            computing.Start();
            lines += loaded.Sum(one => BillingEngine.Due(one.Account, usage, one.Item2).Sum(document => document.Lines.Count));
            computing.Stop();
        }

        var rating = (reading.Elapsed + computing.Elapsed).TotalSeconds;
        Say($"{customers.Count:N0} customers, {lines:N0} lines: accounts {loading.Elapsed.TotalSeconds:F2} s, rating {rating:F2} s "
            + $"(quantities {reading.Elapsed.TotalSeconds:F2}, prices {computing.Elapsed.TotalSeconds:F2}), "
            + $"{rating / grouping:F2} x GROUP BY");
    }

    private static async Task Bill(ImportOffice office)
    {
        var clock = Stopwatch.StartNew();
        var run = (await office.As<StartRun, BillingRunId?>(start => start.Run(Through)))!.Value;
        var started = clock.Elapsed.TotalSeconds;
        using var waits = new WriteWaits(office);
        clock.Restart();
        await office.As<WorkRun, bool>(async work =>
        {
            await work.Run(run);
            return true;
        });
        var seconds = clock.Elapsed.TotalSeconds;
        await waits.Stop();
        await using var db = await office.Db();
        var invoices = await db.Invoices.CountAsync();
        Say($"found in {started:F1} s, {invoices:N0} drafts stored in {seconds:F1} s: {invoices / seconds * 3600:N0} an hour; {waits}");
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private static void Say(string text) => Console.WriteLine(text);
}
