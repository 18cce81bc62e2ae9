using NodaTime;

namespace BackOffice.Core.Taxes;

/// <summary>A standard rate of a country or territory from a day on.</summary>
/// <param name="Since">The day on which the country's present scale came into force; it may repeat a rate when only reduced rates
/// changed.</param>
/// <param name="Percent">19 means 19 %.</param>
public sealed record EuRate(LocalDate Since, decimal Percent);

/// <summary>A part of a member state with a rate of its own, known by its postcodes.</summary>
/// <param name="Postcode">A regular expression for the whole postcode without blanks.</param>
/// <param name="NeedsVatNumber">The French overseas departments count for businesses only; a consumer there pays the standard rate.</param>
public sealed record EuTerritory(string Name, string Postcode, bool NeedsVatNumber, IReadOnlyList<EuRate> Rates)
{
    /// <summary>Null before the first rate.</summary>
    public decimal? On(LocalDate day) => EuCountry.On(Rates, day)?.Percent;
}

/// <summary>A member state's standard rates and its special territories.</summary>
/// <param name="Code">ISO 3166; Greece is GR.</param>
public sealed record EuCountry(string Code, IReadOnlyList<EuRate> Rates, IReadOnlyList<EuTerritory> Territories)
{
    /// <summary>The standard rate of a day; null before the first.</summary>
    public EuRate? On(LocalDate day) => On(Rates, day);

    internal static EuRate? On(IReadOnlyList<EuRate> rates, LocalDate day) => rates.LastOrDefault(rate => rate.Since <= day);
}

/// <summary>
/// VAT of the 27 member states as of November 2026: what a new installation starts with. An administrator confirms and edits it.
/// </summary>
/// <remarks>Sources: EC TEDB (September 2026), Directive 2006/112/EC Art. 6 for territories. "0000-01-01" means: as long as anybody
/// bills.</remarks>
public static class EuTaxTable
{
    private static readonly EuTerritory[] None = [];

    public static IReadOnlyList<EuCountry> Countries { get; } =
    [
        Country("AT", "2016-01-01 20",
            Place("Jungholz", "6691", "19"), Place("Mittelberg", "699[123]", "19")),
        Country("BE", "21"),
        Country("BG", "20"),
        Country("CY", "19"),
        Country("CZ", "21, 2024-01-01 21"),
        Country("DE", "19, 2020-07-01 16, 2021-01-01 19",
            Place("Büsingen am Hochrhein", "78266", "0"), Place("Heligoland", "27498", "0")),
        Country("DK", "25"),
        Country("EE", "20, 2024-01-01 22, 2025-07-01 24"),
        Country("ES", "21",
            Place("Canary Islands", @"(35\d{3}|38\d{3})", "0"), Place("Ceuta", "(5100[1-5]|5107[0-1]|51081)", "0"),
            Place("Melilla", "(5200[0-6]|5207[0-1]|52081)", "0")),
        Country("FI", "24, 2024-09-01 25.5",
            Place("Aland Islands", @"22\d{3,}", "0")),
        Country("FR", "2014-01-01 20",
            Overseas("Guadeloupe", @"971\d{2,}", "8.5"), Overseas("Martinique", @"972\d{2,}", "8.5"), Overseas("Guyane", @"973\d{2,}", "0"),
            Overseas("Reunion", @"974\d{2,}", "8.5"), Overseas("Mayotte", @"976\d{2,}", "0")),
        Country("GR", "23, 2016-06-01 24",
            Place("Mount Athos", "63086", "0")),
        Country("HR", "25"),
        Country("HU", "27"),
        Country("IE", "23, 2020-09-01 21, 2021-03-01 23"),
        Country("IT", "22",
            Place("Campione d'Italia", "22061", "0"), Place("Livigno", "23041", "0")),
        Country("LT", "21"),
        Country("LU", "17, 2023-01-01 16, 2024-01-01 17"),
        Country("LV", "21"),
        Country("MT", "18"),
        Country("NL", "21, 2019-01-01 21"),
        Country("PL", "23"),
        Country("PT", "23",
            Place("Madeira", @"9[0-4]\d{2,}", "22"), Place("Azores", @"9[5-9]\d{2,}", "18, 2021-07-01 16")),
        Country("RO", "20, 2017-01-01 19, 2025-08-01 21"),
        Country("SE", "25"),
        Country("SI", "22"),
        Country("SK", "20, 2025-01-01 23"),
    ];

    /// <summary>Null when the country is not a member state.</summary>
    public static EuCountry? Of(string? country) =>
        Countries.FirstOrDefault(member => string.Equals(member.Code, country, StringComparison.OrdinalIgnoreCase));

    private static EuCountry Country(string code, string rates, params EuTerritory[] territories) =>
        new(code, Rates(rates), territories.Length == 0 ? None : territories);

    private static EuTerritory Place(string name, string postcode, string rates) => new(name, postcode, false, Rates(rates));

    private static EuTerritory Overseas(string name, string postcode, string rates) => new(name, postcode, true, Rates(rates));

    // "19, 2020-07-01 16": a percentage, after the day from which it counts.
    private static IReadOnlyList<EuRate> Rates(string rates) => [.. rates.Split(", ").Select(rate =>
    {
        var parts = rate.Split(' ');
        var since = parts.Length == 1
            ? new LocalDate(0, 1, 1)
            : NodaTime.Text.LocalDatePattern.Iso.Parse(parts[0]).Value;
        return new EuRate(since, decimal.Parse(parts[^1], System.Globalization.CultureInfo.InvariantCulture));
    })];
}
