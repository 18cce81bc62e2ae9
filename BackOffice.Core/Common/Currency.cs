namespace BackOffice.Core.Common;

/// <summary>An ISO 4217 currency and how many digits its smallest unit has: 0 (JPY), 2 (EUR) or 3 (KWD).</summary>
public sealed record Currency
{
    private static readonly Dictionary<string, Currency> Known = Build();

    private Currency(string code, int exponent) => (Code, Exponent) = (code, exponent);

    public string Code { get; }

    /// <summary>Digits after the decimal point of an amount: 0, 2 or 3.</summary>
    public int Exponent { get; }

    /// <summary>Minor units in one major unit: 1, 100 or 1000.</summary>
    public decimal Scale =>
        Exponent switch
        {
            0 => 1m,
            2 => 100m,
            _ => 1000m,
        };

    /// <summary>Every currency we know, by code.</summary>
    public static IReadOnlyList<Currency> All { get; } = [.. Known.Values.OrderBy(c => c.Code, StringComparer.Ordinal)];

    /// <exception cref="RuleBroken">The code is not one of ISO 4217.</exception>
    public static Currency Of(string code) =>
        Known.GetValueOrDefault(code)
        ?? throw new RuleBroken($"\"{code}\" is not a currency code. Use three capital letters of ISO 4217, such as EUR.");

    public static bool IsKnown(string code) => Known.ContainsKey(code);

    public override string ToString() => Code;

    private static Dictionary<string, Currency> Build()
    {
        const string none = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
        const string three = "BHD IQD JOD KWD LYD OMR TND";
        const string two =
            "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC "
            + "CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD "
            + "KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO "
            + "NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL "
            + "THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG";
        return new[] { (none, 0), (two, 2), (three, 3) }
            .SelectMany(group => group.Item1.Split(' ').Select(code => new Currency(code, group.Item2)))
            .ToDictionary(currency => currency.Code, StringComparer.Ordinal);
    }
}
