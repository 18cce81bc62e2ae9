using System.Diagnostics;
using System.Reflection;
using BackOffice.Benchmarks.Rating;
using BenchmarkDotNet.Attributes;

namespace BackOffice.Benchmarks;

/// <summary>
/// The benchmarks of rating and invoices by their least time of many runs: what is left when other work on the machine happens to pause.
/// BenchmarkDotNet's means need a quiet machine; this does not.
/// </summary>
internal static class LeastTimes
{
    private const int WarmUps = 2_000;
    private const int Runs = 3_000;

    public static Task<int> Print(string[] args)
    {
        // Twice: on a busy machine the compiler is still improving the code in the first round.
        foreach (var print in new[] { false, true })
        {
            foreach (var type in new[] { typeof(RatingBenchmarks), typeof(InvoiceBenchmarks) })
            {
                var benchmarks = Activator.CreateInstance(type)!;
                foreach (var category in type.GetMethods().Where(method => method.GetCustomAttribute<BenchmarkAttribute>() is not null)
                             .GroupBy(method => method.GetCustomAttribute<BenchmarkCategoryAttribute>()!.Categories[0]))
                {
                    Measure(category.Key, benchmarks, [.. category], print ? Console.Out : TextWriter.Null);
                }
            }
        }

        return Task.FromResult(0);
    }

    private static void Measure(string name, object benchmarks, List<MethodInfo> methods, TextWriter output)
    {
        var baseline = 0d;
        foreach (var method in methods.OrderByDescending(method => method.GetCustomAttribute<BenchmarkAttribute>()!.Baseline))
        {
            var operations = Math.Max(1, method.GetCustomAttribute<BenchmarkAttribute>()!.OperationsPerInvoke);
            var (nanoseconds, bytes) = Least(CallOf(method, benchmarks));
            baseline = baseline == 0 ? nanoseconds : baseline;
            output.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"{name,-42} {method.Name,-22} {nanoseconds / operations,10:0.0} ns {nanoseconds / baseline,6:0.00} "
                + $"{bytes / operations,7} B"));
        }
    }

    private static Action CallOf(MethodInfo method, object benchmarks) => method.ReturnType == typeof(decimal)
        ? Called(method.CreateDelegate<Func<decimal>>(benchmarks))
        : Called(method.CreateDelegate<Func<Core.Common.Money>>(benchmarks));

    private static Action Called<T>(Func<T> method) => () => GC.KeepAlive(method());

    private static (double Nanoseconds, long Bytes) Least(Action call)
    {
        for (var i = 0; i < WarmUps; i++)
        {
            call();
        }

        var least = double.MaxValue;
        for (var i = 0; i < Runs; i++)
        {
            var start = Stopwatch.GetTimestamp();
            call();
            least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalNanoseconds);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        call();
        return (least, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
