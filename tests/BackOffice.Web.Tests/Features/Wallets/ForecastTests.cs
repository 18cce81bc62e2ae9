using BackOffice.Core.Common;
using BackOffice.Core.Coupons;
using BackOffice.Core.Wallets;
using BackOffice.Web.Features.Coupons;
using BackOffice.Web.Features.Wallets;
using BackOffice.Web.Tests.Features.Billing;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Wallets;

/// <summary>The ongoing balance is what the engine would bill by now, and each stage of billing leaves it as it was.</summary>
public sealed class ForecastTests
{
    [Fact]
    public async Task Usage_counts_once_from_the_event_to_the_issued_invoice()
    {
        await using var office = await Prepaid.Create();
        office.Scene.Clock.Reset(Instant.FromUtc(2023, 11, 20, 8, 0));
        await office.TopUp(new(GrantKind.Granted, 500));
        await office.Use(Instant.FromUtc(2023, 11, 20, 9, 0), 2); // 30.00 and 5.70.
        office.Scene.Clock.Reset(Instant.FromUtc(2023, 11, 21, 9, 0));
        var used = await office.Ongoing();
        office.Scene.Clock.Reset(Instant.FromUtc(2023, 12, 1, 10, 0));
        var due = await office.Ongoing();
        await office.Scene.Bill();
        var drafted = await office.Ongoing();
        var invoice = await office.Scene.OnlyInvoice();
        await office.Scene.Approve(invoice.Id);
        await office.Scene.Issue(invoice.Id);
        var issued = await office.Ongoing();

        Assert.Equal(("0.00 USD", "35.70 USD", "464.30 USD"), Told(used));
        Assert.Equal(("0.00 USD", "153.51 USD", "346.49 USD"), Told(due)); // With the base fee, which is due at the month's end.
        Assert.Equal(("153.51 USD", "0.00 USD", "346.49 USD"), Told(drafted));
        Assert.Equal(("0.00 USD", "0.00 USD", "346.49 USD"), Told(issued));
        Assert.Equal("346.49 USD", issued.Balance.ToString());
    }

    [Fact]
    public async Task It_falls_below_zero_and_says_which_usage_it_is()
    {
        await using var office = await Prepaid.Create();
        office.Scene.Clock.Reset(Instant.FromUtc(2023, 11, 20, 8, 0));
        await office.TopUp(new(GrantKind.Granted, 20));
        await office.Use(Instant.FromUtc(2023, 11, 20, 9, 0), 1);
        await office.Use(Instant.FromUtc(2023, 11, 21, 9, 0), 1);
        office.Scene.Clock.Reset(Instant.FromUtc(2023, 11, 22, 9, 0));

        var forecast = await office.Forecast();

        var line = Assert.Single(forecast.Lines, line => line.WithTax.MinorUnits > 0);
        Assert.Equal(("acme-pro", "Output tokens", 2_000_000m, "35.70 USD", "output"),
            (line.SubscriptionCode, line.Name, line.Quantity, line.WithTax.ToString(), line.MetricCode));
        Assert.Equal(Instant.FromUtc(2023, 11, 22, 9, 0), forecast.At);
        Assert.Equal("-15.70 USD", forecast.Wallets[office.Wallet].Ongoing.ToString());
    }

    [Fact]
    public async Task Coupons_and_taxed_credits_count_as_on_the_invoice()
    {
        await using var office = await Prepaid.Create(taxed: true);
        await office.BuyAndPay(40);
        var terms = new CouponTerms(new PercentReduction(50), CouponFrequency.Forever);
        await office.Scene.As<SaveCoupon>(
            office.Scene.Approver, save => save.Run(null, new("half", "Half", terms, null, IsReusable: false)));
        await office.Scene.As<GiveCoupon>(office.Scene.Clerk, give => give.Run(office.Customer, "half"));

        var before = await office.Ongoing(); // 99.00 less half are 49.50; 40.00 of it are paid before tax, 9.50 and 1.81 remain.
        await office.Scene.Bill();
        var drafted = await office.Ongoing();

        Assert.Equal(("0.00 USD", "51.31 USD", "-11.31 USD"), Told(before));
        Assert.Equal(("51.31 USD", "0.00 USD", "-11.31 USD"), Told(drafted));
        Assert.Equal("11.31 USD", (await office.Scene.Invoices()).Single(i => i.Purchase is null).Due.ToString());
    }

    [Fact]
    public async Task Months_that_wait_add_up_to_what_is_asked_also_where_each_would_be_rounded()
    {
        await using var office = await Prepaid.Create();
        var terms = new CouponTerms(new PercentReduction(20), CouponFrequency.Forever);
        await office.Scene.As<SaveCoupon>(
            office.Scene.Approver, save => save.Run(null, new("fifth", "A fifth", terms, null, IsReusable: false)));
        await office.Scene.As<GiveCoupon>(office.Scene.Clerk, give => give.Run(office.Customer, "fifth"));
        office.Scene.Clock.Reset(Instant.FromUtc(2024, 8, 1, 10, 0)); // Nine months of 99.00 less a fifth, 94.248 each with tax.

        var forecast = await office.Forecast();

        Assert.Equal("848.23 USD", forecast.Lines.Select(line => line.WithTax).Sum(Currency.Of("USD")).ToString());
        Assert.Equal("-848.23 USD", forecast.Wallets[office.Wallet].Ongoing.ToString());
    }

    [Fact]
    public async Task A_purchase_that_waits_takes_nothing()
    {
        await using var office = await Prepaid.Create();
        office.Scene.Clock.Reset(Instant.FromUtc(2023, 11, 2, 9, 0));
        await office.TopUp(new(GrantKind.Purchased, 100));

        Assert.Equal(("0.00 USD", "0.00 USD", "0.00 USD"), Told(await office.Ongoing()));
    }

    [Fact]
    public async Task A_tax_without_a_percentage_on_the_day_is_said_and_breaks_no_page()
    {
        await using var office = await Prepaid.Create();
        var subscription = await office.Scene.Customer("beta", new LocalDate(2019, 1, 1), zone: "Europe/Berlin");
        var forecast = await office.Scene.Ask<ForecastQueries, ForecastView>(
            office.Scene.Clerk, forecasts => forecasts.Of(subscription.CustomerId));

        Assert.Contains("DE-VAT", forecast.Trouble, StringComparison.Ordinal);
        Assert.Empty(forecast.Wallets);
    }

    private static (string Drafts, string Usage, string Ongoing) Told(OngoingView view) =>
        (view.Drafts.ToString(), view.Usage.ToString(), view.Ongoing.ToString());
}
