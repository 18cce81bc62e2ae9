using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using NodaTime;

namespace BackOffice.Core.Customers;

/// <summary>What the administrator says about the company that sends the invoices.</summary>
/// <param name="NumberFormat">How invoice numbers look; see <see cref="Invoices.InvoiceNumberFormat"/>.</param>
/// <param name="PaymentDays">Offered for new customers; 0 to 365.</param>
public sealed record CompanyDetails(
    string Name, Address Address, string? TaxNumber, string? Email, string? Iban, string? Bic,
    string Currency, string ZoneId, string NumberFormat, int PaymentDays);

/// <summary>The seller. There is one.</summary>
public sealed class Company
{
    private Company()
    {
    }

    /// <summary>Always 1: the database refuses a second company.</summary>
    public int Id { get; private init; } = 1;

    public string Name { get; private set; } = null!;

    public Address Address { get; private set; } = null!;

    public string? TaxNumber { get; private set; }

    public string? Email { get; private set; }

    public string? Iban { get; private set; }

    public string? Bic { get; private set; }

    /// <summary>Offered for new plans; documents carry the plan's currency.</summary>
    public Currency Currency { get; private set; } = null!;

    /// <summary>Documents are dated and schedules fire in this zone.</summary>
    public string ZoneId { get; private set; } = null!;

    public InvoiceNumberFormat NumberFormat { get; private set; } = null!;

    public int PaymentDays { get; private set; }

    public DateTimeZone Zone => Common.Zone.Of(ZoneId);

    /// <exception cref="RuleBroken">A field is missing or malformed; the message names it.</exception>
    public static Company Create(CompanyDetails details)
    {
        var company = new Company();
        company.Change(details);
        return company;
    }

    /// <exception cref="RuleBroken">A field is missing or malformed; the message names it.</exception>
    public void Change(CompanyDetails details)
    {
        // All or nothing: every field is checked before the first one is set.
        (Name, Address, TaxNumber, Email, Iban, Bic, Currency, ZoneId, NumberFormat, PaymentDays) = (
            Text.Required(details.Name, "Company name"),
            details.Address,
            Text.Optional(details.TaxNumber, "Tax number", 40),
            Text.Optional(details.Email, "E-mail", 254),
            Text.Optional(details.Iban, "IBAN", 42),
            Text.Optional(details.Bic, "BIC", 11),
            Common.Currency.Of(details.Currency),
            Common.Zone.Of(details.ZoneId).Id,
            InvoiceNumberFormat.Parse(details.NumberFormat),
            details.PaymentDays is >= 0 and <= 365
                ? details.PaymentDays
                : throw new RuleBroken("Payment days must be between 0 and 365."));
    }

    /// <summary>The copy a document keeps.</summary>
    public Party AsParty() => new(Name, null, Address, TaxNumber, Email, Iban, Bic);
}
