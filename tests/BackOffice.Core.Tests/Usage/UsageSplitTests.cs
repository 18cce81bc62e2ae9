using BackOffice.Core.Catalog;
using BackOffice.Core.Usage;
using static BackOffice.Core.Tests.Usage.Metering;

namespace BackOffice.Core.Tests.Usage;

public sealed class UsageSplitTests
{
    private static readonly ChargeFilter Aws = new("AWS", [new("cloud", ["aws"])]);
    private static readonly ChargeFilter AwsEurope = new("AWS Europe", [new("cloud", ["aws"]), new("region", ["eu", "ch"])]);
    private static readonly ChargeFilter AnyRegion = new("Regions", [new("region", null)]);

    private static UsageEvent Usage(long id, string value, params string[] properties) => new(
        id, "event", At("2025-06-05"), new Dictionary<string, decimal> { ["v"] = D(value) },
        properties.Select(property => property.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]));

    private static IEnumerable<string> Words(UsageSplit split) => split.Groups.Select(group =>
        $"{group.Filter?.InWords ?? "default"}{string.Concat(group.Group.Values.Select(value => "/" + (value ?? "none")))} "
        + $"{group.Measured.Quantity} from {group.Measured.Events}");

    [Theory]
    [InlineData("cloud=aws|region=eu", "AWS Europe", "most conditions win, whatever the order")]
    [InlineData("cloud=aws|region=us", "AWS", "of two with one condition, the first")]
    [InlineData("cloud=gcp|region=us", "Regions", "any value the metric knows")]
    [InlineData("cloud=gcp|region=mars", null, "a value the metric does not know is none of all")]
    [InlineData("cloud=gcp", null, "what meets no filter has the charge's own price")]
    public void The_most_specific_filter_wins(string properties, string? filter, string why)
    {
        var known = new Measuring { FilterKeys = [new FilterKey("region", ["eu", "ch", "us"])] };
        var metric = Metric.Create("m", "M", Aggregation.Sum, "v", "units", null, known);
        var split = UsageSplit.Of([Usage(1, "5", properties.Split('|'))], metric, [Aws, AnyRegion, AwsEurope], []);

        Assert.True(filter == split.Groups.Single(group => !group.IsEmpty).Filter?.Name, why);
    }

    [Fact]
    public void Groups_come_in_the_order_of_their_first_event_and_without_the_property_they_are_a_group_too()
    {
        var split = UsageSplit.Of(
            [
                Usage(2, "4", "cloud=aws", "country=de"), Usage(1, "1", "cloud=aws", "country=fr"), Usage(3, "2", "cloud=aws"),
                Usage(4, "8", "cloud=aws", "country=fr"), Usage(5, "16", "country=fr"),
            ],
            MetricOf(Aggregation.Sum), [new ChargeFilter("AWS", [new("cloud", ["aws"])], ["country"])], []);

        Assert.Equal(["AWS/fr 9 from 2", "AWS/de 4 from 1", "AWS/none 2 from 1", "default 16 from 1"], Words(split));
    }

    [Fact]
    public void A_filter_without_events_is_there_for_its_flat_fee() =>
        Assert.Equal(["AWS 0 from 0", "default 0 from 0"], Words(UsageSplit.Of([], MetricOf(Aggregation.Sum), [Aws], [])));

    [Fact]
    public void Values_that_look_like_two_are_one_group_each() => Assert.Equal(3, UsageSplit.Of(
        [Usage(1, "1", "a=x,1", "b=y"), Usage(2, "1", "a=x", "b=1,y"), Usage(3, "1", "b=y")],
        MetricOf(Aggregation.Sum), [], ["a", "b"]).Groups.Count);

    [Fact]
    public void What_does_not_count_is_listed_with_its_reason()
    {
        var split = UsageSplit.Of(
            [Usage(1, "1"), Texted(2, At("2025-06-05"), ("v", "x")), Numbered(3, At("2025-07-05"), 1)],
            MetricOf(Aggregation.Sum), [], [], June);

        Assert.Equal(
            [(2L, Exclusion.NotANumber), (3L, Exclusion.OutsideWindow)],
            split.Excluded.Select(usage => (usage.Event.Id, usage.Why)));
        Assert.Equal(new Measured(1, 1, 1), split.Groups.Single().Measured);
    }

    [Fact]
    public void States_of_a_store_are_sorted_like_their_events()
    {
        var metric = MetricOf(Aggregation.Sum, recurring: true);
        var events = new[] { Usage(1, "5", "cloud=aws"), Usage(2, "7", "cloud=gcp") };
        var split = new UsageSplit(metric, [Aws], [], June);
        split.Merge(events[0], MeterState.Empty(Aggregation.Sum).With(5, events[0].At, 1));
        split.Merge(events[1], MeterState.Empty(Aggregation.Sum).With(7, events[1].At, 2), carried: true);

        Assert.Equal(["AWS 5 from 1", "default 7 from 1"], Words(split));
    }

    [Fact]
    public void Every_event_is_measured_in_exactly_one_group()
    {
        var property = Gen.Int[0, 3].Select(i => new[] { "aws", "gcp", "eu", "us" }[i]);
        Gen.Select(Gen.Int[-5, 50], property, property).Array[0, 30].Sample(rows =>
        {
            var events = rows.Select((row, i) => Usage(i, $"{row.Item1}", $"cloud={row.Item2}", $"region={row.Item3}")).ToList();
            var split = UsageSplit.Of(events, MetricOf(Aggregation.Sum), [Aws, AwsEurope, AnyRegion], ["cloud", "region"]);
            return split.Groups.Sum(group => group.Measured.Events) == rows.Length
                && split.Groups.Sum(group => group.Measured.Quantity) == rows.Sum(row => row.Item1);
        }, iter: Cases);
    }

    [Theory]
    [InlineData("no condition")]
    [InlineData("a condition twice")]
    [InlineData("a condition without values")]
    public void A_filter_that_cannot_work_is_refused(string why) => Assert.Throws<RuleBroken>(() => why switch
    {
        "no condition" => new ChargeFilter(null, []),
        "a condition twice" => new ChargeFilter(null, [new("a", ["1"]), new("a", ["2"])]),
        _ => new ChargeFilter(null, [new("a", [])]),
    });

    [Fact]
    public void A_filter_says_itself_by_the_values_it_names()
    {
        Assert.Equal("aws, eu/ch", new ChargeFilter(null, AwsEurope.Conditions).InWords);
        Assert.Equal("any region", new ChargeFilter(null, AnyRegion.Conditions).InWords);
        Assert.Equal("AWS", Aws.InWords);
    }
}
