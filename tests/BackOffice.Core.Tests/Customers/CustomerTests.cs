using BackOffice.Core.Customers;

namespace BackOffice.Core.Tests.Customers;

public sealed class CustomerTests
{
    [Fact]
    public void Keeps_what_finance_typed_in_without_stray_blanks()
    {
        var customer = Core.Customers.Customer.Create(
            CustomerDetails() with { Code = " ACME ", Name = " Acme Ltd ", Email = " ", TaxNote = "  " });

        Assert.Equal(("ACME", "Acme Ltd", null, null), (customer.Code, customer.Name, customer.Email, customer.TaxNote));
        Assert.Equal("Europe/Berlin", customer.Zone.Id);
    }

    public static TheoryData<string, CustomerDetails> Refusals() => new()
    {
        { "Customer code", CustomerDetails() with { Code = "a b" } },
        { "Name", CustomerDetails() with { Name = " " } },
        { "\"Berlin\" is not a time zone", CustomerDetails() with { ZoneId = "Berlin" } },
        { "E-mail", CustomerDetails() with { Email = new string('a', 255) } },
        { "Tax number", CustomerDetails() with { TaxNumber = new string('1', 41) } },
        { "Tax note", CustomerDetails() with { TaxNote = new string('a', 501) } },
        { "Payment days", CustomerDetails() with { PaymentDays = -1 } },
        { "Payment days", CustomerDetails() with { PaymentDays = 366 } },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_refused_change_names_the_field_and_changes_nothing(string start, CustomerDetails details)
    {
        var customer = Customer();
        details = details with { Code = details.Code == "ACME" ? "OTHER" : details.Code, Address = Berlin with { } };

        Assert.StartsWith(start, Assert.Throws<RuleBroken>(() => customer.Change(details)).Message, StringComparison.Ordinal);
        Assert.Equal(("ACME", "Acme Ltd", "Europe/Berlin", 30), (customer.Code, customer.Name, customer.ZoneId, customer.PaymentDays));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(365)]
    public void Payment_days_may_be_none_or_a_year(int days) =>
        Assert.Equal(days, Core.Customers.Customer.Create(CustomerDetails() with { PaymentDays = days }).PaymentDays);

    [Fact]
    public void The_copy_for_a_document_does_not_follow_later_changes()
    {
        var customer = Customer();
        var party = customer.AsParty();
        customer.Change(CustomerDetails() with { Name = "Acme Holding" });

        Assert.Equal(new Party("Acme Ltd", "ACME", Berlin, "DE987654321", "ap@acme.example"), party);
    }
}
