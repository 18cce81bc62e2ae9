using System.Text;
using BackOffice.Core.Usage;
using BackOffice.Web.Features.Usage.Files;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Usage;

/// <summary>Files and mappings for the tests of the reader.</summary>
internal static class UsageFiles
{
    internal static readonly Instant Now = Instant.FromUtc(2026, 11, 22, 12, 0);

    internal static readonly string TracePath = Path.Combine(AppContext.BaseDirectory, "Data", "llm-trace-code.csv");

    /// <summary>id, at, customer, calls: the file of most tests.</summary>
    internal static readonly UsageMapping Calls = new()
    {
        TimestampColumn = "at",
        TimestampFormat = TimestampFormat.Iso8601,
        SubscriptionColumn = "customer",
        EventName = "api_call",
        TransactionIdColumn = "id",
        Properties = [new("calls", "calls", PropertyKind.Number)],
    };

    internal static readonly UsageMapping Trace = new()
    {
        TimestampColumn = "TIMESTAMP",
        TimestampFormat = TimestampFormat.Iso8601,
        SubscriptionCode = "SUB-1",
        EventName = "llm_request",
        Properties =
        [
            new("ContextTokens", "input_tokens", PropertyKind.Number),
            new("GeneratedTokens", "output_tokens", PropertyKind.Number),
        ],
    };

    internal static Task<List<UsageFileLine>> ReadAsync(string text, UsageMapping? mapping = null) =>
        ReadAsync(Encoding.UTF8.GetBytes(text), mapping);

    internal static async Task<List<UsageFileLine>> ReadAsync(byte[] bytes, UsageMapping? mapping = null)
    {
        using var stream = new MemoryStream(bytes);
        return await ReadAsync(stream, new UsageFileReader(mapping ?? Calls, Now));
    }

    internal static async Task<List<UsageFileLine>> ReadAsync(Stream stream, UsageFileReader reader)
    {
        var lines = new List<UsageFileLine>();
        await foreach (var line in reader.ReadAsync(stream, TestContext.Current.CancellationToken))
        {
            lines.Add(line);
        }

        return lines;
    }

    /// <summary>Each line in brief: "2 ok a" or "3 field_count".</summary>
    internal static string Brief(this IEnumerable<UsageFileLine> lines) => string.Join(", ", lines.Select(line => line switch
    {
        UsageRow row => $"{row.Line} ok {row.TransactionId}",
        RowError error => $"{error.Line} {error.Code}{(error.StopsFile ? "!" : "")}",
        _ => "?",
    }));

    internal static Sniffed Sniff(string text) => Sniff(Encoding.UTF8.GetBytes(text));

    internal static Sniffed Sniff(byte[] bytes) => FileSniffer.Sniff(bytes, complete: true, Now);
}
