using BackOffice.Core.Taxes;

namespace BackOffice.Core.Tests.Taxes;

public sealed class EuTaxRulesTests
{
    [Theory]
    //          seller country postcode   number       VIES  treatment        category         why
    [InlineData("DE",  "FR",   "75001",   "Valid",     "FR", "ReverseCharge", "ReverseCharge", "a business elsewhere in the EU")]
    [InlineData("DE",  "FR",   "75001",   "Valid",     "DE", "Standard",      "Standard",      "the number's country decides")]
    [InlineData("DE",  "FR",   "75001",   "Unchecked", null, "WaitsForVies",  null,            "nothing is known before VIES answers")]
    [InlineData("DE",  "FR",   "75001",   "Malformed", null, "WaitsForVies",  null,            "formats change; VIES is asked")]
    [InlineData("DE",  "FR",   "75001",   "Invalid",   null, "Standard",      "Standard",      "a consumer pays at home")]
    [InlineData("DE",  "FR",   "75001",   "None",      null, "Standard",      "Standard",      "a consumer pays at home")]
    [InlineData("DE",  "CH",   "8001",    "None",      null, "OutsideEu",     "OutsideScope",  "Switzerland is not in the EU")]
    [InlineData("DE",  null,   null,      "None",      null, "Standard",      "Standard",      "an unknown country is the seller's")]
    [InlineData("DE",  "ES",   "35 001",  "None",      null, "Territory",     "OutsideScope",  "the Canary Islands, outside the EU's VAT")]
    [InlineData("DE",  "ES",   "135001",  "None",      null, "Standard",      "Standard",      "only the whole postcode counts")]
    [InlineData("FR",  "FR",   "97200",   "Unchecked", null, "Territory",     "Standard",      "a business in Martinique")]
    [InlineData("FR",  "FR",   "97200",   "None",      null, "Standard",      "Standard",      "a consumer in Martinique")]
    public void Decides_by_territory_number_and_country(
        string seller, string? country, string? postcode, string number, string? vies, string treatment, string? category, string why)
    {
        var decision = EuTaxRules.Decide(new EuTaxFacts(seller, country, postcode, Enum.Parse<VatNumberStanding>(number), vies));

        Assert.True((treatment, category) == (decision.Treatment.ToString(), decision.Category?.ToString()), $"{why}; got {decision}");
        Assert.EndsWith(".", decision.Because, StringComparison.Ordinal);
    }

    [Theory]
    //          country  day           percent  why
    [InlineData("DE",    "2020-06-30", "19",    "before the cut")]
    [InlineData("DE",    "2020-07-01", "16",    "its first day")]
    [InlineData("EE",    "2026-11-22", "24",    "after two rises")]
    [InlineData("FI",    "2026-11-22", "25.5",  "a half")]
    public void Has_the_standard_rate_of_the_day(string country, string day, string percent, string why) =>
        Assert.True(D(percent) == EuTaxTable.Of(country)!.On(Day(day))!.Percent, why);

    [Fact]
    public void The_Azores_went_from_18_to_16_percent_in_July_2021()
    {
        var azores = EuTaxTable.Of("PT")!.Territories.Single(place => place.Name == "Azores");

        Assert.Equal((18m, 16m), (azores.On(Day("2021-06-30")), azores.On(Day("2021-07-01"))));
    }

    [Fact]
    public void A_seller_outside_the_EU_is_refused() =>
        Assert.Throws<RuleBroken>(() => EuTaxRules.Decide(new EuTaxFacts("US", "DE", null, VatNumberStanding.None)));
}
