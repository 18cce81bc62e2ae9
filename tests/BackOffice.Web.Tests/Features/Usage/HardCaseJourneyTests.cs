using System.Text;
using BackOffice.Data.Providers;
using BackOffice.Data.Usage;
using BackOffice.Web.Features.Usage;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Tests.Features.Usage;

/// <summary>The hard cases of usage files that need more than a reader: what is asked, and what is stored in the end.</summary>
public sealed class HardCaseJourneyTests(PostgresServer server)
{
    private const string Head = "id,at,customer,calls\n";

    public static TheoryData<string, byte[], string> Asked => new()
    {
        { "C03", Encoding.Unicode.GetBytes(Head + "a,2026-01-02Z,SUB-1,5\n"), "confirm_encoding" },
        { "C04", Encoding.Latin1.GetBytes(Head + "Müller,2026-01-02Z,SUB-1,5\n"), "confirm_encoding" },
        { "C14", Encoding.UTF8.GetBytes("id,at,customer,calls,Calls\na,2026-01-02,SUB-1,5,6\n"), "repeated_columns" },
        { "C15", Encoding.UTF8.GetBytes("a,2026-01-02,SUB-1,5\nb,2026-01-02,SUB-1,6\n"), "confirm_header" },
        { "C21", Encoding.UTF8.GetBytes(Head + "a,2026-01-02,SUB-1,\"1,234\"\n"), "confirm_number_format" },
        { "C24", Encoding.UTF8.GetBytes(Head + "a,2026-01-02 10:00,SUB-1,5\n"), "confirm_zone" },
        { "C25", Encoding.UTF8.GetBytes(Head + "a,03/04/2026,SUB-1,5\n"), "confirm_timestamp_format" },
        { "C27", Encoding.UTF8.GetBytes(Head + "a,1700158623979,SUB-1,5\n"), "confirm_timestamp_format" },
    };

    [Theory, MemberData(nameof(Asked))]
    public async Task What_could_be_read_in_two_ways_is_asked(string id, byte[] file, string question)
    {
        await using var office = await UsageOffice.Open();
        var inspection = await office.Inspect.Run(await office.Upload(file));
        Assert.True(inspection.Suggestion!.Questions.Any(asked => asked.Code == question), id);
    }

    [Theory, ClassData<BothDatabases>]
    public async Task One_file_renamed_reordered_and_split_is_one_set_of_events(DatabaseProvider provider)
    {
        await using var office = await UsageOffice.Open(provider, server);
        var rows = Enumerable.Range(0, 100).Select(i => $"{i},2026-01-02 00:{i / 60:00}:{i % 60:00},SUB-1,{i}\n").ToList();
        await office.ImportText(Head + string.Concat(rows));
        var before = await Stored(office);

        await office.Import.Run(await office.Upload(Head + string.Concat(rows), "renamed.csv"), UsageFiles.Calls, ImportMode.AllOrNothing);
        await office.ImportText(Head + string.Concat(rows.AsEnumerable().Reverse()));
        foreach (var part in rows.Chunk(10))
        {
            Assert.Equal((0, 10), Counts(await office.ImportText(Head + string.Concat(part))));
        }

        Assert.Equal(before, await Stored(office));
    }

    private static (long, long) Counts(Core.Usage.Import import) => (import.Report!.Accepted, import.Report.Duplicates);

    private static async Task<List<string>> Stored(UsageOffice office)
    {
        await using var db = office.Db();
        return await db.Usage(new EventQuery()).Select(e => e.TransactionId + e.Properties + e.AtMicros).ToListAsync();
    }
}
