using System.Globalization;
using BackOffice.Core.Common;

namespace BackOffice.Core.Pricing;

/// <summary>What amounts are named in: a currency, or a unit of the seller's own such as credits.</summary>
internal readonly record struct Denomination(string Name, int Decimals)
{
    public static implicit operator Denomination(Currency currency) => new(currency.Code, currency.Exponent);
}

/// <summary>Numbers inside sentences: grouped, in full precision, never rounded.</summary>
internal static class Words
{
    public static string Number(decimal value) => value.ToString("#,0.############################", CultureInfo.InvariantCulture);

    /// <summary>At least the currency's digits, more if the price has more.</summary>
    public static string Amount(decimal value, Denomination denomination) => value.ToString(
        "#,0." + new string('0', denomination.Decimals) + new string('#', 28 - denomination.Decimals),
        CultureInfo.InvariantCulture) + " " + denomination.Name;

    public static string Percent(decimal percent) => $"{Number(percent)} %";

    public static string PerUnits(decimal per) => per == 1 ? "per unit" : $"per {Number(per)}";

    public static string LowerFirst(string words) => char.ToLowerInvariant(words[0]) + words[1..];
}
