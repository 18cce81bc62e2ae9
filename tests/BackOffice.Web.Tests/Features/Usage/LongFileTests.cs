using BackOffice.Core.Usage;
using BackOffice.Web.Features.Usage;
using BackOffice.Web.Features.Usage.Files;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Tests.Features.Usage;

/// <summary>Files with one metric a row, and codes of theirs that mean ours.</summary>
public sealed class LongFileTests
{
    private const string Head = "request_id,timestamp,customer,metric,quantity,region\n";

    private static readonly MetricTarget[] Metrics =
    [
        new("calls", "calls", "calls", "calls"), new("in", "in", "llm", "input_tokens"), new("logins", "logins", "login", null),
    ];

    private static readonly UsageMapping Long = new()
    {
        TimestampColumn = "timestamp",
        TimestampFormat = TimestampFormat.Iso8601,
        SubscriptionColumn = "customer",
        TransactionIdColumn = "request_id",
        MetricColumn = "metric",
        QuantityColumn = "quantity",
        Metrics = Metrics,
        Properties = [new("region", "region", PropertyKind.Text, Optional: true)],
    };

    [Fact]
    public void A_column_of_metric_codes_beside_a_quantity_is_a_long_file()
    {
        var shape = UsageFiles.Sniff(Head + "a,2026-01-02,SUB-1,in,5,eu\nb,2026-01-02,SUB-1,calls,6,eu\n").Shape!;
        var (mapping, questions) = MappingSuggester.Suggest(shape, ["calls", "input_tokens"], "UTC", Metrics);
        Assert.Equal(("metric", "quantity", null, null),
            (mapping.MetricColumn, mapping.QuantityColumn, mapping.EventName, mapping.EventNameColumn));
        Assert.Equal("region", Assert.Single(mapping.Properties).Property);
        Assert.Equal(["confirm_zone"], questions.Select(question => question.Code));
        Assert.Empty(MappingCheck.Check(mapping, shape.Columns));
    }

    [Fact]
    public void A_column_of_other_words_is_not()
    {
        var shape = UsageFiles.Sniff(Head + "a,2026-01-02,SUB-1,click,5,eu\n").Shape!;
        Assert.Null(MappingSuggester.Suggest(shape, ["calls"], "UTC", Metrics).Mapping.MetricColumn);
    }

    [Theory]
    //          metric, quantity     read                                       why
    [InlineData("in,5", "llm input_tokens=5 region=eu", "the event and the property the metric reads")]
    [InlineData("calls,2.50", "calls calls=2.5 region=eu", "a metric that listens to all events")]
    [InlineData("logins,1", "login region=eu", "a metric that counts")]
    [InlineData("logins,", "login region=eu", "counted without a quantity")]
    [InlineData("logins,3", "metric_counts_rows quantity", "three are not one row")]
    [InlineData("call,5", "unknown_metric metric", "a typing mistake")]
    [InlineData("Calls,5", "unknown_metric metric", "codes are exact")]
    [InlineData(",5", "empty_value metric", "which metric?")]
    [InlineData("in,", "empty_value quantity", "a missing quantity is not zero")]
    [InlineData("in,-5", "negative_quantity quantity", "corrections are not allowed")]
    [InlineData("in,1e3", "number_exponent quantity", "no number")]
    public async Task Each_row_is_of_its_metric(string cells, string read, string why)
    {
        var line = Assert.Single(await UsageFiles.ReadAsync($"{Head}a,2026-01-02,SUB-1,{cells},eu\n", Long));
        var said = line is UsageRow row
            ? $"{row.EventName} {string.Join(' ', row.Properties.OrderBy(p => p.Name).Select(p => $"{p.Name}={p.Text ?? $"{p.Number}"}"))}"
            : $"{((RowError)line).Code} {((RowError)line).Column}";
        Assert.True(read == said, $"{why}: {said}");
    }

    [Fact]
    public async Task An_unknown_metric_names_the_one_that_was_probably_meant()
    {
        var error = Assert.IsType<RowError>(Assert.Single(await UsageFiles.ReadAsync(Head + "a,2026-01-02,SUB-1,cals,5,eu\n", Long)));
        Assert.Equal(
            "Line 2, column “metric”: There is no metric with the code “cals”. Did you mean “calls”? "
            + "Correct the code, say what it means, or create the metric first.", error.Sentence);
    }

    [Fact]
    public async Task What_an_unknown_code_means_is_said_once_and_remembered()
    {
        await using var office = await UsageOffice.Open();
        var id = await office.Upload(Head + "a,2026-01-02,acme,in,5,eu\nb,2026-01-02,acme,cals,7,eu\nc,2026-01-02,SUB-1,in,1,eu\n");
        var inspection = await office.Inspect.Run(id);
        var draft = MappingDraft.Of(inspection.Suggestion!.Mapping, inspection.Sniffed.Shape!);
        var metrics = (await office.Usage.Names()).Metrics;
        var check = await office.Check.Run(id, draft.ToMapping(metrics));
        Assert.Equal(["unknown_metric cals 1", "unknown_subscription acme 1"],
            check.Groups.Select(g => $"{g.Code} {g.FirstValue} {g.Count}").Order());

        draft.MetricAliases["cals"] = "calls";
        draft.SubscriptionAliases["acme"] = "SUB-1";
        var import = await office.Import.Run(id, draft.ToMapping(metrics), ImportMode.AllOrNothing);
        Assert.Equal((3L, 7m, 6m), (import.Report!.Accepted, import.Report.Totals["calls"], import.Report.Totals["input_tokens"]));

        var again = await office.Inspect.Run(await office.Upload(Head + "d,2026-01-03,acme,cals,7,eu\n"));
        Assert.Equal("calls", MappingDraft.Of(again.Suggestion!.Mapping, again.Sniffed.Shape!).MetricAliases["cals"]);
        Assert.Equal([new CodeAlias("acme", "SUB-1")], again.Suggestion.Mapping.SubscriptionAliases);
    }

    [Fact]
    public void Half_a_long_file_is_asked_about()
    {
        Assert.Equal(["quantity_column_missing"], Codes(Long with { QuantityColumn = null }));
        Assert.Equal(["event_name_missing", "metric_column_missing"], Codes(Long with { MetricColumn = null }));
        Assert.Equal(["event_name_twice"], Codes(Long with { EventName = "x" }));

        static IEnumerable<string> Codes(UsageMapping mapping) =>
            MappingCheck.Check(mapping, Head.Trim().Split(',')).Select(fault => fault.Code);
    }

    [Theory]
    //          typed        closest    why
    [InlineData("api_cals", "api_calls", "a letter is missing")]
    [InlineData("API-Calls", "api_calls", "case and separators cost nothing")]
    [InlineData("storage_g", "storage_gb", "the last letter")]
    [InlineData("seats", null, "nothing is near")]
    [InlineData("a1", null, "two are equally near")]
    public void The_closest_code_is_found(string typed, string? closest, string why) =>
        Assert.True(closest == NearCodes.Closest(typed, ["api_calls", "storage_gb", "a2", "a3"]), why);
}
