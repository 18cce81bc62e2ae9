using BackOffice.Benchmarks.Rating;
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

    public static int Main(string[] args)
    {
        if (args.Length == 0 || !Verbs.TryGetValue(args[0], out var benchmarks))
        {
            Console.Error.WriteLine($"Name what to measure: {string.Join(", ", Verbs.Keys)}.");
            return 2;
        }

        BenchmarkRunner.Run(benchmarks, Settings.Config, args[1..]);
        return 0;
    }
}
