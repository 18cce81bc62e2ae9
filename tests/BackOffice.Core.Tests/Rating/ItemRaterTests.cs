using BackOffice.Core.Catalog;
using BackOffice.Core.Invoices;
using BackOffice.Core.Pricing;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Taxes;
using BackOffice.Core.Usage;

namespace BackOffice.Core.Tests.Rating;

public sealed class ItemRaterTests
{
    private static readonly Metric Input = SumOf("input");
    private static readonly Metric Output = SumOf("output");
    private static readonly Metric Requests = CountOf("completion");

    private static readonly GraduatedPrice InputPrice = new([new(1_000_000, 3m), new(10_000_000, 2.5m), new(null, 2m)], 1_000_000);

    private static readonly GraduatedPrice WithFlatFees = new([new(10, 2, 100), new(null, 1, 50)]);

    private static Offer Pro(string baseFee = "99.00") => new(
        PublishedPlan(
            Money.Of(D(baseFee), Usd),
            Charge.Of("Input tokens", Input.Id, InputPrice),
            Charge.Of("Output tokens", Output.Id, new PerUnitPrice(15, 1_000_000)),
            Charge.Of("Requests", Requests.Id, new PackagePrice(1_000, 0.50m, 1_000))),
        Input, Output, Requests);

    private static Offer OneCharge(Price price) =>
        new(PublishedPlan(Money.Zero(Usd), Charge.Of("Input tokens", Input.Id, price)), Input);

    private static Measures Used(params (Metric Metric, Measured Measured)[] usage) =>
        new(usage.ToDictionary(used => used.Metric.Id, used => used.Measured));

    /// <summary>The lines of the month in which a subscription starts.</summary>
    private static IReadOnlyList<RatedLine> Rate(Offer offer, Measures usage, string starts = "2026-10-01", string ends = "")
    {
        var life = SubscriptionLife.Start(
            SubscriptionId.New(), "acme-pro", DateTimeZone.Utc, BillingTiming.Calendar, offer.Plan.Terms(1),
            Day(starts).AtStartOfDayInZone(DateTimeZone.Utc).ToInstant());
        if (ends.Length > 0)
        {
            life = life.EndAfter(Day(ends), life.First.From);
        }

        var rater = new ItemRater(offer.Metrics.ToDictionary(metric => metric.Id), usage);
        return
        [
            .. DueItems.Of(life, life.First.From + Duration.FromDays(40)).Where(item => item.Whole.Contains(Day(starts)))
                .SelectMany(item => rater.Rate(item, [])),
        ];
    }

    [Fact]
    public void A_real_month_of_18_million_tokens_comes_to_176_dollars_49()
    {
        var usage = Used((Input, new(18_059_974, 8_819, 0)), (Output, new(245_896, 8_819, 0)), (Requests, new(8_819, 8_819, 0)));

        var lines = Rate(Pro(), usage);
        var invoice = InvoiceContent.Of(lines, new TaxTreatment("DE-VAT", "VAT", 19, null), Usd);

        Assert.Equal(["Base fee", "Input tokens", "Output tokens", "Requests"], lines.Select(line => line.Name));
        Assert.Equal([D("99"), D("41.619948"), D("3.68844"), D("4")], lines.Select(line => line.ExactAmount));
        Assert.Equal(["99.00 USD", "41.62 USD", "3.69 USD", "4.00 USD"], lines.Select(line => line.Amount.ToString()));
        Assert.Equal(["148.31 USD", "28.18 USD", "176.49 USD"],
            new[] { invoice.Subtotal, invoice.Tax, invoice.Total }.Select(sum => sum.ToString()));
    }

    [Fact]
    public void A_usage_line_explains_itself()
    {
        var line = Rate(Pro(), Used((Requests, new(8_819, 8_819, 3))))[1];

        Assert.Equal((LineKind.Usage, "completion", "requests", 8_819m, 8_819L, 3L),
            (line.Kind, line.MetricCode, line.Unit, line.Quantity, line.Events, line.EventsWithoutValue));
        Assert.Equal(("acme-pro", "Pro", 1), (line.SubscriptionCode, line.PlanName, line.PlanVersion));
        Assert.Equal("First 1,000 free, then 0.50 USD for each package of 1,000, a started package in full", line.PriceInWords);
        Assert.Equal([new PriceStep("Free", 1_000, 0), new PriceStep("Packages of 1,000", 8, 0.50m)], line.Steps);
        Assert.Equal("2026-10-01..2026-10-31", line.Period.ToString());
    }

    [Theory]
    //          starts        ends          fee       amount   step              why
    [InlineData("2026-10-01", "",           "99.00",  "99.00", "Whole month",    "a whole month is the fee, not 31 thirty-firsts of it")]
    [InlineData("2026-10-17", "",           "99.00",  "47.90", "15 of 31 days",  "the start day is billed: 17 to 31 October; 47.9032…")]
    [InlineData("2026-11-16", "",           "99.00",  "49.50", "15 of 30 days",  "half a month")]
    [InlineData("2026-02-10", "",           "100.00", "67.86", "19 of 28 days",  "67.857…")]
    [InlineData("2028-02-10", "",           "100.00", "68.97", "20 of 29 days",  "a leap year has another day; 68.965…")]
    [InlineData("2026-10-01", "2026-10-10", "99.00",  "31.94", "10 of 31 days",  "the last day is billed; 31.935…")]
    [InlineData("2026-10-05", "2026-10-05", "99.00",  "3.19",  "1 of 31 days",   "one day; 3.1935…")]
    [InlineData("2026-11-30", "",           "0.15",   "0.01",  "1 of 30 days",   "half a cent goes away from zero")]
    public void A_part_of_a_month_costs_its_days(string starts, string ends, string fee, string amount, string step, string why)
    {
        var line = Rate(Pro(fee), Used(), starts, ends)[0];

        Assert.True(Money.Of(D(amount), Usd).Equals(line.Amount), $"{why}; got {line.Amount}");
        Assert.Equal((LineKind.BaseFee, step, 1m, null), (line.Kind, line.Steps[0].Label, line.Quantity, line.MetricCode));
    }

    [Fact]
    public void Usage_is_never_cut_to_a_share_of_days()
    {
        var line = Rate(Pro(), Used((Output, new(245_896, 1, 0))), "2026-10-17")[1];

        Assert.Equal((D("3.68844"), "2026-10-17..2026-10-31"), (line.ExactAmount, line.Period.ToString()));
    }

    [Fact]
    public void Steps_below_a_cent_are_rounded_once_together()
    {
        var price = new GraduatedPrice([new(1, 0.004m), new(2, 0.004m), new(null, 0.004m)]);

        var line = Rate(OneCharge(price), Used((Input, new(3, 3, 0))))[0];

        Assert.Equal((D("0.012"), Money.Of(0.01m, Usd)), (line.ExactAmount, line.Amount));
    }

    [Fact]
    public void Shows_no_line_when_nothing_was_used_and_nothing_is_owed() =>
        Assert.Equal(["Base fee"], Rate(Pro(), Used()).Select(line => line.Name));

    [Fact]
    public void Shows_no_base_fee_of_zero() => Assert.Empty(Rate(Pro("0"), Used()));

    [Fact]
    public void Shows_usage_that_costs_nothing()
    {
        var line = Rate(Pro("0"), Used((Requests, new(999, 999, 0))))[0];

        Assert.Equal((999m, Money.Zero(Usd)), (line.Quantity, line.Amount));
    }

    [Fact]
    public void Shows_events_that_could_not_be_measured()
    {
        var line = Assert.Single(Rate(Pro("0"), Used((Input, new(0, 0, 5)))));

        Assert.Equal((5L, Money.Zero(Usd)), (line.EventsWithoutValue, line.Amount));
    }

    [Fact]
    public void The_first_flat_fee_is_due_without_usage()
    {
        var line = Assert.Single(Rate(OneCharge(WithFlatFees), Used()));

        Assert.Equal(Money.Of(100, Usd), line.Amount);
    }

    [Fact]
    public void Usage_below_zero_owes_nothing_and_says_so()
    {
        var line = Assert.Single(Rate(OneCharge(WithFlatFees), Used((Input, new(-95, 2, 0)))));

        Assert.Equal((0m, 2L, Money.Zero(Usd)), (line.Quantity, line.Events, line.Amount));
        Assert.Equal("Measured -95, below zero: nothing is owed", Assert.Single(line.Steps).Label);
    }

    [Fact]
    public void The_same_question_has_the_same_answer()
    {
        var (offer, usage) = (Pro(), Used((Input, new(18_059_974, 1, 0))));
        var (first, second) = (Rate(offer, usage), Rate(offer, usage));

        Assert.Equal(first.Select(line => line.Amount), second.Select(line => line.Amount));
        Assert.Equal(first.SelectMany(line => line.Steps), second.SelectMany(line => line.Steps));
    }

    private sealed record Offer(Plan Plan, params Metric[] Metrics);

    /// <summary>Usage that is known to have been measured.</summary>
    private sealed class Measures(IReadOnlyDictionary<MetricId, Measured> usage) : IUsageReading
    {
        public IReadOnlyList<UsageGroup> Measure(UsageQuestion question) =>
            [new(null, new Dictionary<string, string?>(), usage.GetValueOrDefault(question.Metric.Id) ?? Measured.Nothing)];

        public IReadOnlyList<UsageEvent> Events(UsageQuestion question) => [];
    }
}
