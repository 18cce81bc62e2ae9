using BackOffice.Core.Billing;
using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using BackOffice.Core.Pricing;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Taxes;
using BackOffice.Core.Usage;
using BackOffice.Data.Audit;
using BackOffice.Data.Usage;
using NodaTime;
using Period = BackOffice.Core.Common.Period;

namespace BackOffice.Data.Tests;

/// <summary>A small company with one of everything, stored.</summary>
internal sealed record Books(Customer Customer, Plan Plan, Subscription Subscription, Invoice Invoice, Import Import)
{
    public static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 9, 0);
    public static readonly Person Clara = new(Guid.Parse("01900000-0000-7000-8000-000000000001"), "Clara");
    public static readonly Person Ann = new(Guid.Parse("01900000-0000-7000-8000-000000000002"), "Ann");
    private static readonly Currency Usd = Currency.Of("USD");
    private static readonly Period November = new(new LocalDate(2023, 11, 1), new LocalDate(2023, 12, 1));

    public static async Task<Books> Store(BackOfficeDb db, bool issued)
    {
        var address = new Address("Rheinuferweg 8", "50668", "Köln", null, "DE");
        var company = Company.Create(new("Nordlicht", address, null, null, null, null, "EUR", "Europe/Berlin", "INV-{seq:6}", 14));
        var customer = Customer.Create(new("rheinwerk", "Rheinwerk", address, "Europe/Berlin", null, null, "vat", null, 14));
        var metric = Metric.Create("requests", "Requests", Aggregation.Count, null, "requests");
        var plan = Plan.Create("ai-api", "AI API", Usd);
        plan.Edit(Money.Of(99, Usd), [Charge.Of("Requests", metric.Id, new PerUnitPrice(0.01m))]);
        plan.Publish(Now);
        var subscription = Subscription.Start("rheinwerk-api", customer.Id, plan, November.Start);
        var import = Import.Upload(1, "usage.csv", 10, new string('a', 64), Clara, Now);
        var invoice = Make(customer, company, plan, subscription);
        db.AddRange(
            company,
            TaxRate.Create("vat", "VAT", "DE", 19, new LocalDate(2007, 1, 1)),
            customer,
            metric,
            plan,
            subscription,
            import
        );
        db.AddRange(invoice, BilledPeriod.Of(subscription.Id, November, invoice.Id));
        db.Record(Clara, Now, "Prepared", "Invoice", invoice.Id.Value, "by the test");
        await db.SaveChangesAsync();
        var books = new Books(customer, plan, subscription, invoice, import);
        await Append(db, books.Event("first"), import.Id);
        if (issued)
        {
            invoice.Approve(Ann, Now);
            invoice.Issue("INV-000001", new LocalDate(2026, 3, 2), Ann);
            await db.SaveChangesAsync();
        }

        return books;
    }

    public NewEvent Event(string id, string properties = "{}") =>
        new(Subscription.Id, "usage", Instant.FromUtc(2023, 11, 16, 18, 17), id, properties, Line: 2, IsLate: false);

    public static async Task<AppendOutcome> Append(BackOfficeDb db, NewEvent e, ImportId? import = null)
    {
        await using var writer = await db.Writer(import ?? ImportId.New());
        var outcome = await writer.Append(e, default);
        await writer.Finish(default);
        await writer.Settle(default);
        await writer.Commit(ImportOutcome.Unknown, default);
        return outcome;
    }

    private static Invoice Make(Customer customer, Company company, Plan plan, Subscription subscription)
    {
        var fee = Money.Of(99, Usd);
        var line = new RatedLine(
            LineKind.BaseFee, subscription.Id, subscription.Code, plan.Name, plan.Latest!.Number, "Base fee", November, null, null, 1, 0, 0,
            "99.00 USD for each month, after it has ended", [new PriceStep("Whole month", 1, fee.Amount)], fee.Amount, fee);
        var content = InvoiceContent.Of([line], new TaxTreatment("vat", "VAT", 19, null), Usd);
        return Invoice.Prepare(customer, company, November, content, null, Clara, Now);
    }
}
