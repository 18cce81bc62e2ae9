using BackOffice.Benchmarks.Rating;
using BackOffice.Benchmarks.Usage;
using BenchmarkDotNet.Running;

namespace BackOffice.Benchmarks;

/// <summary>dotnet run -c Release --project tests/BackOffice.Benchmarks -- VERB</summary>
public static class Program
{
    private static readonly Dictionary<string, Type> Verbs = new(StringComparer.Ordinal)
    {
        ["rating"] = typeof(RatingBenchmarks),
        ["invoice"] = typeof(InvoiceBenchmarks),
        ["arithmetic"] = typeof(ArithmeticBenchmarks),
    };

    private static readonly Dictionary<string, Func<string[], Task<int>>> Journeys = new(StringComparer.Ordinal)
    {
        ["generate"] = UsageVerbs.Generate,
        ["import-sqlite"] = UsageVerbs.ImportSqlite,
        ["import-postgres"] = UsageVerbs.ImportPostgres,
        ["parse"] = UsageVerbs.Parse,
        ["history"] = UsageVerbs.History,
        ["least"] = LeastTimes.Print,
        ["run"] = RunVerbs.Run,
        ["http"] = HttpVerbs.Http,
    };

    public static async Task<int> Main(string[] args)
    {
        if (args.Length > 0 && Journeys.TryGetValue(args[0], out var journey))
        {
            return await journey(args[1..]);
        }

        if (args.Length == 0 || !Verbs.TryGetValue(args[0], out var benchmarks))
        {
            Console.Error.WriteLine($"Name what to measure: {string.Join(", ", Verbs.Keys.Concat(Journeys.Keys))}.");
            return 2;
        }

        BenchmarkRunner.Run(benchmarks, Settings.Config, args[1..]);
        return 0;
    }
}
