using System.Globalization;
using System.Text;
using BackOffice.Core.Taxes;

namespace BackOffice.Vectors.Kinds;

internal static class EuTaxes
{
    public static IEnumerable<KeyValuePair<string, Translate>> Kinds =>
    [
        new("eu_tax_code", Code),
        new("eu_tax_code_after_vies", AfterVies),
        new("eu_rate_table", Table),
    ];

    private static void Code(Vector vector, Check check)
    {
        var decision = EuTaxRules.Decide(new EuTaxFacts(
            vector.Input["seller_country"].Text, vector.Input["customer_country"].TextOrNull, vector.Input["zipcode"].TextOrNull,
            Standing(vector.Input["vat_number"].TextOrNull)));
        check.That("tax_code", CodeOf(decision));
        check.IfExpected("status", () => decision.Treatment == EuTreatment.WaitsForVies ? "vies_check_pending" : null);
    }

    private static void AfterVies(Vector vector, Check check)
    {
        var country = vector.Input["vies_country"].TextOrNull;
        check.That("tax_code", CodeOf(EuTaxRules.Decide(new EuTaxFacts(
            vector.Input["seller_country"].Text, vector.Input["customer_country"].TextOrNull, vector.Input["zipcode"].TextOrNull,
            country is null ? VatNumberStanding.Invalid : VatNumberStanding.Valid, country))));
    }

    /// <summary>
    /// Vectors say in words what is known of a number: "(valid format)", "present, not yet checked", or that it is malformed.
    /// </summary>
    private static VatNumberStanding Standing(string? number) => number switch
    {
        null => VatNumberStanding.None,
        _ when number.Contains("valid format", StringComparison.Ordinal) && !number.Contains("invalid", StringComparison.Ordinal) =>
            VatNumberStanding.Unchecked,
        _ when number.Contains("not yet checked", StringComparison.Ordinal) => VatNumberStanding.Unchecked,
        _ => VatNumberStanding.Malformed,
    };

    private static string? CodeOf(EuTaxDecision decision) => decision.Treatment switch
    {
        EuTreatment.Standard => $"lago_eu_{Lower(decision.Country!.Code)}_standard",
        EuTreatment.Territory => $"lago_eu_{Lower(decision.Country!.Code)}_exception_{Lower(decision.Territory!.Name)}",
        EuTreatment.ReverseCharge => "lago_eu_reverse_charge",
        EuTreatment.OutsideEu => "lago_eu_tax_exempt",
        _ => null,
    };

    /// <summary>Their codes have letters without accents, and underscores for everything else.</summary>
    private static string Lower(string name)
    {
        var plain = name.Normalize(NormalizationForm.FormD)
            .Where(letter => CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark);
        return string.Concat(plain.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '_'));
    }

    /// <summary>Our table has dates; theirs has one rate. It is compared on the day on which theirs came into force.</summary>
    private static void Table(Vector vector, Check check)
    {
        var rates = new Dictionary<string, object?>();
        foreach (var country in EuTaxTable.Countries)
        {
            var theirs = vector.Expected["rates"][country.Code];
            if (theirs.IsThere)
            {
                var day = theirs["effective_from"].Day;
                rates[country.Code] = new Dictionary<string, object?>
                {
                    ["standard"] = country.On(day)?.Percent,
                    ["effective_from"] = country.On(day)?.Since,
                    ["exceptions"] = country.Territories.Select(place => new Dictionary<string, object?>
                    {
                        ["name"] = place.Name,
                        ["postcode_regex"] = place.Postcode,
                        ["standard"] = place.On(day),
                    }),
                };
            }
        }

        check.That("rates", rates);
    }
}
