using BackOffice.Core.Pricing;
using BackOffice.Core.Usage;
using static BackOffice.Core.Tests.Usage.Metering;

namespace BackOffice.Core.Tests.Usage;

public sealed class DayPartsTests
{
    private static Measured ByDays(Aggregation aggregation, UsageWindow window, params string[] events) =>
        Measure(MetricOf(aggregation, recurring: true), window, Events(events), MeterNeeds.Days);

    [Theory]
    [InlineData("2025-06-21 6", "6×10", "from the day of the event, that day included")]
    [InlineData("2025-05-21 6|2025-06-30 3", "6×30 3×1", "carried units count all days, those of the last day one")]
    [InlineData("2025-06-01 6|2025-06-21 -6", "6×30 -6×10", "units taken away are not billed on that day")]
    [InlineData("2025-06-05 0", "", "nothing came")]
    public void Units_of_a_sum_count_from_their_day(string events, string parts, string why) =>
        Assert.True(parts == Words(ByDays(Aggregation.Sum, June, events.Split('|'))), why);

    [Theory]
    [InlineData("2025-06-21 +a", "1×10", "from the day it comes")]
    [InlineData("2025-06-01 +a|2025-06-21 -a", "1×30 -1×9", "the day it goes is billed")]
    [InlineData("2025-06-05T01:00:00Z +a|2025-06-05T02:00:00Z -a|2025-06-05T03:00:00Z +a|2025-06-05T04:00:00Z -a", "1×26 -1×25 1×25 -1×25",
        "coming and going twice on a day is one day")]
    [InlineData("2025-06-05 +a|2025-06-10 +a|2025-06-12 -b", "1×26", "what changes nothing costs nothing")]
    [InlineData("2025-05-05 +a|2025-05-06 +b|2025-06-30 -a", "2×30 -1×0", "an item that leaves on the last day was there all the time")]
    public void Items_count_once_a_day(string events, string parts, string why) =>
        Assert.True(parts == Words(ByDays(Aggregation.UniqueCount, June, events.Split('|'))), why);

    [Fact]
    public void Shares_are_exact_where_five_decimals_would_bill_too_much()
    {
        // 17 of 31 days: Lago bills 0.54839 units, and at 50,000.00 each that is 27,419.50 for what is worth 27,419.35.
        var window = UsageWindow.Of(Days("2023-05-15", "2023-05-31"), Days("2023-05-01", "2023-05-31"), Utc);
        var share = ByDays(Aggregation.Sum, window, "2023-05-01 1").Prorated;

        Assert.Equal(new Quotient(17, 31), share);
        Assert.Equal(2_741_935, Money.Rounded(share.Times(50_000).Value, Eur).MinorUnits);
        Assert.Equal(D("27419.5"), 50_000 * new QuantityRounding(RoundingFunction.Ceil, 5).Of(share));
    }

    [Fact]
    public void Days_are_the_customers()
    {
        var window = Whole("2025-06-01", "2025-06-30", BerlinZone);

        Assert.Equal("1×10", Words(ByDays(Aggregation.UniqueCount, window, "2025-06-20T22:00:00Z +a")));
        Assert.Equal("1×11", Words(ByDays(Aggregation.UniqueCount, window, "2025-06-20T21:59:59Z +a")));
    }

    [Fact]
    public void Items_agree_with_looking_at_every_day()
    {
        var events = Gen.Select(Gen.Int[0, 50 * 24 - 1], Gen.Int[0, 3], Gen.Bool).Array[0, 25];
        events.Sample(rows =>
        {
            var start = At("2025-05-12");
            var usage = rows.Select((row, i) => Texted(i, start + Duration.FromHours(row.Item1), ("v", $"i{row.Item2}"),
                (UsageEvent.OperationProperty, row.Item3 ? "add" : "remove"))).ToList();
            var measured = Measure(MetricOf(Aggregation.UniqueCount, recurring: true), June, usage, MeterNeeds.Days);

            return measured.Prorated.Numerator * 30 == DaysThere(usage) * measured.Prorated.Denominator
                && measured.Quantity == measured.Parts.Sum(part => part.Quantity)
                && measured.Parts.All(part => part.Days >= 0 && part.Days <= part.OfDays);
        }, iter: Cases);
    }

    /// <summary>A second, naive way: every item on every day, was it there at the start or did it come during the day?</summary>
    private static int DaysThere(IReadOnlyList<UsageEvent> events)
    {
        var days = 0;
        foreach (var item in events.Select(usage => usage.Texts["v"]).Distinct())
        {
            for (var day = new LocalDate(2025, 6, 1); day.Month == 6; day = day.PlusDays(1))
            {
                var own = events.Where(usage => usage.Texts["v"] == item && usage.At.InUtc().Date <= day).OrderBy(usage => usage.At)
                    .ThenBy(usage => usage.Id).ToList();
                var before = own.LastOrDefault(usage => usage.At.InUtc().Date < day);
                var there = before?.Texts[UsageEvent.OperationProperty] == "add";
                var comes = own.Any(usage => usage.At.InUtc().Date == day && usage.Texts[UsageEvent.OperationProperty] == "add");
                days += there || comes ? 1 : 0;
            }
        }

        return days;
    }

    private static string Words(Measured measured) =>
        string.Join(' ', measured.Parts.Select(part => FormattableString.Invariant($"{part.Quantity}×{part.Days}")));
}
