using BackOffice.Core.Common;
using BackOffice.Web.Shared;
using NodaTime;

namespace BackOffice.Web.Tests.Shared;

public sealed class TextTests : PageTest
{
    [Theory]
    [InlineData(123450, "EUR", "1,234.50\u00A0EUR")]
    [InlineData(-5, "EUR", "−0.05\u00A0EUR")]
    [InlineData(0, "EUR", "0.00\u00A0EUR")]
    [InlineData(1500, "JPY", "1,500\u00A0JPY")]
    [InlineData(1005, "KWD", "1.005\u00A0KWD")]
    public void Money_has_its_currencys_decimals_and_its_code(long minor, string currency, string text) =>
        Assert.Equal(text, MoneyText.Of(Money.OfMinor(minor, Currency.Of(currency))));

    [Fact]
    public void A_price_keeps_all_its_digits_and_at_least_the_currencys()
    {
        Assert.Equal("0.00015\u00A0EUR", MoneyText.Price(0.00015m, Currency.Of("EUR")));
        Assert.Equal("5.00\u00A0EUR", MoneyText.Price(5m, Currency.Of("EUR")));
    }

    [Theory]
    [InlineData("2023-11-01", "2023-12-01", "1–30 Nov 2023")]
    [InlineData("2023-11-15", "2023-12-15", "15 Nov – 14 Dec 2023")]
    [InlineData("2023-12-15", "2024-01-15", "15 Dec 2023 – 14 Jan 2024")]
    [InlineData("2024-02-29", "2024-03-01", "29 Feb 2024")]
    public void A_period_is_shown_with_its_last_day(string start, string end, string text) =>
        Assert.Equal(text, DateText.Days(new Period(Day(start), Day(end))));

    [Fact]
    public void A_moment_is_shown_in_the_zone_that_is_named()
    {
        var at = Instant.FromUtc(2026, 2, 28, 23, 0);

        Assert.Equal("1 Mar 2026 00:00 Europe/Berlin", DateText.MomentWithZone(at, DateTimeZoneProviders.Tzdb["Europe/Berlin"]));
    }

    [Fact]
    public void The_words_do_not_depend_on_the_readers_number_format()
    {
        System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.GetCultureInfo("de-DE");

        Assert.Equal("1 Dec 2026", DateText.Day(new LocalDate(2026, 12, 1)));
        Assert.Equal("1.234,50\u00A0EUR", MoneyText.Of(Money.OfMinor(123450, Currency.Of("EUR"))));
    }

    private static LocalDate Day(string iso) => NodaTime.Text.LocalDatePattern.Iso.Parse(iso).Value;
}
