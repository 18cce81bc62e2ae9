using BackOffice.Core.Usage;
using BackOffice.Web.Features.Usage.Files;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Usage;

/// <summary>The file of real requests (Data/README.md), from bytes to rows, without a hand-made mapping.</summary>
public sealed class RealTraceTests
{
    [Fact]
    public async Task The_trace_is_recognised_mapped_and_read_to_the_last_token()
    {
        var head = (await File.ReadAllBytesAsync(UsageFiles.TracePath)).AsSpan(0, UsageFileLimits.SniffBytes).ToArray();
        var shape = FileSniffer.Sniff(head, complete: false, UsageFiles.Now).Shape!;
        var (mapping, questions) = MappingSuggester.Suggest(shape, ["input_tokens", "output_tokens"], "UTC");
        Assert.Equal(["confirm_zone", "choose_subscription", "choose_event_name"], questions.Select(question => question.Code));
        Assert.Equal((TimestampFormat.Iso8601, ','), (mapping.TimestampFormat, mapping.Delimiter));

        var confirmed = UsageMapping.FromJson((mapping with { SubscriptionCode = "SUB-1", EventName = "llm_request" }).ToJson());
        Assert.Empty(MappingCheck.Check(confirmed, shape.Columns));
        var rows = (await Read(confirmed)).Cast<UsageRow>().ToList();

        Assert.Equal(8_819, rows.Count);
        Assert.Equal(18_059_974m, Total(rows, "input_tokens"));
        Assert.Equal(245_896m, Total(rows, "output_tokens"));
        Assert.Equal(Instant.FromUtc(2023, 11, 16, 18, 17, 3).PlusNanoseconds(979_960_000), rows[0].At);
        Assert.Equal((2L, 8_820L), (rows[0].Line, rows[^1].Line));
    }

    [Fact]
    public async Task Reading_it_again_gives_the_same_rows_with_the_same_ids()
    {
        var first = (await Read(UsageFiles.Trace)).Cast<UsageRow>().ToList();
        var second = (await Read(UsageFiles.Trace)).Cast<UsageRow>().ToList();
        Assert.Equal(first.Select(row => row.TransactionId), second.Select(row => row.TransactionId));
        Assert.Equal(8_819, first.Select(row => row.TransactionId).Distinct().Count());
    }

    private static decimal Total(IEnumerable<UsageRow> rows, string property) =>
        rows.Sum(row => row.Properties.Single(value => value.Name == property).Number!.Value);

    private static async Task<List<UsageFileLine>> Read(UsageMapping mapping)
    {
        await using var stream = File.OpenRead(UsageFiles.TracePath);
        return await UsageFiles.ReadAsync(stream, new UsageFileReader(mapping, UsageFiles.Now));
    }
}
