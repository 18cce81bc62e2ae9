using System.Text;
using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using BackOffice.Data.Usage;
using BackOffice.Web.Features.Usage;
using BackOffice.Web.Features.Usage.Files;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Tests.Features.Usage;

/// <summary>What is refused comes back as a file, and the repaired file is taken as if it had been right at once.</summary>
public sealed class RejectsFileTests
{
    private const string Head = "id,at,customer,calls\n";

    [Fact]
    public async Task The_file_has_the_original_columns_and_where_and_why()
    {
        await using var office = await UsageOffice.Open();
        var import = await office.ImportText(
            Head + "a,2026-01-02,SUB-1,1\n\"b \"\"x\"\"\",2026-01-02,SUB-1,1x\nc,2026-01-02,SUB-2,1\nd,2026-01-02\n",
            ImportMode.GoodRowsOnly);
        Assert.Equal(
            "\uFEFFid,at,customer,calls,line_no,error_code,error_message\r\n"
            + "\"b \"\"x\"\"\",2026-01-02,SUB-1,1x,3,number_malformed,"
            + "\"This is not a number written like 1234.56. Correct it, or choose the number format of the file.\"\r\n"
            + "c,2026-01-02,SUB-2,1,4,unknown_subscription,"
            + "\"There is no subscription with the code “SUB-2”. Correct the code, or start the subscription first.\"\r\n"
            + "\"d,2026-01-02\",,,,5,field_count,"
            + "\"The row has 2 cells, the first row has 4. Check for a missing or extra delimiter, or put text in quotes.\"\r\n",
            Rejects(office, import.Id));
    }

    [Fact]
    public async Task Repaired_rejects_are_recognised_and_are_what_the_original_would_have_been()
    {
        await using var office = await UsageOffice.Open();
        var mapping = UsageFiles.Calls with
        {
            TransactionIdColumn = null,
            Properties = [.. UsageFiles.Calls.Properties, new("id", "id", PropertyKind.Text)],
        };
        const string Broken = Head + "=a,2026-01-02,SUB-1,1\n=b,2026-01-02,SUB-1,2x\n'=c,2026-01-02,SUB-1,3x\n";
        var first = await office.ImportText(Broken, ImportMode.GoodRowsOnly, mapping);
        var repaired = Rejects(office, first.Id).Replace("2x", "2", StringComparison.Ordinal).Replace("3x", "3", StringComparison.Ordinal);
        Assert.Contains("\r\n'=b,", repaired, StringComparison.Ordinal);

        var id = await office.Upload(repaired, "import-1-rejects.csv");
        var inspection = await office.Inspect.Run(id);
        Assert.Equal(1, inspection.MappedAs);
        var second = await office.Import.Run(id, inspection.Suggestion!.Mapping, ImportMode.AllOrNothing);
        Assert.Equal((ImportStatus.Imported, 2), (second.Status, second.Report!.Accepted));
        await using var db = office.Db();
        Assert.Equal(["""{"calls":1,"id":"=a"}""", """{"calls":2,"id":"=b"}""", """{"calls":3,"id":"\u0027=c"}"""],
            await db.Usage(new EventQuery()).Select(e => e.Properties).ToListAsync());

        var whole = await office.ImportText(Broken.Replace("x\n", "\n", StringComparison.Ordinal), mapping: mapping);
        Assert.Equal((0, 3), (whole.Report!.Accepted, whole.Report.Duplicates));
    }

    [Fact]
    public async Task Rejects_that_are_not_repaired_are_rejected_again_and_stay_as_they_were()
    {
        await using var office = await UsageOffice.Open();
        var first = await office.ImportText(Head + "a,2026-01-02,SUB-1,1\n=b,2026-01-02,SUB-1,2x\n\"c\"c,x\n", ImportMode.GoodRowsOnly);
        var text = Rejects(office, first.Id);
        var id = await office.Upload(text);
        var mapping = (await office.Inspect.Run(id)).Suggestion!.Mapping;
        var second = await office.Import.Run(id, mapping, ImportMode.GoodRowsOnly);
        Assert.Equal((0, 2), (second.Report!.Accepted, second.Report.Rejected));
        var begins = text[..text.IndexOf(",3,number", StringComparison.Ordinal)];
        Assert.StartsWith(begins, Rejects(office, second.Id), StringComparison.Ordinal);
    }

    [Theory]
    //          where                            taken  why
    [InlineData("a,2026-01-02,SUB-1,1,3,number\0malformed,x", 1, "what we added is not read")]
    [InlineData("a,2026-01-02,SUB-1,1,3,number_malformed,ÿ", 1, "nor are its bytes")]
    [InlineData("a\0,2026-01-02,SUB-1,1,3,number_malformed,x", 0, "the fault is in the row itself")]
    [InlineData("a,2026-01-02,SUB-1,1,3,number\0malformed", 0, "nobody can tell whose columns these are")]
    public async Task A_fault_in_the_columns_we_added_is_no_fault_of_the_row(string row, int taken, string why)
    {
        await using var office = await UsageOffice.Open();
        var bytes = Encoding.Latin1.GetBytes("id,at,customer,calls,line_no,error_code,error_message\n" + row + "\n");
        var import = await office.Import.Run(await office.Upload(bytes), UsageFiles.Calls, ImportMode.GoodRowsOnly);
        Assert.True(taken == import.Report!.Accepted, why);
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_is_in_the_file_and_in_the_list_with_its_line()
    {
        await using var office = await UsageOffice.Open();
        var import = await office.ImportText(Head + "a,2026-01-02,SUB-1,1\n\"b,2026-01-02,SUB-1,1\n", ImportMode.GoodRowsOnly);
        Assert.Equal("3 - unclosed_quote", await office.Problems(import.Id));
        Assert.Contains(",3,unclosed_quote,", Rejects(office, import.Id), StringComparison.Ordinal);
    }

    [Theory]
    //          file                    why
    [InlineData("id,at,customer,calls\na,2026-01-02,SUB-1,1\n", "every row is good")]
    [InlineData("id,when,customer,calls\na,2026-01-02,SUB-1,1\n", "the whole file is wrong")]
    public async Task Without_a_row_to_repair_there_is_no_file(string text, string why)
    {
        await using var office = await UsageOffice.Open();
        var import = await office.ImportText(text);
        Assert.False(office.Uploads.HasRejects(import.Id), why);
        Assert.Null(office.Uploads.OpenRejects(import.Id));
    }

    [Theory]
    //          cell                     written                  why
    [InlineData("=1+1", "'=1+1", "a formula")]
    [InlineData("@SUM(A1)", "'@SUM(A1)", "a formula of old")]
    [InlineData("＝1+1", "'＝1+1", "full-width")]
    [InlineData("\t=1", "'\t=1", "a tab is skipped")]
    [InlineData("-12.50", "-12.50", "a number stays one")]
    [InlineData("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0", "no number")]
    [InlineData("'=1+1", "''=1+1", "so that exactly one comes off again")]
    [InlineData("'quoted'", "'quoted'", "harmless")]
    [InlineData("", "", "nothing")]
    public void A_cell_that_a_spreadsheet_would_run_is_made_harmless_and_comes_back_as_it_was(string cell, string written, string why)
    {
        Assert.True(written == RejectsFile.Harmless(cell, NumberFormat.Plain), why);
        Assert.Equal(cell, RejectsFile.Restored(written));
        Assert.Equal(cell, Encoding.UTF8.GetString(RejectsFile.Restored(Encoding.UTF8.GetBytes(written))));
    }

    [Theory]
    [InlineData("", "nothing but apostrophes")]
    [InlineData("=", "a formula behind them")]
    [InlineData("＝", "the same in full width")]
    public void A_cell_of_very_many_apostrophes_is_looked_at_once(string end, string why)
    {
        var cell = new string('\'', 1_000_000) + end;
        var written = RejectsFile.Harmless(cell, NumberFormat.Plain);

        Assert.True(written.Length == cell.Length + (end.Length == 0 ? 0 : 1), why);
        Assert.Equal(cell, RejectsFile.Restored(written));
        Assert.Equal(cell, Encoding.UTF8.GetString(RejectsFile.Restored(Encoding.UTF8.GetBytes(written))));
    }

    [Fact]
    public async Task A_report_groups_what_to_repair_and_names_each_unknown_code()
    {
        await using var office = await UsageOffice.Open();
        var import = await office.ImportText(Head
            + "a,2026-01-02,SUB-2,1\nb,2026-01-02,SUB-2,1\nc,2026-01-02,SUB-3,1\n"
            + "d,2026-01-02,SUB-1,x\ne,2026-01-02,SUB-1,y\nf,2026-01-02,SUB-1,z\n");
        var stored = await office.Stored(import.Id);
        Assert.Equal(
            [("number_malformed", 3L, 5L, "x"), ("unknown_subscription", 2L, 2L, "SUB-2"), ("unknown_subscription", 1L, 4L, "SUB-3")],
            stored.Report!.Groups!.Select(group => (group.Code, group.Count, group.FirstLine, group.FirstValue!)));
    }

    private static string Rejects(UsageOffice office, ImportId id)
    {
        using var text = new StreamReader(
            office.Uploads.OpenRejects(id)!, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: false);
        return text.ReadToEnd();
    }
}
