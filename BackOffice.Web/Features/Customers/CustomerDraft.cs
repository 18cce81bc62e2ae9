using BackOffice.Core.Common;
using BackOffice.Core.Customers;

namespace BackOffice.Web.Features.Customers;

/// <summary>A customer while it is typed.</summary>
public sealed class CustomerDraft
{
    public string? Name { get; set; }

    public string? Code { get; set; }

    public string? Email { get; set; }

    public AddressDraft Address { get; private init; } = new();

    public string? TaxNumber { get; set; }

    /// <summary>Empty when no tax is charged.</summary>
    public string? TaxCode { get; set; }

    public string? TaxNote { get; set; }

    public string ZoneId { get; set; } = "UTC";

    public decimal? PaymentDays { get; set; } = 30;

    public static CustomerDraft Of(CustomerDetails details) => new()
    {
        Name = details.Name,
        Code = details.Code,
        Email = details.Email,
        Address = AddressDraft.Of(details.Address),
        TaxNumber = details.TaxNumber,
        TaxCode = details.TaxCode,
        TaxNote = details.TaxNote,
        ZoneId = details.ZoneId,
        PaymentDays = details.PaymentDays,
    };

    /// <exception cref="RuleBroken">A field is missing or malformed; the message names it.</exception>
    public CustomerDetails ToDetails() => new(
        Code ?? "", Name ?? "", Address.ToAddress(), ZoneId, Email, TaxNumber, string.IsNullOrEmpty(TaxCode) ? null : TaxCode, TaxNote,
        Days.Whole(PaymentDays, "Payment days"));
}
