using System.Globalization;
using BackOffice.Web.Shared;

namespace BackOffice.Web.Tests.Shared;

public sealed class DecimalTextTests
{
    [Theory]
    //          culture  typed          value      why
    [InlineData("en-US", "1,234.50", "1234.50", "separators where they belong")]
    [InlineData("en-US", "1234.5", "1234.5", "no separators at all")]
    [InlineData("en-US", " 12 ", "12", "blanks around")]
    [InlineData("en-US", "-5", "-5", "hyphen as minus")]
    [InlineData("en-US", "−5", "-5", "true minus, as we print it")]
    [InlineData("en-US", "1,234,567.891", "1234567.891", "two groups")]
    [InlineData("de-DE", "1.234,50", "1234.50", "German separators")]
    [InlineData("de-DE", "1234,5", "1234.5", "German comma")]
    [InlineData("fr-FR", "1 234,5", "1234.5", "French groups with the blank people type")]
    [InlineData("fr-FR", "1\u202F234,5", "1234.5", "French groups as we print them")]
    [InlineData("de-CH", "1'234.50", "1234.50", "Swiss groups with the apostrophe people type")]
    [InlineData("en-US", "0.0000001234567890123456789", "0.0000001234567890123456789", "a price with many digits")]
    public void Reads_what_people_of_the_culture_write(string culture, string typed, string value, string why)
    {
        Assert.True(DecimalText.TryParse(typed, out var read, CultureInfo.GetCultureInfo(culture)), why);
        Assert.True(decimal.Parse(value, CultureInfo.InvariantCulture) == read, why);
    }

    [Theory]
    [InlineData("en-US", "123,5", "the framework would read 1235, ten times too much")]
    [InlineData("de-DE", "123.5", "the same the other way round")]
    [InlineData("de-DE", "1234.50", "an English amount in a German field")]
    [InlineData("en-US", "1,23,456.00", "groups of two")]
    [InlineData("en-US", "12,34.5", "a group of two at the end")]
    [InlineData("en-US", ",123", "a group without a start")]
    [InlineData("en-US", "1.234.5", "two points")]
    [InlineData("en-US", "1e3", "an exponent")]
    [InlineData("en-US", "(5)", "brackets")]
    [InlineData("en-US", "5-", "a minus behind")]
    [InlineData("en-US", "--5", "two minuses")]
    [InlineData("en-US", "5.", "nothing after the point")]
    [InlineData("en-US", ".5", "nothing before the point")]
    [InlineData("en-US", "€5", "a symbol")]
    [InlineData("en-US", "1 234", "blanks do not group in English")]
    [InlineData("en-US", "٣", "digits of another script")]
    [InlineData("en-US", "", "nothing")]
    [InlineData("en-US", null, "nothing at all")]
    [InlineData("en-US", "0.12345678901234567890123456789", "more than 28 digits would be rounded")]
    [InlineData("en-US", "99999999999999999999999999999999", "beyond a decimal")]
    public void Refuses_what_could_be_meant_in_two_ways(string culture, string? typed, string why) =>
        Assert.False(DecimalText.TryParse(typed, out _, CultureInfo.GetCultureInfo(culture)), why);

    [Theory]
    [InlineData("en-GB", "1234.5", 2, "1,234.50")]
    [InlineData("de-DE", "1234.5", 2, "1.234,50")]
    [InlineData("en-GB", "-0.5", 2, "−0.50")]
    [InlineData("en-GB", "0.0125", 2, "0.0125")]
    [InlineData("en-GB", "1000000", 0, "1,000,000")]
    public void Writes_with_separators_and_a_true_minus(string culture, string value, int decimals, string text) =>
        Assert.Equal(
            text,
            DecimalText.Format(decimal.Parse(value, CultureInfo.InvariantCulture), decimals, CultureInfo.GetCultureInfo(culture)));

    [Fact]
    public void What_is_written_can_be_read_again_in_every_culture_we_offer()
    {
        const string offered = "en-GB en-US de-DE de-AT de-CH fr-FR es-ES it-IT nl-NL pl-PL pt-PT sv-SE da-DK fi-FI cs-CZ";
        foreach (var name in offered.Split(' '))
        {
            var culture = CultureInfo.GetCultureInfo(name);
            var text = DecimalText.Format(-1234567.891m, 2, culture);
            Assert.True(DecimalText.TryParse(text, out var read, culture), $"{name}: {text}");
            Assert.Equal(-1234567.891m, read);
        }
    }
}
