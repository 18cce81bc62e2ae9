using BackOffice.Core.Billing;
using BackOffice.Core.Catalog;
using BackOffice.Core.Pricing;
using BackOffice.Core.Usage;
using static BackOffice.Core.Tests.Billing.Lives;

namespace BackOffice.Core.Tests.Rating;

/// <summary>An average over time does not end as a decimal; it is billed all the same, and rounded from the fraction.</summary>
public sealed class AverageOverTimeTests
{
    private static readonly Metric Disk = Metric.Create("disk", "Disk", Aggregation.WeightedSum, "units", "GB", "disk");

    [Theory]
    //          price    most    amount  why
    [InlineData("0.015", null,   "0.01", "1/3 × 0.015 is exactly half a cent, which is a cent; 0.333… × 0.015 would be none")]
    [InlineData("0.01",  null,   "0.00", "a third of a cent")]
    [InlineData("100",   null,   "33.33", "a third of 100")]
    [InlineData("100",   "20",   "20.00", "the most it costs")]
    public void One_gigabyte_for_a_third_of_the_month(string price, string? most, string amount, string why)
    {
        var settings = new ChargeSettings { Maximum = most is null ? null : Money.Of(D(most), Eur) };
        Assert.True(Of(new PerUnitPrice(D(price)), settings) == D(amount), why);
    }

    [Fact]
    public void Tiers_share_the_fraction_without_losing_it() =>
        Assert.Equal(D("0.51"), Of(new GraduatedPrice([new(0.25m, 2m), new(null, 0.06m)])));

    [Fact]
    public void The_step_says_what_was_divided()
    {
        var step = Bill(new PerUnitPrice(3), ChargeSettings.Plain)[0].Lines[0].Steps[0];
        Assert.Equal((864_000m, 2_592_000m, 1m), (step.Dividend, step.Divisor, step.Amount));
    }

    private static decimal Of(Price price, ChargeSettings? settings = null) => Bill(price, settings).Single().Lines.Single().Amount.Amount;

    private static IReadOnlyList<BillingDocument> Bill(Price price, ChargeSettings? settings)
    {
        var plan = Plan("0", charges: Charge.Of("Disk", Disk.Id, price, settings));
        var usage = UsageLog.Empty.With(Id, [Event(1, "2026-06-01T00:00:00Z", 1, "disk"), Event(2, "2026-06-11T00:00:00Z", -1, "disk")]);
        return BillingEngine.Due(AccountOf(Start(plan, "2026-06-01T00:00:00Z"), Disk), usage, At("2026-07-01T00:00:00Z"));
    }
}
