using System.Globalization;
using BackOffice.Core.Common;
using NodaTime.TimeZones;

namespace BackOffice.Web.Shared;

/// <summary>The long lists of forms: countries, currencies, time zones.</summary>
public static class Choices
{
    /// <summary>ISO 3166 codes with their English names, by name.</summary>
    public static IReadOnlyList<Choice> Countries { get; } =
    [
        .. CultureInfo.GetCultures(CultureTypes.SpecificCultures)
            .Select(culture => new RegionInfo(culture.Name))
            .Where(region => region.TwoLetterISORegionName is { Length: 2 } code && code.All(char.IsAsciiLetterUpper))
            .DistinctBy(region => region.TwoLetterISORegionName)
            .Select(region => new Choice(region.TwoLetterISORegionName, region.EnglishName))
            .OrderBy(choice => choice.Text, StringComparer.InvariantCulture),
    ];

    /// <summary>Every currency, the common ones first.</summary>
    public static IReadOnlyList<Choice> Currencies { get; } =
    [
        .. new[] { "EUR", "USD", "GBP", "CHF" }.Union(Currency.All.Select(currency => currency.Code))
            .Select(code => new Choice(code, code)),
    ];

    /// <summary>The tz database's places, without its aliases.</summary>
    public static IReadOnlyList<Choice> Zones { get; } =
    [
        .. TzdbDateTimeZoneSource.Default.ZoneLocations!.Select(location => location.ZoneId).Append("UTC")
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(id => new Choice(id, id.Replace('_', ' '))),
    ];
}
