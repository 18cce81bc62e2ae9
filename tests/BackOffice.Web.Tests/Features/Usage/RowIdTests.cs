using BackOffice.Web.Features.Usage.Files;

namespace BackOffice.Web.Tests.Features.Usage;

public sealed class RowIdTests
{
    private const string Head = "at,customer,calls\n";

    private static readonly UsageMapping NoIds = UsageFiles.Calls with { TransactionIdColumn = null };

    private static readonly string[] Rows =
    [
        "2026-01-02,acme,5\n", "2026-01-02,acme,6\n", "2026-01-02,acme,5\n", "2026-01-03,zeta,5\n", "2026-01-02,acme,5\n",
    ];

    [Fact]
    public async Task The_same_file_gives_the_same_ids_and_identical_rows_get_different_ones()
    {
        var ids = await Ids(Rows);
        Assert.Equal(ids, await Ids(Rows));
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^[0-9a-f]{32}$", id));
    }

    [Theory]
    [InlineData("ordered backwards")]
    [InlineData("with other rows between")]
    [InlineData("with other line ends and quotes")]
    public async Task Ids_do_not_depend_on_where_a_row_stands_or_how_it_is_quoted(string how)
    {
        var other = how switch
        {
            "ordered backwards" => Rows.Reverse(),
            "with other rows between" => Rows.SelectMany((row, i) => new[] { $"2026-02-01,new,{i}\n", row }),
            _ => Rows.Select(row => row
                .Replace("acme", "\"acme\"", StringComparison.Ordinal)
                .Replace("\n", "\r\n\r\n", StringComparison.Ordinal)),
        };
        Assert.Subset((await Ids(other)).ToHashSet(), (await Ids(Rows)).ToHashSet());
    }

    [Fact]
    public async Task A_delimiter_inside_a_cell_cannot_imitate_two_cells()
    {
        var ids = await Ids(["2026-01-02,\"a,b\",5\n", "2026-01-02,\"a\",5\n", "2026-01-02,\"a \",5\n"]);
        Assert.Equal(3, ids.Distinct().Count());
    }

    [Fact]
    public async Task The_same_rows_for_another_subscription_are_other_events()
    {
        var one = await UsageFiles.ReadAsync(Head + Rows[0], NoIds with { SubscriptionColumn = null, SubscriptionCode = "one" });
        var two = await UsageFiles.ReadAsync(Head + Rows[0], NoIds with { SubscriptionColumn = null, SubscriptionCode = "two" });
        Assert.NotEqual(one.Brief(), two.Brief());
    }

    [Fact]
    public void Occurrences_are_counted_exactly_beyond_what_a_slot_holds()
    {
        var counts = new OccurrenceCounts();
        var expected = new Dictionary<ulong, int>();
        var random = new Random(3);
        for (var i = 0; i < 200_000; i++)
        {
            var hash = random.Next(3) == 0 ? (ulong)random.Next(4) : ulong.MaxValue - (ulong)random.Next(50_000);
            expected[hash] = expected.GetValueOrDefault(hash) + 1;
            Assert.Equal(expected[hash], counts.Next(hash));
        }
    }

    private static async Task<List<string>> Ids(IEnumerable<string> rows) =>
        [.. (await UsageFiles.ReadAsync(Head + string.Concat(rows), NoIds)).Cast<UsageRow>().Select(row => row.TransactionId)];
}
