using BackOffice.Core.Common;
using NodaTime;

namespace BackOffice.Core.Customers;

public readonly record struct CustomerId(Guid Value) : IId<CustomerId>
{
    public static CustomerId From(Guid value) => new(value);

    public static CustomerId New() => new(Guid.CreateVersion7());
}

/// <summary>What finance types in about a customer.</summary>
/// <param name="Code">How files and people name the customer; unique.</param>
/// <param name="ZoneId">The customer's days are counted in this zone.</param>
/// <param name="TaxCode">The tax rate that applies; null when no tax is charged, which <paramref name="TaxNote"/> explains.</param>
/// <param name="TaxNote">Printed on the invoice, such as why no tax is charged.</param>
/// <param name="PaymentDays">Days from issue to due, 0 to 365.</param>
public sealed record CustomerDetails(
    string Code, string Name, Address Address, string ZoneId, string? Email,
    string? TaxNumber, string? TaxCode, string? TaxNote, int PaymentDays);

/// <summary>Whom we bill. Issued invoices keep a copy, so that a later change alters no document.</summary>
public sealed class Customer
{
    private Customer()
    {
    }

    public CustomerId Id { get; private init; }

    public string Code { get; private set; } = null!;

    public string Name { get; private set; } = null!;

    public Address Address { get; private set; } = null!;

    public string ZoneId { get; private set; } = null!;

    public string? Email { get; private set; }

    public string? TaxNumber { get; private set; }

    public string? TaxCode { get; private set; }

    public string? TaxNote { get; private set; }

    public int PaymentDays { get; private set; }

    public DateTimeZone Zone => Common.Zone.Of(ZoneId);

    /// <exception cref="RuleBroken">A field is missing or malformed; the message names it.</exception>
    public static Customer Create(CustomerDetails details)
    {
        var customer = new Customer { Id = CustomerId.New() };
        customer.Change(details);
        return customer;
    }

    /// <exception cref="RuleBroken">A field is missing or malformed; the message names it.</exception>
    public void Change(CustomerDetails details)
    {
        // All or nothing: every field is checked before the first one is set.
        (Code, Name, Address, ZoneId, Email, TaxNumber, TaxCode, TaxNote, PaymentDays) = (
            Common.Code.Check(details.Code, "Customer code"),
            Text.Required(details.Name, "Name"),
            details.Address,
            Common.Zone.Of(details.ZoneId).Id,
            Text.Optional(details.Email, "E-mail", 254),
            Text.Optional(details.TaxNumber, "Tax number", 40),
            Text.Optional(details.TaxCode, "Tax code", 64),
            Text.Optional(details.TaxNote, "Tax note", 500),
            details.PaymentDays is >= 0 and <= 365
                ? details.PaymentDays
                : throw new RuleBroken("Payment days must be between 0 and 365."));
    }

    /// <summary>The copy a document keeps.</summary>
    public Party AsParty() => new(Name, Code, Address, TaxNumber, Email);
}
