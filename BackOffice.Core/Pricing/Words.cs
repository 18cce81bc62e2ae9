using System.Globalization;
using BackOffice.Core.Common;

namespace BackOffice.Core.Pricing;

/// <summary>Numbers inside sentences: grouped, in full precision, never rounded.</summary>
internal static class Words
{
    public static string Number(decimal value) => value.ToString("#,0.############################", CultureInfo.InvariantCulture);

    /// <summary>At least the currency's digits, more if the price has more.</summary>
    public static string Amount(decimal value, Currency currency) => value.ToString(
        "#,0" + (currency.Exponent == 0 ? "." : "." + new string('0', currency.Exponent)) + new string('#', 28 - currency.Exponent),
        CultureInfo.InvariantCulture) + " " + currency.Code;

    public static string PerUnits(decimal per) => per == 1 ? "per unit" : $"per {Number(per)}";
}
