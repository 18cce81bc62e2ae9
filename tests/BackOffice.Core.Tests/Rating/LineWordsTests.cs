using BackOffice.Core.Billing;
using BackOffice.Core.Catalog;
using BackOffice.Core.Pricing;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Tests.Billing;
using BackOffice.Core.Usage;
using static BackOffice.Core.Tests.Billing.Lives;

namespace BackOffice.Core.Tests.Rating;

/// <summary>What a line says about itself: when it is due, for which share, where a limit cut it.</summary>
public sealed class LineWordsTests
{
    [Theory]
    [InlineData(BillingInterval.Weekly, false, "29.00 EUR for each week, after it has ended")]
    [InlineData(BillingInterval.Monthly, true, "29.00 EUR for each month, when it begins")]
    [InlineData(BillingInterval.Quarterly, true, "29.00 EUR for each quarter, when it begins")]
    [InlineData(BillingInterval.SemiAnnual, false, "29.00 EUR for each half-year, after it has ended")]
    [InlineData(BillingInterval.Yearly, true, "29.00 EUR for each year, when it begins")]
    public void A_base_fee_says_when_it_is_due(BillingInterval interval, bool inAdvance, string words)
    {
        var terms = Plan("29", new PlanSettings { PayInAdvance = inAdvance }, interval);
        var line = Bill(Start(terms, "2026-01-01T00:00:00Z"), "2027-01-01T00:00:00Z")[0].Lines[0];
        Assert.Equal((words, inAdvance), (line.PriceInWords, line.InAdvance));
    }

    [Fact]
    public void A_price_says_itself_in_the_currency_that_is_asked_for()
    {
        var price = new PerUnitPrice(3);
        Assert.Equal(
            ["3.00 EUR per unit", "3 JPY per unit", "3.00 EUR per unit"],
            new[] { price.InWords(Eur), price.InWords(Jpy), price.InWords(Eur) });
    }

    [Fact]
    public void A_minimum_says_what_was_agreed_and_a_maximum_what_it_took_off()
    {
        var calls = Metric.Create("calls", "Calls", Aggregation.Sum, "units", "calls", "calls");
        var terms = Plan("0", charges: Charge.Of("Calls", calls.Id, new PerUnitPrice(1), new ChargeSettings
        {
            Minimum = Money.Of(4, Eur),
            Maximum = Money.Of(5, Eur),
        }));
        var log = UsageLog.Empty.With(Id, [Event(1, "2026-01-02T00:00:00Z", 9), Event(2, "2026-02-02T00:00:00Z", 3)]);
        var account = AccountOf(Start(terms, "2026-01-01T00:00:00Z"), calls);
        var documents = BillingEngine.Due(account, log, At("2026-03-01T00:00:00Z"));
        var (january, february) = (documents[0], documents[1]);

        Assert.Equal(new PriceStep("Above the most of 5.00 EUR", -1, 4), january.Lines[0].Steps[^1]);
        Assert.Equal(["Calls 3.00 EUR", "Calls: minimum 1.00 EUR"], february.Lines.Select(line => $"{line.Name} {line.Amount}"));
        Assert.Equal("4 was agreed, 3 was spent: 1 is missing, so 1.00 EUR is due.", february.Lines[1].PriceInWords);
        Assert.Null(february.Lines[1].Unit);
    }

    [Fact]
    public void An_event_billed_as_it_happens_is_a_line_in_advance_with_its_filter_and_group()
    {
        var calls = Metric.Create("calls", "Calls", Aggregation.Sum, "units", "calls", "calls");
        var terms = Plan("0", charges: Charge.Of("Calls", calls.Id, new PerUnitPrice(1), new ChargeSettings
        {
            PayInAdvance = true,
            Filters = [new(new ChargeFilter("Europe", [new FilterCondition("region", ["eu"])], ["model"]), new PerUnitPrice(2))],
        }));
        var texts = new Dictionary<string, string> { ["region"] = "eu" };
        var usage = new UsageEvent(7, "calls", At("2026-01-02T00:00:00Z"), new Dictionary<string, decimal> { ["units"] = 3 }, texts);
        var document = BillingEngine.Due(
            AccountOf(Start(terms, "2026-01-01T00:00:00Z"), calls), UsageLog.Empty.With(Id, [usage]), At("2026-02-01T00:00:00Z"))[0];

        var line = Assert.Single(document.Lines);
        Assert.Equal(("Europe", "model: none", true, 6m), (line.Filter, line.Group, line.InAdvance, line.ExactAmount));
        Assert.Equal("usage_in_advance.1:calls:7:0:\u001e", document.Items[0].Item.KeyKind);
    }

    [Fact]
    public void Units_carried_on_are_billed_again_when_a_period_begins()
    {
        var seats = Metric.Create("seats", "Seats", Aggregation.Sum, "units", "seats", "seats", new Measuring { Recurring = true });
        var terms = Plan("0", charges: Charge.Of("Seats", seats.Id, new PerUnitPrice(10), new ChargeSettings { PayInAdvance = true }));
        var log = UsageLog.Empty.With(Id, [Event(1, "2026-01-02T00:00:00Z", 3, "seats"), Event(2, "2026-02-02T00:00:00Z", 1, "seats")]);
        var documents = BillingEngine.Due(AccountOf(Start(terms, "2026-01-01T00:00:00Z"), seats), log, At("2026-02-03T00:00:00Z"));
        Assert.Equal(
            """
            2026-01-02: Seats 2026-01-02..2026-01-02 30.00 EUR
            2026-02-01: Seats 2026-02-01..2026-02-01 30.00 EUR
            2026-02-02: Seats 2026-02-02..2026-02-02 10.00 EUR
            """, documents.Print());
        Assert.Equal(
            ["usage_in_advance.1:seats:1", "usage_in_advance.1:seats:renewal", "usage_in_advance.1:seats:2"],
            documents.Where(document => !document.IsEmpty).SelectMany(document => document.Items)
                .Where(rated => rated.Lines.Count > 0).Select(rated => rated.Item.KeyKind));
    }
}
