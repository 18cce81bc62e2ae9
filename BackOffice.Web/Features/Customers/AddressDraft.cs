using BackOffice.Core.Common;
using BackOffice.Core.Customers;

namespace BackOffice.Web.Features.Customers;

/// <summary>An address while it is typed.</summary>
public sealed class AddressDraft
{
    public string? Street { get; set; }

    public string? PostalCode { get; set; }

    public string? City { get; set; }

    public string? Region { get; set; }

    public string Country { get; set; } = "DE";

    public static AddressDraft Of(Address address) => new()
    {
        Street = address.Street,
        PostalCode = address.PostalCode,
        City = address.City,
        Region = address.Region,
        Country = address.Country,
    };

    /// <exception cref="RuleBroken">A field is missing or malformed; the message names it.</exception>
    public Address ToAddress() => new(Street ?? "", PostalCode, City ?? "", Region, Country);
}
