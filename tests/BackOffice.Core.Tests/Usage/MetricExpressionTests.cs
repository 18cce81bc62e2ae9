using BackOffice.Core.Catalog;
using BackOffice.Core.Usage;
using static BackOffice.Core.Tests.Usage.Metering;

namespace BackOffice.Core.Tests.Usage;

public sealed class MetricExpressionTests
{
    private static readonly UsageEvent Call = new(
        1, "call", At("2025-06-05T12:00:00.5Z"),
        new Dictionary<string, decimal> { ["a"] = 7, ["b"] = 2, ["zero"] = 0, ["bytes"] = 2_500_000_000 },
        new Dictionary<string, string> { ["region"] = "eu", ["text_number"] = "1.5" });

    [Theory]
    [InlineData("event.properties.a + event.properties.b * 3", "13", "products before sums")]
    [InlineData("(event.properties.a + event.properties.b) * 3", "27", "brackets first")]
    [InlineData("10 - 3 - 2", "5", "from left to right")]
    [InlineData("-event.properties.a + 10", "3", "a sign")]
    [InlineData("2 * -3", "-6", "a sign after another")]
    [InlineData("event.properties.bytes / 1000000000", "2.5", "a quotient that ends")]
    [InlineData("event.properties.a / 3", "2.333333333333", "one that does not: twelve places")]
    [InlineData("event.properties.a / 3 * 3", "7", "it is cut only at the end")]
    [InlineData("ceil(event.properties.a / event.properties.b)", "4", "up")]
    [InlineData("floor(event.properties.a / event.properties.b)", "3", "down")]
    [InlineData("round(event.properties.a / event.properties.b)", "4", "a tie goes up")]
    [InlineData("round(event.properties.a / 3, 2)", "2.33", "to two places")]
    [InlineData("ceil(1234, -2)", "1300", "to hundreds")]
    [InlineData("event.properties.text_number * 2", "3", "a number that was sent as text")]
    [InlineData("event.timestamp", "1749124800.5", "seconds since 1970")]
    [InlineData("0.1 + 0.2", "0.3", "decimals")]
    public void Computes_numbers(string text, string value, string why) =>
        Assert.True(D(value) == MetricExpression.Parse(text).Value.Evaluate(Call)!.Value.AsNumber(), why);

    [Theory]
    [InlineData("concat(event.properties.region, '-', event.properties.a)", "eu-7", "texts and numbers")]
    [InlineData("concat(event.code, \" x\")", "call x", "the event's name, and the other quotes")]
    [InlineData("concat(0.50)", "0.5", "no zeros that mean nothing")]
    public void Joins_texts(string text, string value, string why) =>
        Assert.True(value == MetricExpression.Parse(text).Value.Evaluate(Call)!.Value.AsText(), why);

    [Theory]
    [InlineData("event.properties.missing + 1", "a property is missing")]
    [InlineData("concat('x', event.properties.missing)", "in a text too")]
    [InlineData("1 / event.properties.zero", "division by zero")]
    [InlineData("event.properties.region * 2", "a text is no number")]
    [InlineData("round(1, 99)", "99 places are none")]
    public void Has_no_value(string text, string why) => Assert.True(MetricExpression.Parse(text).Value.Evaluate(Call) is null, why);

    [Theory]
    [InlineData("", "Expression is missing.")]
    [InlineData("1 +",
        "At character 4: the expression ends too early. A number, a 'text', event.properties.NAME, a function or a bracket belongs here.")]
    [InlineData("1 2",
        "At character 3: \"2\" is out of place. Put + - * or / between two values, and close only brackets that were opened.")]
    [InlineData("(1", "At character 3: the expression ends too early. A ) belongs here.")]
    [InlineData("1 % 2", "At character 3: \"%\" means nothing here. Use + - * / ( ) , numbers, 'texts' and event.properties.NAME.")]
    [InlineData("event.properties. + 1",
        "At character 1: \"event.properties.\" is not known. Use event.properties.NAME, "
        + "event.timestamp, event.code, concat, ceil, round or floor.")]
    [InlineData("round(1, 2, 3)", "At character 1: round takes 1 to 2 values, not 3.")]
    [InlineData("'open", "At character 1: the text does not end. Add a ' after it.")]
    [InlineData("12345.678901234567890123456789", "At character 1: 12345.678901234567890123456789 has more than 28 digits. Shorten it.")]
    [InlineData("1.2.3", "At character 1: 1.2.3 is not a number. Write it like 1234.56.")]
    public void Says_where_it_is_wrong_and_what_to_do(string text, string message) =>
        Assert.Equal(message, MetricExpression.Parse(text).Fault?.Message);

    [Fact]
    public void Too_many_brackets_are_refused_and_do_not_stop_the_program() => Assert.Contains(
        "Shorten it.", MetricExpression.Parse(new string('(', 400) + "1" + new string(')', 400)).Fault!.Message, StringComparison.Ordinal);

    [Fact]
    public void A_result_of_too_many_digits_is_refused() => Assert.Throws<ArithmeticException>(() =>
        MetricExpression.Of("event.properties.a * event.properties.b * 9876.543210987654321098765432").Evaluate(Call));

    [Fact]
    public void A_metric_measures_what_its_expression_computes()
    {
        var how = new Measuring { Expression = MetricExpression.Of("event.properties.bytes / 1000000000") };
        var metric = Metric.Create("gb", "Gigabytes", Aggregation.Sum, null, "GB", null, how);
        var meter = new Meter(metric);
        meter.Add(Call);

        Assert.Equal(Exclusion.NoResult, meter.Add(Numbered(2, Call.At, 5)));
        Assert.Equal(new Measured(D("2.5"), 1, 1), meter.Result);
    }

    [Fact]
    public void Numbers_agree_with_decimal_arithmetic() =>
        Gen.Select(Gen.Int[-1000, 1000], Gen.Int[-1000, 1000], Gen.Int[-1000, 1000]).Sample((a, b, c) =>
            MetricExpression.Of(FormattableString.Invariant($"({a} - {b}) * {c} - {a} * ({b} + -{Math.Abs(c)})"))
                .Evaluate(Call)!.Value.AsNumber() == ((a - b) * (decimal)c) - (a * (b - (decimal)Math.Abs(c))), iter: Cases);
}
