using BackOffice.Core.Catalog;
using BackOffice.Core.Usage;
using BackOffice.Data.Providers;
using BackOffice.Data.Usage;
using CsCheck;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Data.Tests;

/// <summary>Usage is stored once, as it was sent, and added up as it is stored.</summary>
public class UsageStoreTests(PostgresServer server)
{
    private static readonly Interval All = new(Instant.FromUtc(2023, 1, 1, 0, 0), Instant.FromUtc(2025, 1, 1, 0, 0));

    private static readonly Metric[] Metrics =
    [
        Metric.Create("n", "Calls", Aggregation.Count, null, "calls"),
        Metric.Create("sum", "Tokens", Aggregation.Sum, "tokens", "tokens"),
        Metric.Create("max", "Largest", Aggregation.Max, "tokens", "tokens"),
        Metric.Create("last", "Latest", Aggregation.Latest, "tokens", "tokens"),
        Metric.Create("named", "Named", Aggregation.Sum, "tokens", "tokens", eventName: "chat"),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("0190f5b2-7c3d-7a10-8f00-000000000001", 16, "a UUID is its bytes")]
    [InlineData("0190F5B2-7C3D-7A10-8F00-000000000001", 37, "capitals would be lost, so it is text")]
    [InlineData("0190f5b27c3d7a108f00000000000001", 17, "an id made from content")]
    [InlineData("a", 2, "any text")]
    [InlineData("fifteen letters", 17, "a text must not look like a UUID")]
    [InlineData("", 1, "nothing")]
    [InlineData("Grüße-✓", 12, "UTF-8")]
    public void A_transaction_id_is_read_as_it_was_written(string id, int bytes, string why)
    {
        var key = new byte[TransactionKey.MaxBytes];
        var length = TransactionKey.Write(id, key);
        Assert.True(bytes == length, why);
        Assert.Equal(id, TransactionKey.Read(key.AsSpan(0, length)));
    }

    [Fact]
    public void Different_ids_never_share_a_key() => Gen.Select(Gen.String[Gen.Char["0af-É"], 0, 40], Gen.String[Gen.Char["0af-É"], 0, 40])
        .Sample((one, other) => one == other || !Key(one).AsSpan().SequenceEqual(Key(other)));

    [Fact]
    public void Every_decimal_comes_back() => Gen.Decimal.Sample(value =>
    {
        var bytes = new byte[PackedValue.MaxNumberBytes];
        ReadOnlySpan<byte> read = bytes.AsSpan(0, PackedValue.Write(value, bytes));
        Assert.Equal(value, PackedValue.ReadNumber(ref read));
        Assert.Equal(0, read.Length);
    });

    [Theory, ClassData<BothDatabases>]
    public async Task What_was_added_up_is_what_the_events_add_up_to(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Create(provider, server);
        await using var db = test.Open();
        var books = await Books.Store(db, issued: false);
        var random = new Random(20231116);
        for (var import = 0; import < 8; import++)
        {
            await using var writer = await db.Writer(ImportId.New(), Cancel);
            for (var row = 0; row < 400; row++)
            {
                writer.Add(Entry(books, random, row), Properties(random));
                if (random.Next(100) == 0)
                {
                    await writer.Flush(Cancel);
                }
            }

            await writer.Finish(Cancel);
            await writer.Settle(Cancel);
            if (import % 3 != 2)
            {
                await writer.Commit(ImportOutcome.Unknown, Cancel);
            }
        }

        var (cases, problems) = await db.CheckRollups(Cancel);
        Assert.Empty(problems);
        Assert.InRange(cases, 10, 5_000);
        foreach (var when in new[] { All, new Interval(Instant.FromUtc(2023, 11, 1, 0, 0), Instant.FromUtc(2023, 12, 1, 0, 0)),
            new Interval(Instant.FromUtc(2023, 11, 7, 3, 0), Instant.FromUtc(2023, 11, 9, 1, 0)) })
        {
            var measured = await db.Measure(books.Subscription.Id, when, Metrics, Cancel);
            var counted = await db.FromEvents(books.Subscription.Id, when, Metrics, Cancel);
            Assert.All(Metrics, metric => Assert.Equal(Said(counted[metric.Id]), Said(measured[metric.Id])));
        }
    }

    [Theory, ClassData<BothDatabases>]
    public async Task What_is_not_committed_was_never_there(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Create(provider, server);
        await using var db = test.Open();
        var books = await Books.Store(db, issued: false);
        await using (var writer = await db.Writer(ImportId.New(), Cancel))
        {
            Assert.Equal(AppendOutcome.Accepted, await writer.Append(books.Event("second"), Cancel));
            await writer.Finish(Cancel);
            await writer.Settle(Cancel);
        }

        Assert.Equal(1, await db.CountUsage(new EventQuery(), Cancel));
        Assert.Equal(AppendOutcome.Accepted, await Books.Append(db, books.Event("second")));
        Assert.Empty((await db.CheckRollups(Cancel)).Problems);
    }

    [Theory, ClassData<BothDatabases>]
    public async Task Of_one_id_many_times_in_a_chunk_the_first_is_kept(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Create(provider, server);
        await using var db = test.Open();
        var books = await Books.Store(db, issued: false);
        var conflicts = new List<(long, string)>();
        await using var writer = await db.Writer(ImportId.New(), Cancel);
        writer.OnConflict = (line, id) => conflicts.Add((line, id));
        var entry = new UsageEntry(books.Subscription.Id, "usage", 1_700_000_000_000_000, "same", 1, 0, false);
        foreach (var (line, tokens) in new[] { (1, 5m), (2, 5.0m), (3, 6m), (4, 5m) })
        {
            writer.Add(entry with { Line = line }, [new("tokens", tokens, null), new("region", null, "eu")]);
        }

        await writer.Finish(Cancel);

        Assert.Equal((1, 2, 1), (writer.Counts.Accepted, writer.Counts.Duplicates, writer.Counts.Conflicts));
        Assert.Equal((3L, "same"), Assert.Single(conflicts));
        Assert.Equal(15m, writer.Counts.Totals["tokens"]);
    }

    [Theory, ClassData<BothDatabases>]
    public async Task A_text_that_never_repeats_does_not_make_a_set_of_every_event(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Create(provider, server);
        await using var db = test.Open();
        var books = await Books.Store(db, issued: false);
        for (var import = 0; import < 2; import++)
        {
            await using var writer = await db.Writer(ImportId.New(), Cancel);
            for (var i = 0; i < 1_500; i++)
            {
                var entry = new UsageEntry(books.Subscription.Id, "usage", 1_700_000_000_000_000 + i, $"t{i}", i, 0, false);
                writer.Add(entry, [new("request", null, $"req-{i}"), new("tokens", i, null)]);
            }

            await writer.Finish(Cancel);
            await writer.Settle(Cancel);
            await writer.Commit(ImportOutcome.Unknown, Cancel);
            Assert.Equal((import == 0 ? 1_500 : 0, import == 0 ? 0 : 1_500), (writer.Counts.Accepted, writer.Counts.Duplicates));
        }

        var requests = await db.Usage(new EventQuery(books.Subscription.Id)).Where(e => e.Texts.ContainsKey("request"))
            .Select(e => e.Texts["request"]).ToListAsync(Cancel);
        Assert.Equal(Enumerable.Range(0, 1_500).Select(i => $"req-{i}"), requests);
        await using var command = await UsageStore.Open(db, Cancel);
        command.CommandText = "SELECT COUNT(*) FROM usage_sets";
        Assert.InRange((long)(await command.ExecuteScalarAsync(Cancel))!, 1_000, 1_003);
    }

    [Fact]
    public async Task A_person_who_saves_does_not_wait_for_an_import()
    {
        await using var test = await TestDatabase.Sqlite();
        await using var db = test.Open();
        var books = await Books.Store(db, issued: false);
        await using var writer = await db.Writer(ImportId.New(), Cancel);
        await writer.Append(books.Event("second"), Cancel);

        await using var other = test.Open();
        (await other.Invoices.SingleAsync(Cancel)).Return("Look again");
        await other.SaveChangesAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(5), Cancel);

        Assert.Equal(1, await other.CountUsage(new EventQuery(), Cancel));
    }

    [Theory, ClassData<BothDatabases>]
    public async Task Usage_of_earlier_versions_is_carried_over_once(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Create(provider, server);
        await using var db = test.Open();
        var books = await Books.Store(db, issued: false);
        await OldRows(db, books);

        Assert.Equal(2, await db.CarryOverUsage((_, micros) => Micros.DayOf(micros), Cancel));
        Assert.Equal(0, await db.CarryOverUsage((_, micros) => Micros.DayOf(micros), Cancel));

        var events = await db.Usage(new EventQuery()).Where(e => e.Name == "old").ToListAsync(Cancel);
        Assert.Equal(["""a {"region":"eu","tokens":1.5} 7 False""", "b {} 8 True"],
            events.Select(e => $"{e.TransactionId} {e.Properties} {e.Line} {e.IsLate}"));
        Assert.Empty((await db.CheckRollups(Cancel)).Problems);
    }

    private static async Task OldRows(BackOfficeDb db, Books books)
    {
        var import = Guid.CreateVersion7();
        if (db.Database.IsNpgsql())
        {
            await db.Database.ExecuteSqlRawAsync(
                $"ALTER TABLE {UsageCarryOver.Table} DROP CONSTRAINT fk_usage_events_imports_import_id", Cancel);
        }
        else
        {
            await db.Database.OpenConnectionAsync(Cancel);
            await db.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys = OFF", Cancel);
        }

        await db.Database.ExecuteSqlRawAsync(
            $$"""
            INSERT INTO {{UsageCarryOver.Table}} (id, subscription_id, name, at_micros, transaction_id, properties, import_id, line,
                is_late)
            VALUES (1, {0}, 'old', 1700000000000000, 'a', {4}, {1}, 7, {2}), (2, {0}, 'old', 1700000000000001, 'b', {5}, {1}, 8, {3})
            """, [books.Subscription.Id.Value, import, false, true, """{"region":"eu","tokens":1.5}""", "{}"], Cancel);
    }

    private static UsageEntry Entry(Books books, Random random, int row)
    {
        var at = Micros.Of(Instant.FromUtc(2023, 10, 20, 0, 0)) + (random.NextInt64(60L * 24 * 60) * 60_000_000);
        return new UsageEntry(
            books.Subscription.Id, random.Next(3) == 0 ? "chat" : "usage", at, $"t{random.Next(900)}", row, Micros.DayOf(at) / 7,
            random.Next(20) == 0);
    }

    private static UsageProperty[] Properties(Random random) => random.Next(5) switch
    {
        0 => [],
        1 => [new("tokens", -random.Next(1_000) / 4m, null)],
        2 => [new("tokens", random.Next(3), null), new("region", null, "eu")],
        _ => [new("tokens", random.Next(1_000), null), new("region", null, random.Next(2) == 0 ? "eu" : "us")],
    };

    private static (decimal Quantity, long Events, long WithoutValue) Said(Measured measured) =>
        (measured.Quantity, measured.Events, measured.WithoutValue);

    private static byte[] Key(string id)
    {
        var key = new byte[TransactionKey.MaxBytes];
        return key[..TransactionKey.Write(id, key)];
    }
}
