using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using BackOffice.Web.Features.Customers;

namespace BackOffice.Web.Features.Settings;

/// <summary>The company while it is typed.</summary>
public sealed class CompanyDraft
{
    public string? Name { get; set; }

    public AddressDraft Address { get; private init; } = new();

    public string? TaxNumber { get; set; }

    public string? Email { get; set; }

    public string? Iban { get; set; }

    public string? Bic { get; set; }

    public string Currency { get; set; } = "EUR";

    public string ZoneId { get; set; } = "UTC";

    public string? NumberFormat { get; set; } = "INV-{yyyy}-{seq:6}";

    public decimal? PaymentDays { get; set; } = 30;

    public static CompanyDraft Of(CompanyDetails details) => new()
    {
        Name = details.Name,
        Address = AddressDraft.Of(details.Address),
        TaxNumber = details.TaxNumber,
        Email = details.Email,
        Iban = details.Iban,
        Bic = details.Bic,
        Currency = details.Currency,
        ZoneId = details.ZoneId,
        NumberFormat = details.NumberFormat,
        PaymentDays = details.PaymentDays,
    };

    /// <exception cref="RuleBroken">A field is missing or malformed; the message names it.</exception>
    public CompanyDetails ToDetails() => new(
        Name ?? "", Address.ToAddress(), TaxNumber, Email, Iban, Bic, Currency, ZoneId, NumberFormat ?? "",
        Days.Whole(PaymentDays, "Payment days"));

    /// <summary>How the first number of a year would look, or why the format is none.</summary>
    public (string? Number, string? Mistake) Example(int year)
    {
        try
        {
            return (InvoiceNumberFormat.Parse(NumberFormat).Number(year, 1), null);
        }
        catch (RuleBroken refusal)
        {
            return (null, refusal.Message);
        }
    }
}
