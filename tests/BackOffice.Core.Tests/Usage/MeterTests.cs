using BackOffice.Core.Catalog;
using BackOffice.Core.Usage;

namespace BackOffice.Core.Tests.Usage;

public sealed class MeterTests
{
    private static UsageEvent Event(string name, params (string Name, string Value)[] numbers) =>
        new(1, name, Now, numbers.ToDictionary(number => number.Name, number => D(number.Value)));

    private static Measured Measure(Metric metric, params UsageEvent[] events)
    {
        var meter = new Meter(metric);
        foreach (var usage in events)
        {
            meter.Add(usage);
        }

        return meter.Result;
    }

    [Fact]
    public void Nothing_is_measured_from_no_events() => Assert.Equal(Measured.Nothing, Measure(SumOf("input")));

    [Fact]
    public void Adds_up_a_property_and_counts_the_events_that_lack_it() => Assert.Equal(
        new Measured(D("3.75"), 2, 1),
        Measure(SumOf("input"), Event("completion", ("input", "1.25"), ("output", "9")), Event("completion", ("output", "9")),
            Event("embedding", ("input", "2.50"))));

    [Fact]
    public void Counts_the_events_of_its_name() => Assert.Equal(
        new Measured(2, 2, 0),
        Measure(CountOf("completion"), Event("completion"), Event("embedding"), Event("completion", ("input", "5"))));

    [Fact]
    public void A_sum_of_one_event_name_leaves_the_other_names_alone()
    {
        var metric = Metric.Create("input", "Input", Aggregation.Sum, "input", "tokens", "completion");

        Assert.Equal(new Measured(1, 1, 1),
            Measure(metric, Event("completion", ("input", "1")), Event("completion"), Event("embedding", ("input", "8")),
                Event("embedding")));
    }

    [Fact]
    public void A_value_of_zero_is_a_value_and_corrections_are_negative() => Assert.Equal(
        new Measured(-2, 3, 0),
        Measure(SumOf("input"), Event("x", ("input", "0")), Event("x", ("input", "3")), Event("x", ("input", "-5"))));

    [Fact]
    public void Says_which_value_it_takes_from_an_event()
    {
        Assert.Equal(7, new Meter(SumOf("input")).ValueOf(Event("x", ("input", "7"))));
        Assert.Null(new Meter(SumOf("input")).ValueOf(Event("x")));
        Assert.Equal(1, new Meter(CountOf("x")).ValueOf(Event("x", ("input", "7"))));
        Assert.Null(new Meter(CountOf("x")).ValueOf(Event("y")));
    }

    [Fact]
    public void The_order_of_the_events_does_not_matter() =>
        Gen.Select(Gen.Long[-1_000_000_000L, 1_000_000_000L], Gen.Int[0, 6])
            .Select((digits, scale) => Event("x", ("input", $"{digits}E-{scale}"))).Array[0, 20].Sample(events =>
            Measure(SumOf("input"), events) == Measure(SumOf("input"), [.. events.Reverse()]));

    [Fact]
    public void Refuses_a_total_that_would_have_to_be_rounded() => Assert.Throws<ArithmeticException>(() =>
        Measure(SumOf("input"), Event("x", ("input", "79228162514264337593543950335")), Event("x", ("input", "0.4"))));
}
