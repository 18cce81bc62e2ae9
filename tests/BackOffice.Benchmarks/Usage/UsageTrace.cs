using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace BackOffice.Benchmarks.Usage;

/// <summary>
/// Blows the real trace up, always to the same file: token counts are the trace's, cycled; ids are UUIDs of a fixed generator;
/// subscriptions follow a long tail; one request in fifty is written up to three days late.
/// </summary>
internal sealed class UsageTrace(int subscriptions, int months)
{
    public const string Header = "id,time,subscription,model,input_tokens,output_tokens";

    public const int Models = 8;

    private const long MicrosPerDay = 86_400_000_000;

    /// <summary>The first day with usage.</summary>
    public static readonly LocalDate Start = new(2023, 11, 1);

    private static readonly InstantPattern Time = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss.ffffff'Z'");

    private ulong _state = 0x5EED;

    public static string Code(int subscription) => string.Create(CultureInfo.InvariantCulture, $"sub-{subscription:00000}");

    public void Write(string path, long rows)
    {
        var tokens = Tokens();
        var start = Start.AtMidnight().InUtc().ToInstant();
        var span = Period.DaysBetween(Start, Start.PlusMonths(months)) * MicrosPerDay;
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 20);
        file.Write(Header + "\n");
        for (var row = 0L; row < rows; row++)
        {
            // Usage of one month and a day lies before its end, also where a customer's day begins later.
            var at = (long)(row / (double)rows * (span - MicrosPerDay)) + (MicrosPerDay / 2);
            at -= Next() % 50 == 0 ? (long)(Next() % (ulong)Math.Min(3 * MicrosPerDay, at)) : 0;
            var tail = Math.Pow(Next() / (double)ulong.MaxValue, 2.5);
            var id = new Guid(Bytes(Next(), Next()));
            file.Write(string.Create(CultureInfo.InvariantCulture, $"{id},{Time.Format(start.PlusNanoseconds(at * 1000))},"));
            file.Write(Code((int)(tail * subscriptions)));
            file.Write(string.Create(CultureInfo.InvariantCulture, $",model-{Next() % Models},{tokens[(int)(row % tokens.Count)]}\n"));
        }
    }

    private static List<string> Tokens()
    {
        using var trace = typeof(UsageTrace).Assembly.GetManifestResourceStream("Trace.csv")!;
        using var lines = new StreamReader(trace);
        lines.ReadLine();
        var tokens = new List<string>();
        while (lines.ReadLine() is { } line)
        {
            tokens.Add(line[(line.IndexOf(',', StringComparison.Ordinal) + 1)..]);
        }

        return tokens;
    }

    // SplitMix64: the same on every machine and in every version of .NET.
    private ulong Next()
    {
        var mixed = _state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    private static byte[] Bytes(ulong high, ulong low) => [.. BitConverter.GetBytes(high), .. BitConverter.GetBytes(low)];
}
