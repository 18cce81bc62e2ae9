using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using BackOffice.Web.Features.Usage;
using BackOffice.Web.Features.Usage.Files;

namespace BackOffice.Web.Tests.Features.Usage;

public sealed class MappingMemoryTests
{
    [Fact]
    public async Task A_file_with_the_same_columns_is_mapped_as_the_last_one_was()
    {
        await using var office = await UsageOffice.Open();
        var trace = await File.ReadAllBytesAsync(UsageFiles.TracePath);
        var first = await office.Upload(trace);
        Assert.Equal((null, null), ((await office.Inspect.Run(first)).MappedAs, (await office.Inspect.Run(first)).SameFile));

        await office.Import.Run(first, UsageFiles.Trace, ImportMode.AllOrNothing);
        var second = await office.Inspect.Run(await office.Upload("TIMESTAMP,ContextTokens,GeneratedTokens\n2023-12-01 00:00:00.0,1,2\n"));

        Assert.Equal((1L, null), (second.MappedAs, second.SameFile));
        Assert.Equal(UsageFiles.Trace.ToJson(), second.Suggestion!.Mapping.ToJson());
        Assert.Equal(["confirm_subscription"], second.Suggestion.Questions.Select(q => q.Code));
    }

    [Fact]
    public async Task The_same_bytes_are_recognised_whatever_the_file_is_called()
    {
        await using var office = await UsageOffice.Open();
        var text = "id,at,customer,calls\na,2026-01-02,SUB-1,1\n";
        var first = await office.ImportText(text);
        var again = await office.Inspect.Run(await office.Upload(text, "renamed.csv"));
        Assert.Equal((first.Id, 1L, "Command line"), (again.SameFile!.Id, again.SameFile.Number, again.SameFile.By));
    }

    [Fact]
    public async Task A_mapping_whose_date_format_does_not_fit_is_not_proposed_again()
    {
        await using var office = await UsageOffice.Open();
        await office.ImportText("id,at,customer,calls\na,2026-01-02,SUB-1,1\n");
        var other = await office.Inspect.Run(await office.Upload("id,at,customer,calls\nb,03/04/2026,SUB-1,1\n"));
        Assert.Equal((null, null), (other.MappedAs, other.Suggestion!.Mapping.TimestampFormat));
        Assert.Contains(other.Suggestion.Questions, q => q.Code == "confirm_timestamp_format");
    }

    [Fact]
    public async Task What_a_person_decides_about_the_shape_is_not_guessed_again()
    {
        await using var office = await UsageOffice.Open();
        var id = await office.Upload("id;at,customer;calls\na;2026-01-02,SUB-1;1\n");
        var shape = (await office.Inspect.Run(id, new ShapeChoices(Delimiter: ',', HasHeader: false))).Sniffed.Shape!;
        Assert.Equal(["Column 1", "Column 2"], shape.Columns);
        Assert.False(shape.Delimiter.NeedsConfirmation);
    }

    [Fact]
    public async Task A_mapping_comes_from_a_file_of_a_script()
    {
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, UsageFiles.Trace.ToJson());
        Assert.Equal(UsageFiles.Trace.ToJson(), CsvMappingFile.FromFile(path).ToJson());
        File.Delete(path);
    }

    [Theory]
    [InlineData("""{"TimestampColumn":"at","TimestampFormat":"Roman"}""", "field TimestampFormat: ", "no such format")]
    [InlineData("""{"TimestampColum":"at"}""", "'TimestampColum'", "a field that does not exist")]
    [InlineData("""{"Delimiter":"::"}""", "field Delimiter: ", "one character only")]
    [InlineData("""{"TimestampColumn":"at","TimestampFormat":"Iso8601","EventName":"x"}""", "Choose one subscription", "incomplete")]
    [InlineData("""{""", "line 1: ", "no JSON")]
    public async Task A_mapping_that_is_wrong_names_the_field(string json, string says, string why)
    {
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, json);
        var refusal = Assert.Throws<RuleBroken>(() => CsvMappingFile.FromFile(path));
        Assert.True(refusal.Message.Contains(says, StringComparison.Ordinal), $"{why}: {refusal.Message}");
        File.Delete(path);
    }
}
