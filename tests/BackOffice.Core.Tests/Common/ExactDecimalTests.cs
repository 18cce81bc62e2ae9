using System.Globalization;
using BackOffice.Core.Common;

namespace BackOffice.Core.Tests.Common;

public sealed class ExactDecimalTests
{
    private static readonly Dictionary<string, NumberFormat> Formats = new()
    {
        ["1234.56"] = NumberFormat.Plain,
        ["1,234.56"] = new(DecimalMark.Dot, GroupMark.Comma),
        ["1.234,56"] = new(DecimalMark.Comma, GroupMark.Dot),
        ["1 234,56"] = new(DecimalMark.Comma, GroupMark.Space),
        ["1 234.56"] = new(DecimalMark.Dot, GroupMark.Space),
        ["1'234.56"] = new(DecimalMark.Dot, GroupMark.Apostrophe),
        ["1234,56"] = new(DecimalMark.Comma, GroupMark.None),
    };

    [Theory]
    //          format      text                 value         why
    [InlineData("1234.56", "0", "0", "zero")]
    [InlineData("1234.56", "-0", "0", "minus zero is zero")]
    [InlineData("1234.56", "-0.00", "0", "minus zero with decimals is zero")]
    [InlineData("1234.56", "-12.5", "-12.5", "the sign of a correction survives")]
    [InlineData("1234.56", ".5", "0.5", "databases leave the zero out")]
    [InlineData("1234.56", "007", "7", "leading zeros mean nothing")]
    [InlineData("1234.56", "1.50000", "1.5", "trailing zeros mean nothing")]
    [InlineData("1234.56", "9999999999999999999999999999", "9999999999999999999999999999", "28 digits fit")]
    [InlineData("1234.56", "0.0000000000000000000000000001", "0.0000000000000000000000000001", "28 places fit")]
    [InlineData("1234.56", "00001.000000000000000000000000000000000000", "1", "zeros are not digits to be lost")]
    [InlineData("1234.56", "70000000000000000000000000000", "70000000000000000000000000000", "trailing zeros of a whole number")]
    [InlineData("1234.56", "79228162514264337593543900000", "79228162514264337593543900000", "24 digits and zeros, nearly the largest")]
    [InlineData("1234.56", "18446744073709551616", "18446744073709551616", "one more than 64 bits hold")]
    [InlineData("1,234.56", "1,234.56", "1234.56", "English groups")]
    [InlineData("1,234.56", "123,456", "123456", "a first group of three")]
    [InlineData("1,234.56", "1234.56", "1234.56", "groups may be left out")]
    [InlineData("1,234.56", "-1,234,567", "-1234567", "several groups")]
    [InlineData("1.234,56", "1.234,56", "1234.56", "German groups")]
    [InlineData("1.234,56", "1.234", "1234", "a German dot groups")]
    [InlineData("1234,56", "1,234", "1.234", "a decimal comma, because it is declared")]
    [InlineData("1 234,56", "1 234 567,5", "1234567.5", "French groups, plain space")]
    [InlineData("1 234,56", "1\u00A0234,56", "1234.56", "French groups, no-break space")]
    [InlineData("1 234.56", "1\u202F234.56", "1234.56", "narrow no-break space")]
    [InlineData("1'234.56", "1'234.56", "1234.56", "Swiss groups, typewriter")]
    [InlineData("1'234.56", "1\u2019234.56", "1234.56", "Swiss groups, typographic")]
    public void Reads_exactly_what_the_declared_format_says(string format, string text, string value, string why)
    {
        var parsed = ExactDecimal.Parse(text, Formats[format]);
        Assert.True(parsed.Ok && parsed.Value == decimal.Parse(value, CultureInfo.InvariantCulture), why);
        Assert.Equal(value, ExactDecimal.Format(parsed.Value));
    }

    [Theory]
    //          format      text        code                  why
    [InlineData("1234.56", "", "number_empty", "nothing is not zero")]
    [InlineData("1234.56", "1e308", "number_out_of_range", "C17")]
    [InlineData("1234.56", "1E+400", "number_out_of_range", "beyond every type")]
    [InlineData("1234.56", "1e-400", "number_out_of_range", "too small for any quantity")]
    [InlineData("1234.56", "1e3", "number_exponent", "no exponent, even where it would fit")]
    [InlineData("1234.56", "1.2E-03", "number_exponent", "spreadsheets write this")]
    [InlineData("1234.56", "1E10", "number_exponent", "a power of two digits that fits")]
    [InlineData("1234.56", "1E28", "number_exponent", "as many digits as fit")]
    [InlineData("1234.56", "1E29", "number_out_of_range", "one more than fits")]
    [InlineData("1234.56", "1E99", "number_out_of_range", "far more than fits")]
    [InlineData("1234.56", "1E+", "number_malformed", "an exponent without a number")]
    [InlineData("1234.56", "1E2x", "number_malformed", "an exponent that is no number")]
    [InlineData("1234.56", "1E0", "number_exponent", "also where it changes nothing")]
    [InlineData("1234.56", "NaN", "number_not_finite", "C18")]
    [InlineData("1234.56", "Infinity", "number_not_finite", "C18")]
    [InlineData("1234.56", "-Infinity", "number_not_finite", "C18")]
    [InlineData("1234.56", "-inf", "number_not_finite", "C18")]
    [InlineData("1234.56", "123456789012345678901234567890", "too_many_digits", "C23: 29 digits, not rounded")]
    [InlineData("1234.56", "0.12345678901234567890123456789", "too_many_digits", "C23: in the decimals")]
    [InlineData("1234.56", "0.00000000000000000000000000001", "too_many_digits", "29 places")]
    [InlineData("1234.56", "80000000000000000000000000000", "number_out_of_range", "beyond the largest decimal")]
    [InlineData("1234.56", "1,234.56", "number_malformed", "C20: no groups declared")]
    [InlineData("1234.56", "1,23", "number_malformed", "C21: a decimal comma is not declared")]
    [InlineData("1,234.56", "1,23", "number_malformed", "a group has three digits")]
    [InlineData("1,234.56", "1,2,3", "number_malformed", "the BCL reads this as 123")]
    [InlineData("1,234.56", "1234,567", "number_malformed", "the first group has three digits at most")]
    [InlineData("1,234.56", ",234", "number_malformed", "a group needs a start")]
    [InlineData("1,234.56", "0,125", "number_malformed", "a decimal comma, not 125")]
    [InlineData("1,234.56", "1,234.567,8", "number_malformed", "no groups in decimals")]
    [InlineData("1.234,56", "1,234.56", "number_malformed", "C20: the other order")]
    [InlineData("1 234,56", "1 234\u00A0567", "number_malformed", "one kind of space")]
    [InlineData("1234.56", "5.", "number_malformed", "a mark needs decimals")]
    [InlineData("1234.56", ".", "number_malformed", "no digits")]
    [InlineData("1234.56", "-", "number_malformed", "no digits")]
    [InlineData("1234.56", "--5", "number_malformed", "two signs")]
    [InlineData("1234.56", "5-", "number_malformed", "a sign after the number")]
    [InlineData("1234.56", "(5)", "number_malformed", "bookkeeping brackets")]
    [InlineData("1234.56", "+5", "number_malformed", "no plus sign")]
    [InlineData("1234.56", " 5", "number_malformed", "the caller trims")]
    [InlineData("1234.56", "0x1F", "number_malformed", "hexadecimal")]
    [InlineData("1234.56", "5 €", "number_malformed", "a currency")]
    [InlineData("1234.56", "\uFF11\uFF12\uFF13", "number_malformed", "C22: full-width digits")]
    [InlineData("1234.56", "\u0661\u0662", "number_malformed", "C22: Arabic digits")]
    [InlineData("1234.56", "\u22125", "number_malformed", "C22: U+2212")]
    public void Refuses_what_it_would_have_to_guess_or_round(string format, string text, string code, string why) =>
        Assert.True(code == ExactDecimal.Parse(text, Formats[format]).Fault?.Code, why);

    [Theory]
    [InlineData("\u22125", "hyphen", "a minus sign that is a dash")]
    [InlineData("\uFF11", "0 to 9", "digits of another width")]
    [InlineData("+5", "plus sign", "a plus sign")]
    [InlineData("1,5", "1234.56", "the format is shown")]
    public void Names_the_fix(string text, string hint, string why) =>
        Assert.True(ExactDecimal.Parse(text, NumberFormat.Plain).Fault!.Message.Contains(hint, StringComparison.Ordinal), why);

    [Fact]
    public void What_is_written_reads_back_as_the_same_number()
    {
        var random = new Random(7);
        for (var i = 0; i < 10_000; i++)
        {
            var bits = new[] { random.Next(), random.Next(), random.Next(0x2000_0000) };
            var value = new decimal(bits[0], bits[1], bits[2], random.Next(2) == 1, (byte)random.Next(29));
            var text = ExactDecimal.Format(value);
            var parsed = ExactDecimal.Parse(text, NumberFormat.Plain);
            Assert.True(text.Count(char.IsAsciiDigit) > 28 || (parsed.Ok && parsed.Value == value), text);
        }
    }
}
