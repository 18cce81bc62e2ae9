using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using BackOffice.Web.Features.Usage.Files;

namespace BackOffice.Web.Tests.Features.Usage;

public sealed class MappingTests
{
    private static readonly string[] Columns = ["id", "at", "customer", "calls"];

    [Theory]
    //          header and a row                                        read                                    why
    [InlineData("TIMESTAMP,ContextTokens,GeneratedTokens\n2026-01-02,5,6",
        "context_tokens→input_tokens generated_tokens→output_tokens", "the real trace")]
    [InlineData("ts,prompt_tokens,completion tokens\n2026-01-02,5,6",
        "prompt_tokens→input_tokens completion_tokens→output_tokens", "other words")]
    [InlineData("date,Input,Output\n2026-01-02,5,6", "input→input_tokens output→output_tokens", "fewer words")]
    [InlineData("date,InTokenCount,region\n2026-01-02,5,eu", "in_token_count→input_tokens region→region", "more words, unknown text")]
    [InlineData("date,prompt_tokens,input_tokens\n2026-01-02,5,6",
        "prompt_tokens→prompt_tokens input_tokens→input_tokens", "the same name wins over the same meaning")]
    [InlineData("date,HTTPStatus,http status\n2026-01-02,5,6",
        "http_status→http_status http_status→http_status_2", "names stay apart")]
    public void Columns_become_properties(string text, string properties, string why)
    {
        var mapping = MappingSuggester.Suggest(UsageFiles.Sniff(text + "\n").Shape!, ["input_tokens", "output_tokens"], "UTC").Mapping;
        var read = string.Join(' ', mapping.Properties.Select(p => $"{Synonyms.Snake(p.Column)}→{p.Property}"));
        Assert.True(read == properties, $"{why}: {read}");
    }

    [Theory]
    [InlineData("input_tokens", PropertyKind.Number, "called like what is billed: the broken cell is an error")]
    [InlineData("tokens_in", PropertyKind.Text, "called a little like it: too many broken cells to be sure")]
    public void A_broken_cell_does_not_make_a_text_of_what_is_billed(string column, PropertyKind kind, string why)
    {
        var shape = UsageFiles.Sniff($"date,{column}\n2026-01-02,5\n2026-01-02,x5\n2026-01-02,7\n").Shape!;
        var property = Assert.Single(MappingSuggester.Suggest(shape, ["input_tokens"], "UTC").Mapping.Properties);
        Assert.True(kind == property.Kind, why);
    }

    [Fact]
    public void Ids_subscriptions_and_event_names_are_found_by_synonyms()
    {
        const string Text = "Event ID,Event Time,Account,metric,request_count\nx,2026-01-02,acme,api,5\n";
        var (mapping, questions) = MappingSuggester.Suggest(UsageFiles.Sniff(Text).Shape!, ["requests"], "Europe/Berlin");
        Assert.Equal(
            ("Event ID", "Event Time", "Account", "metric", "Europe/Berlin"),
            (mapping.TransactionIdColumn, mapping.TimestampColumn, mapping.SubscriptionColumn, mapping.EventNameColumn, mapping.ZoneId));
        Assert.Equal(["confirm_zone"], questions.Select(question => question.Code));
        Assert.Equal("requests", Assert.Single(mapping.Properties).Property);
    }

    [Fact]
    public void A_numeric_request_id_is_no_number_of_requests()
    {
        var mapping = MappingSuggester.Suggest(UsageFiles.Sniff("ts,request_id,n\n2026-01-02,17,5\n").Shape!, ["requests"], "UTC").Mapping;
        Assert.Equal("request_id", mapping.TransactionIdColumn);
    }

    [Fact]
    public void An_ambiguous_date_leaves_the_mapping_incomplete_until_somebody_chooses()
    {
        var (mapping, questions) = MappingSuggester.Suggest(UsageFiles.Sniff("time,calls\n03/04/2026,1\n").Shape!, [], "UTC");
        Assert.Null(mapping.TimestampFormat);
        Assert.Contains("confirm_timestamp_format", questions.Select(question => question.Code));
        Assert.Contains("timestamp_format_missing", MappingCheck.Check(mapping, ["time", "calls"]).Select(fault => fault.Code));
    }

    [Fact]
    public void A_mapping_is_stored_with_words_and_comes_back_as_it_was()
    {
        var mapping = UsageFiles.Calls with { NumberFormat = new(DecimalMark.Comma, GroupMark.Space), Encoding = FileEncoding.Windows1252 };
        var json = mapping.ToJson();
        Assert.Contains("\"Windows1252\"", json, StringComparison.Ordinal);
        Assert.Contains("\"Iso8601\"", json, StringComparison.Ordinal);
        var back = UsageMapping.FromJson(json);
        Assert.Equal(json, back.ToJson());
        Assert.Equal(mapping.NumberFormat, back.NumberFormat);
        Assert.Equal(mapping.Properties, back.Properties);
    }

    [Fact]
    public void A_complete_mapping_has_no_faults() => Assert.Empty(MappingCheck.Check(UsageFiles.Calls, Columns));

    [Fact]
    public void Everything_that_is_missing_is_named_at_once() => Assert.Equal(
        ["timestamp_column_missing", "timestamp_format_missing", "unknown_zone", "subscription_missing", "event_name_missing"],
        MappingCheck.Check(new UsageMapping { ZoneId = "Europe/Nowhere" }, Columns).Select(fault => fault.Code));

    [Fact]
    public void A_choice_made_twice_is_a_fault()
    {
        var mapping = UsageFiles.Calls with
        {
            SubscriptionCode = "acme",
            EventNameColumn = "calls",
            TimestampFormat = TimestampFormat.EpochSeconds,
            Properties = [new("calls", "n", PropertyKind.Number), new("id", "n", PropertyKind.Text)],
        };
        Assert.Equal(
            ["subscription_twice", "event_name_twice", "property_twice"],
            MappingCheck.Check(mapping, Columns).Select(fault => fault.Code));
    }
}
