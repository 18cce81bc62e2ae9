using BackOffice.Core.Common;

namespace BackOffice.Web.Shared;

/// <summary>Money and numbers as pages show them: separators of the reader's culture, a true minus, the currency's own decimals.</summary>
public static class MoneyText
{
    private const char NoBreakSpace = '\u00A0';

    /// <summary>"1,234.50 EUR".</summary>
    public static string Of(Money money) => $"{Amount(money)}{NoBreakSpace}{money.Currency.Code}";

    /// <summary>"1,234.50", for columns whose head names the currency.</summary>
    public static string Amount(Money money) => DecimalText.Format(money.Amount, money.Currency.Exponent);

    /// <summary>"0.0125 EUR": a price keeps all its digits and has at least the currency's.</summary>
    public static string Price(decimal price, Currency currency) =>
        $"{DecimalText.Format(price, currency.Exponent)}{NoBreakSpace}{currency.Code}";

    /// <summary>"1,234.5": a quantity keeps all its digits and no others.</summary>
    public static string Quantity(decimal quantity) => DecimalText.Format(quantity);

    /// <summary>"19 %".</summary>
    public static string Percent(decimal percent) => $"{DecimalText.Format(percent)}{NoBreakSpace}%";

    /// <summary>The class of a cell with this amount: right-aligned, and marked when negative.</summary>
    public static string Css(Money money) => money.MinorUnits < 0 ? "num negative" : "num";
}
