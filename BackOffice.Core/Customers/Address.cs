using BackOffice.Core.Common;

namespace BackOffice.Core.Customers;

/// <summary>Where somebody is. The country is an ISO 3166 code of two capital letters.</summary>
public sealed record Address(string Street, string? PostalCode, string City, string? Region, string Country)
{
    public string Street { get; } = Text.Required(Street, "Street");

    public string? PostalCode { get; } = Text.Optional(PostalCode, "Postal code", 20);

    public string City { get; } = Text.Required(City, "City");

    public string? Region { get; } = Text.Optional(Region, "Region");

    public string Country { get; } = Code.Country(Country);

    /// <summary>The lines as they are printed, without the name.</summary>
    public IReadOnlyList<string> Lines() =>
        [
            Street,
            string.Join(' ', new[] { PostalCode, City }.Where(part => part is not null)),
            .. Region is null ? [] : new[] { Region },
            Country,
        ];
}
