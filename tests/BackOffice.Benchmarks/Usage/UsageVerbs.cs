using System.Diagnostics;
using System.Globalization;
using BackOffice.Core.Usage;
using BackOffice.Data.Usage;
using BackOffice.Testing;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Benchmarks.Usage;

/// <summary>Measures imports end to end, from reading to commit, each against a yardstick beside it.</summary>
internal static class UsageVerbs
{
    private const int Rounds = 5;

    /// <summary>generate FILE ROWS SUBSCRIPTIONS [MONTHS].</summary>
    public static Task<int> Generate(string[] args)
    {
        new UsageTrace(Number(args, 2, 1_000), Number(args, 3, 1)).Write(args[0], Number(args, 1, 1_000_000));
        Say($"{args[0]}: {new FileInfo(args[0]).Length:N0} bytes");
        return Task.FromResult(0);
    }

    /// <summary>import-sqlite FILE SUBSCRIPTIONS [ROUNDS].</summary>
    public static async Task<int> ImportSqlite(string[] args)
    {
        var (file, subscriptions) = (Path.GetFullPath(args[0]), Number(args, 1, 1_000));
        var rounds = new List<(double First, double Again, double Yardstick)>();
        for (var round = 0; round < Number(args, 2, Rounds); round++)
        {
            var yardstick = Yardsticks.SqliteImport(file).TotalSeconds;
            await using var office = await ImportOffice.Open(subscriptions);
            ForgetPeak();
            using var waits = new WriteWaits(office);
            var (first, import) = await Timed(office, file);
            await waits.Stop();
            var (again, _) = await Timed(office, file);
            rounds.Add((first, again, yardstick));
            Tell("sqlite3 .import", import, rounds[^1]);
            Say($"  {Bytes(office.Folder) / (double)import.Report!.Accepted:F1} bytes per event; {waits}; peak {PeakMegabytes()} MB");
        }

        Summarise("sqlite3 .import", rounds);
        return 0;
    }

    /// <summary>import-postgres FILE SUBSCRIPTIONS [ROUNDS].</summary>
    public static async Task<int> ImportPostgres(string[] args)
    {
        var (file, subscriptions) = (Path.GetFullPath(args[0]), Number(args, 1, 1_000));
        await using var server = new PostgresServer();
        var rounds = new List<(double First, double Again, double Yardstick)>();
        for (var round = 0; round < Number(args, 2, Rounds); round++)
        {
            var database = await server.CreateDatabaseAsync();
            var yardstick = (await Yardsticks.PostgresCopy(file, database)).TotalSeconds;
            await using (var office = await ImportOffice.Open(subscriptions, database))
            {
                var (first, import) = await Timed(office, file);
                var (again, _) = await Timed(office, file);
                rounds.Add((first, again, yardstick));
                Tell("psql \\copy", import, rounds[^1]);
            }

            await server.DropDatabaseAsync(database);
        }

        Summarise("psql \\copy", rounds);
        return 0;
    }

    /// <summary>parse FILE: how much of an import is reading the file.</summary>
    public static async Task<int> Parse(string[] args)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            var cut = 0L;
            await using (var file = File.OpenRead(args[0]))
            {
                using var csv = CsvHelper.CsvReader.Create(file, new CsvHelper.CsvReaderOptions { HasHeader = true });
                while (csv.Read())
                {
                    cut += csv.GetSpan(0).Length > 0 ? 1 : 0;
                }
            }

            var bare = clock.Elapsed.TotalSeconds;
            clock.Restart();
            var rows = 0L;
            await using (var file = File.OpenRead(args[0]))
            {
                await foreach (var line in ImportOffice.Reader().ReadAsync(file))
                {
                    rows += line is BackOffice.Web.Features.Usage.Files.UsageRow ? 1 : 0;
                }
            }

            var whole = clock.Elapsed.TotalSeconds;
            Say($"CsvHelper {cut / bare:N0} rows/s; with every value read and checked {rows / whole:N0} rows/s");
        }

        return 0;
    }

    /// <summary>history SUBSCRIPTIONS FILES...: imports one file after the other and shows the rate as history grows.</summary>
    public static async Task<int> History(string[] args)
    {
        await using var office = await ImportOffice.Open(Number(args, 0, 1_000));
        foreach (var file in args[1..])
        {
            var (seconds, import) = await Timed(office, Path.GetFullPath(file));
            await using var db = await office.Db();
            var stored = await db.CountUsage(new EventQuery(), default);
            Say($"{stored:N0} events stored: {import.Report!.Rows / seconds:N0} rows/s");
        }

        return 0;
    }

    private static async Task<(double Seconds, Import Import)> Timed(ImportOffice office, string file)
    {
        var id = await office.Upload(file);
        var clock = Stopwatch.StartNew();
        var import = await office.Import(id);
        clock.Stop();
        return import.Status == ImportStatus.Imported
            ? (clock.Elapsed.TotalSeconds, import)
            : throw new InvalidOperationException($"The import is {import.Status}: {import.Report}");
    }

    private static void Tell(string yardstick, Import import, (double First, double Again, double Yardstick) round) => Say(
        $"{import.Report!.Rows / round.First:N0} rows/s; again {import.Report.Rows / round.Again:N0}; "
        + $"{yardstick} {import.Report.Rows / round.Yardstick:N0}; {round.Yardstick / round.First:F2} x");

    private static void Summarise(string yardstick, List<(double First, double Again, double Yardstick)> rounds) => Say(
        $"Median of {rounds.Count}: {Median(rounds.Select(r => r.Yardstick / r.First)):F2} x {yardstick}; "
        + $"again {Median(rounds.Select(r => r.First / r.Again)):F2} x the first time");

    private static double Median(IEnumerable<double> values) => values.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;

    private static long Bytes(string folder) => new FileInfo(UsageFile.Beside(Path.Combine(folder, "backoffice.db"))).Length;

    // What furnishing the office took is not the import's.
    private static void ForgetPeak()
    {
        GC.Collect();
        File.WriteAllText("/proc/self/clear_refs", "5");
    }

    private static long PeakMegabytes() => long.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM", StringComparison.Ordinal))[6..^2].Trim(),
        CultureInfo.InvariantCulture) >> 10;

    private static int Number(string[] args, int position, int otherwise) =>
        args.Length > position ? int.Parse(args[position], NumberStyles.AllowThousands, CultureInfo.InvariantCulture) : otherwise;

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private static void Say(string text) => Console.WriteLine(text);
}
