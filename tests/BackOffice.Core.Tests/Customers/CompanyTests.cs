using BackOffice.Core.Customers;

namespace BackOffice.Core.Tests.Customers;

public sealed class CompanyTests
{
    public static TheoryData<string, CompanyDetails> Refusals() => new()
    {
        { "Company name", CompanyDetails() with { Name = "" } },
        { "\"XYZ\" is not a currency code", CompanyDetails() with { Currency = "XYZ" } },
        { "\"CET+1\" is not a time zone", CompanyDetails() with { ZoneId = "CET+1" } },
        { "\"INV\" is not a number format", CompanyDetails() with { NumberFormat = "INV" } },
        { "IBAN", CompanyDetails() with { Iban = new string('1', 43) } },
        { "BIC", CompanyDetails() with { Bic = new string('A', 12) } },
        { "Payment days", CompanyDetails() with { PaymentDays = 400 } },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_refused_change_names_the_field_and_changes_nothing(string start, CompanyDetails details)
    {
        var company = Company();
        details = details with { TaxNumber = "OTHER" };

        Assert.StartsWith(start, Assert.Throws<RuleBroken>(() => company.Change(details)).Message, StringComparison.Ordinal);
        Assert.Equal(("Lumen Cloud GmbH", "DE123456789", "Europe/Berlin", Usd),
            (company.Name, company.TaxNumber, company.ZoneId, company.Currency));
    }

    [Fact]
    public void Documents_get_a_copy_with_the_account_to_pay_to() => Assert.Equal(
        new Party("Lumen Cloud GmbH", null, Berlin, "DE123456789", "billing@lumen.example", "DE02120300000000202051", "BYLADEM1001"),
        Company().AsParty());
}
