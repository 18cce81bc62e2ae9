using BackOffice.Core.Customers;

namespace BackOffice.Core.Tests.Customers;

public sealed class AddressTests
{
    [Fact]
    public void Prints_the_lines_that_are_there()
    {
        Assert.Equal(["Torstraße 1", "10119 Berlin", "DE"], Berlin.Lines());
        Assert.Equal(
            ["1 Main St", "Springfield", "Illinois", "US"],
            new Address(" 1 Main St ", " ", "Springfield", "Illinois", "US").Lines());
    }

    [Theory]
    [InlineData(" ", "10119", "Berlin", "DE", "Street is missing.")]
    [InlineData("Torstraße 1", "10119", "", "DE", "City is missing.")]
    [InlineData("Torstraße 1", "123456789012345678901", "Berlin", "DE", "Postal code is longer than 20 characters.")]
    [InlineData("Torstraße 1", "10119", "Berlin", "de", "\"de\" is not a country code. Use two capital letters, such as DE or US.")]
    [InlineData("Torstraße 1", "10119", "Berlin", "DEU", "\"DEU\" is not a country code. Use two capital letters, such as DE or US.")]
    public void Refuses_what_is_missing_or_malformed(string street, string postalCode, string city, string country, string message) =>
        Assert.Equal(message, Assert.Throws<RuleBroken>(() => new Address(street, postalCode, city, null, country)).Message);
}
