using BackOffice.Web.Shared;

namespace BackOffice.Web.Features.Customers;

/// <summary>Countries by their names, where space allows it.</summary>
public static class CountryName
{
    private static readonly Dictionary<string, string> Names =
        Choices.Countries.ToDictionary(country => country.Value, country => country.Text);

    /// <summary>The code itself when nobody knows it.</summary>
    public static string Of(string code) => Names.GetValueOrDefault(code, code);
}
