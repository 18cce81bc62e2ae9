using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using BackOffice.Core.Rating;
using BackOffice.Core.Taxes;

namespace BackOffice.Core.Tests.Invoices;

public sealed class InvoiceTests
{
    private static readonly TaxTreatment Vat = new("DE-VAT", "VAT", 19, "Thank you");

    private static InvoiceContent Content(params RatedLine[] lines) => InvoiceContent.Of(lines, Vat, Usd);

    private static InvoiceContent Figures() => Content(Line(Money.Of(99, Usd), "Base fee"), Line(Money.Of(D("49.31"), Usd), "Tokens", 5));

    private static Invoice Prepared(Person by) =>
        Invoice.Prepare(Customer(), Company(), Days("2026-10-01", "2026-10-31"), Figures(), null, by, Now);

    [Fact]
    public void A_new_invoice_waits_for_approval_and_has_no_number()
    {
        var run = Guid.CreateVersion7();
        var customer = Customer();
        var invoice = Invoice.Prepare(customer, Company(), Days("2026-10-01", "2026-10-31"), Figures(), run, Mara, Now);

        Assert.Equal((InvoiceStatus.NeedsApproval, null, null, null), (invoice.Status, invoice.Number, invoice.IssuedOn, invoice.DueOn));
        Assert.Equal((customer.Id, run, "2026-10-01..2026-10-31", "Europe/Berlin"),
            (invoice.CustomerId, invoice.RunId!.Value, invoice.Period.ToString(), invoice.ZoneId));
        Assert.Equal((Mara, Now, "Thank you", 30), (invoice.PreparedBy, invoice.PreparedAt, invoice.TaxNote, invoice.PaymentDays));
        Assert.Equal(["148.31 USD", "28.18 USD", "176.49 USD"],
            new[] { invoice.Subtotal, invoice.Tax, invoice.Total }.Select(sum => sum.ToString()));
    }

    [Fact]
    public void Lines_and_taxes_keep_what_the_engine_said()
    {
        var invoice = Prepared(Mara);
        var tax = Assert.Single(invoice.Taxes);

        Assert.Equal([(1, "Base fee"), (2, "Tokens")], invoice.Lines.Select(line => (line.Position, line.Name)));
        Assert.Equal((5m, 1L, D("49.31"), "words", "2026-10-01..2026-10-31"),
            (invoice.Lines[1].Quantity, invoice.Lines[1].Events, invoice.Lines[1].Amount.Amount, invoice.Lines[1].PriceInWords,
            invoice.Lines[1].Period.ToString()));
        Assert.Equal((1, "DE-VAT", "VAT", 19m, "148.31 USD", "28.18 USD"),
            (tax.Position, tax.Code, tax.Name, tax.Percent, tax.Base.ToString(), tax.Tax.ToString()));
    }

    [Fact]
    public void Issuing_gives_number_and_dates()
    {
        var invoice = Prepared(Mara);
        invoice.Approve(Jon, Now);
        invoice.Issue("INV-2026-000017", Day("2026-11-02"), Ines);

        Assert.Equal(("INV-2026-000017", Day("2026-11-02"), Day("2026-12-02"), Ines),
            (invoice.Number, invoice.IssuedOn!.Value, invoice.DueOn!.Value, invoice.IssuedBy));
    }

    [Fact]
    public void Who_prepared_it_cannot_approve_it() =>
        Assert.Equal("Mara prepared this invoice. Somebody else must approve it.",
            Assert.Throws<RuleBroken>(() => Prepared(Mara).Approve(Mara, Now)).Message);

    [Fact]
    public void Nobody_of_several_preparers_can_approve_it()
    {
        var invoice = Prepared(Mara);
        invoice.Refresh(Figures(), Company(), Customer(), Jon, Now);
        invoice.Return("Look at the usage");
        invoice.Submit(Ines);

        Assert.Equal([Mara.Id!.Value, Jon.Id!.Value, Ines.Id!.Value], invoice.Preparers);
        Assert.All(new[] { Mara, Jon, Ines }, person => Assert.Throws<RuleBroken>(() => invoice.Approve(person, Now)));

        var fourth = new Person(Guid.CreateVersion7(), "Ola");
        invoice.Approve(fourth, Now);
        Assert.Equal((InvoiceStatus.Approved, fourth, Now), (invoice.Status, invoice.ApprovedBy, invoice.ApprovedAt!.Value));
    }

    [Fact]
    public void A_preparer_under_another_name_is_the_same_person() =>
        Assert.Throws<RuleBroken>(() => Prepared(Mara).Approve(Mara with { Name = "Mara (admin)" }, Now));

    [Fact]
    public void The_system_prepares_but_never_approves()
    {
        var invoice = Prepared(Schedule);

        Assert.StartsWith("An invoice is approved by a person.", Assert.Throws<RuleBroken>(() => invoice.Approve(Schedule, Now)).Message,
            StringComparison.Ordinal);
        Assert.Empty(invoice.Preparers);
        invoice.Approve(Mara, Now);
        Assert.Equal(InvoiceStatus.Approved, invoice.Status);
    }

    [Fact]
    public void An_approver_who_then_refreshes_has_prepared_it()
    {
        var invoice = Prepared(Mara);
        invoice.Approve(Jon, Now);
        invoice.Refresh(Figures(), Company(), Customer(), Jon, Now);

        Assert.Equal((InvoiceStatus.NeedsApproval, null, null), (invoice.Status, invoice.ApprovedBy, invoice.ApprovedAt));
        Assert.Throws<RuleBroken>(() => invoice.Approve(Jon, Now));
    }

    [Fact]
    public void Returning_needs_a_comment_that_stays_until_approval()
    {
        var invoice = Prepared(Mara);
        Assert.Equal("Comment is missing.", Assert.Throws<RuleBroken>(() => invoice.Return(" ")).Message);
        Assert.Equal(InvoiceStatus.NeedsApproval, invoice.Status);

        invoice.Return(" Wrong address ");
        invoice.Submit(Mara);
        Assert.Equal("Wrong address", invoice.ReturnComment);

        invoice.Approve(Jon, Now);
        Assert.Null(invoice.ReturnComment);
        invoice.Return("After all");
        Assert.Equal((InvoiceStatus.Draft, null, null), (invoice.Status, invoice.ApprovedBy, invoice.ApprovedAt));
    }

    [Fact]
    public void A_refresh_says_what_is_true_now()
    {
        var invoice = Prepared(Mara);
        var moved = Core.Customers.Customer.Create(CustomerDetails() with { Name = "Acme Holding", PaymentDays = 14 });
        var later = Now + Duration.FromHours(1);

        invoice.Refresh(Content(Line(Money.Of(50, Usd))), Company(), moved, Jon, later);

        Assert.Equal((Money.Of(50, Usd), "Acme Holding", 14, Jon, later),
            (invoice.Subtotal, invoice.Buyer.Name, invoice.PaymentDays, invoice.PreparedBy, invoice.PreparedAt));
        Assert.Equal((1, 1), (invoice.Lines.Count, invoice.Taxes.Count));
    }

    [Fact]
    public void Later_changes_of_customer_and_company_change_no_document()
    {
        var (customer, company) = (Customer(), Company());
        var invoice = Invoice.Prepare(customer, company, Days("2026-10-01", "2026-10-31"), Figures(), null, Mara, Now);
        customer.Change(CustomerDetails() with { Name = "Acme Holding", PaymentDays = 0 });
        company.Change(CompanyDetails() with { Name = "Lumen AG", Iban = null });

        Assert.Equal(("Acme Ltd", 30, "Lumen Cloud GmbH", "DE02120300000000202051"),
            (invoice.Buyer.Name, invoice.PaymentDays, invoice.Seller.Name, invoice.Seller.Iban));
    }

    public static TheoryData<string, InvoiceContent> Differences() => new()
    {
        { "a line less", Content(Line(Money.Of(D("148.31"), Usd), "Base fee")) },
        { "another amount", Content(Line(Money.Of(D("99.01"), Usd), "Base fee"), Line(Money.Of(D("49.30"), Usd), "Tokens", 5)) },
        { "another quantity", Content(Line(Money.Of(99, Usd), "Base fee"), Line(Money.Of(D("49.31"), Usd), "Tokens", 6)) },
        { "another name", Content(Line(Money.Of(99, Usd), "Base fee"), Line(Money.Of(D("49.31"), Usd), "Requests", 5)) },
        { "another order", Content(Line(Money.Of(D("49.31"), Usd), "Tokens", 5), Line(Money.Of(99, Usd), "Base fee")) },
        { "another event without value",
            Content(Line(Money.Of(99, Usd), "Base fee"), Line(Money.Of(D("49.31"), Usd), "Tokens", 5, withoutValue: 1)) },
        { "another exact amount", Figures() with { Lines = [Figures().Lines[0], Figures().Lines[1] with { ExactAmount = 49.3099m }] } },
        { "another version", Figures() with { Lines = [Figures().Lines[0], Figures().Lines[1] with { PlanVersion = 2 }] } },
        { "another period",
            Figures() with { Lines = [Figures().Lines[0], Figures().Lines[1] with { Period = Days("2026-10-02", "2026-10-31") }] } },
        { "another percentage of the same tax", InvoiceContent.Of(Figures().Lines, Vat with { Percent = 19.001m }, Usd) },
        { "another tax of the same percentage", InvoiceContent.Of(Figures().Lines, Vat with { Code = "AT-VAT" }, Usd) },
        { "another note", InvoiceContent.Of(Figures().Lines, Vat with { Note = null }, Usd) },
    };

    [Theory]
    [MemberData(nameof(Differences))]
    public void Sees_when_the_engine_says_something_else(string difference, InvoiceContent content) =>
        Assert.False(Prepared(Mara).Says(content), difference);

    [Fact]
    public void Says_what_the_engine_says() => Assert.True(Prepared(Mara).Says(Figures()));
}
