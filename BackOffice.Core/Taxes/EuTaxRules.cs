using System.Text.RegularExpressions;

namespace BackOffice.Core.Taxes;

/// <summary>What is known about a customer's VAT number.</summary>
public enum VatNumberStanding
{
    /// <summary>The customer gave none: a consumer, as far as we know.</summary>
    None,

    /// <summary>It does not look like a VAT number; not yet checked with VIES.</summary>
    Malformed,

    /// <summary>Well formed, not yet checked with VIES.</summary>
    Unchecked,

    /// <summary>VIES says that it does not exist.</summary>
    Invalid,

    /// <summary>VIES confirmed it.</summary>
    Valid,
}

/// <summary>How a supply is taxed.</summary>
public enum EuTreatment
{
    /// <summary>At the standard rate of a country.</summary>
    Standard,

    /// <summary>At the rate of a special territory.</summary>
    Territory,

    /// <summary>The customer owes the tax (Art. 196).</summary>
    ReverseCharge,

    /// <summary>Outside the EU: not taxed here.</summary>
    OutsideEu,

    /// <summary>Not known before VIES has answered. Invoices wait.</summary>
    WaitsForVies,
}

/// <summary>What decides about tax.</summary>
/// <param name="SellerCountry">ISO 3166, a member state.</param>
/// <param name="Country">The customer's; null when unknown.</param>
/// <param name="Postcode">The customer's; blanks do not count. Null when unknown.</param>
/// <param name="VatCountry">The country VIES named; null unless the number is valid.</param>
public sealed record EuTaxFacts(
    string SellerCountry, string? Country, string? Postcode, VatNumberStanding VatNumber, string? VatCountry = null);

/// <summary>How a supply is taxed, and why, in one sentence.</summary>
/// <param name="Country">Whose rate applies; null when none does.</param>
/// <param name="Territory">Null unless a territory's rate applies.</param>
public sealed record EuTaxDecision(EuTreatment Treatment, EuCountry? Country, EuTerritory? Territory, string Because)
{
    /// <summary>Null while VIES has not answered.</summary>
    public TaxCategory? Category => Treatment switch
    {
        EuTreatment.Standard => TaxCategory.Standard,
        EuTreatment.Territory => Territory!.Rates[^1].Percent > 0 ? TaxCategory.Standard : TaxCategory.OutsideScope,
        EuTreatment.ReverseCharge => TaxCategory.ReverseCharge,
        EuTreatment.OutsideEu => TaxCategory.OutsideScope,
        _ => null,
    };
}

/// <summary>
/// Where a service of a seller in the EU is taxed: special territories, then the VAT number, then the customer's country.
/// </summary>
/// <remarks>Directive 2006/112/EC Art. 44, 58, 196; the order is Lago's (guide §16). An override by a person comes before all of
/// it.</remarks>
public static class EuTaxRules
{
    /// <exception cref="Common.RuleBroken">The seller's country is not a member state.</exception>
    public static EuTaxDecision Decide(EuTaxFacts facts)
    {
        var seller = EuTaxTable.Of(facts.SellerCountry)
            ?? throw new Common.RuleBroken($"{facts.SellerCountry} is not a member state of the EU. Choose the taxes by hand.");
        if (facts.VatNumber == VatNumberStanding.Valid)
        {
            return OfBusiness(seller, facts);
        }

        // A malformed number is no evidence of a business, so it does not take the shortcut by postcode.
        if (facts.VatNumber is VatNumberStanding.None or VatNumberStanding.Unchecked
            && TerritoryOf(facts.Country, facts.Postcode, facts.VatNumber == VatNumberStanding.Unchecked) is { } place)
        {
            return Territory(EuTaxTable.Of(facts.Country)!, place);
        }

        // Formats change, so a number that looks wrong is asked about too.
        return facts.VatNumber is VatNumberStanding.Unchecked or VatNumberStanding.Malformed
            ? new(EuTreatment.WaitsForVies, null, null, "The VAT number has not been checked yet; no invoice is issued before.")
            : OfConsumer(seller, facts);
    }

    /// <summary>The special territory of a postcode; null when it is in none.</summary>
    /// <param name="hasVatNumber">Whether the customer has a well-formed VAT number.</param>
    public static EuTerritory? TerritoryOf(string? country, string? postcode, bool hasVatNumber)
    {
        var code = string.Concat((postcode ?? "").Where(letter => !char.IsWhiteSpace(letter)));
        return code.Length == 0 ? null : EuTaxTable.Of(country)?.Territories.FirstOrDefault(place =>
            (hasVatNumber || !place.NeedsVatNumber)
            && Regex.IsMatch(code, $"^(?:{place.Postcode})$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)));
    }

    // The country VIES named decides, not the address.
    private static EuTaxDecision OfBusiness(EuCountry seller, EuTaxFacts facts)
    {
        if (!string.Equals(facts.VatCountry, seller.Code, StringComparison.OrdinalIgnoreCase))
        {
            return new(EuTreatment.ReverseCharge, null, null, "A business in another member state, with a valid VAT number, owes the tax.");
        }

        return TerritoryOf(seller.Code, SameCountry(facts, seller) ? facts.Postcode : null, true) is { } place
            ? Territory(seller, place)
            : Standard(seller, "A business in the seller's country pays that country's tax.");
    }

    private static bool SameCountry(EuTaxFacts facts, EuCountry seller) =>
        facts.Country is null || string.Equals(facts.Country, seller.Code, StringComparison.OrdinalIgnoreCase);

    private static EuTaxDecision OfConsumer(EuCountry seller, EuTaxFacts facts)
    {
        if (facts.Country is null)
        {
            return Standard(seller, "The customer's country is unknown, so the seller's tax applies.");
        }

        return EuTaxTable.Of(facts.Country) is not { } country
            ? new(EuTreatment.OutsideEu, null, null, "The customer is outside the EU; EU tax does not apply.")
            : facts.VatNumber == VatNumberStanding.Invalid && TerritoryOf(facts.Country, facts.Postcode, false) is { } place
                ? Territory(country, place)
                : Standard(country, "Without a valid VAT number the tax of the customer's country applies.");
    }

    private static EuTaxDecision Standard(EuCountry country, string because) => new(EuTreatment.Standard, country, null, because);

    private static EuTaxDecision Territory(EuCountry country, EuTerritory place) =>
        new(EuTreatment.Territory, country, place, $"The postcode is in {place.Name}, which has a rate of its own.");
}
