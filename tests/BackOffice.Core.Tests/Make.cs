using System.Globalization;
using BackOffice.Core.Catalog;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using BackOffice.Core.Pricing;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;
using NodaTime.Text;

namespace BackOffice.Core.Tests;

/// <summary>One invented company, its customer and its plan, and short ways to write numbers and days.</summary>
internal static class Make
{
    public static readonly Currency Usd = Currency.Of("USD");
    public static readonly Currency Eur = Currency.Of("EUR");
    public static readonly Currency Jpy = Currency.Of("JPY");
    public static readonly Currency Kwd = Currency.Of("KWD");

    public static readonly Instant Now = Instant.FromUtc(2026, 11, 2, 8, 0);
    public static readonly Person Mara = new(Guid.CreateVersion7(), "Mara");
    public static readonly Person Jon = new(Guid.CreateVersion7(), "Jon");
    public static readonly Person Ines = new(Guid.CreateVersion7(), "Ines");
    public static readonly Person Schedule = new(null, "Schedule");

    public static readonly Address Berlin = new("Torstraße 1", "10119", "Berlin", null, "DE");

    /// <summary>Numbers as text keep decimals exact, and readable in a table.</summary>
    public static decimal D(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    public static LocalDate Day(string iso) => LocalDatePattern.Iso.Parse(iso).Value;

    /// <summary>A period as people write it: with its last day.</summary>
    public static Period Days(string first, string last) => new(Day(first), Day(last).PlusDays(1));

    public static CompanyDetails CompanyDetails() =>
        new("Lumen Cloud GmbH", Berlin, "DE123456789", "billing@lumen.example", "DE02120300000000202051", "BYLADEM1001", "USD",
            "Europe/Berlin", "INV-{yyyy}-{seq:6}", 14);

    public static Company Company() => Core.Customers.Company.Create(CompanyDetails());

    public static CustomerDetails CustomerDetails() =>
        new("ACME", "Acme Ltd", Berlin, "Europe/Berlin", "ap@acme.example", "DE987654321", "DE-VAT", null, 30);

    public static Customer Customer() => Core.Customers.Customer.Create(CustomerDetails());

    public static Metric SumOf(string property) => Metric.Create(property, property, Aggregation.Sum, property, "tokens");

    public static Metric CountOf(string eventName) => Metric.Create(eventName, eventName, Aggregation.Count, null, "requests", eventName);

    public static Plan PublishedPlan(Money baseFee, params Charge[] charges)
    {
        var plan = Plan.Create("pro", "Pro", baseFee.Currency);
        plan.Edit(baseFee, charges);
        plan.Publish(Now);
        return plan;
    }

    public static BillingPeriod WholeMonth(int year, int month)
    {
        var first = new LocalDate(year, month, 1);
        return new BillingPeriod(new Period(first, first.PlusMonths(1)), new Period(first, first.PlusMonths(1)));
    }

    /// <summary>A line with an amount and nothing else of interest.</summary>
    public static RatedLine Line(Money amount, string name = "Requests", decimal quantity = 1, long withoutValue = 0) => new(
        LineKind.Usage, Subscription, "acme-pro", "Pro", 1, name, Days("2026-10-01", "2026-10-31"),
        "requests", "requests", quantity, 1, withoutValue, "words",
        [new PriceStep("All units", quantity, amount.Amount)], amount.Amount, amount);

    private static readonly SubscriptionId Subscription = SubscriptionId.New();
}
