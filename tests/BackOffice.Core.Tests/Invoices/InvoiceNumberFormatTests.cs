using BackOffice.Core.Invoices;

namespace BackOffice.Core.Tests.Invoices;

public sealed class InvoiceNumberFormatTests
{
    [Theory]
    //          pattern                  year  sequence    number                why
    [InlineData("INV-{yyyy}-{seq:6}",    2026, 17,         "INV-2026-000017",    "year and counter")]
    [InlineData("{seq:1}",               2026, 17,         "17",                 "a counter may outgrow its zeros")]
    [InlineData("{seq:4}/{yyyy}",        2026, 12345,      "12345/2026",         "nothing is cut off")]
    [InlineData(" R.{seq:3} ",           2026, 1,          "R.001",              "blanks around do not count")]
    [InlineData("{yyyy}{yyyy}{seq:9}",   987,  1,          "09870987000000001",  "a year has four digits")]
    public void Writes_numbers(string pattern, int year, long sequence, string number, string why) =>
        Assert.True(number == InvoiceNumberFormat.Parse(pattern).Number(year, sequence), why);

    [Theory]
    //          pattern                                  why
    [InlineData(null,                                    "nothing")]
    [InlineData("",                                      "nothing")]
    [InlineData("INV-",                                  "no counter: every number would be the same")]
    [InlineData("INV-{yyyy}",                            "no counter: one number a year")]
    [InlineData("{seq:4}-{seq:4}",                       "two counters")]
    [InlineData("{seq:0}",                               "no digits")]
    [InlineData("{seq:10}",                              "too many digits")]
    [InlineData("{seq}",                                 "no width")]
    [InlineData("{yy}-{seq:6}",                          "other braces")]
    [InlineData("{YYYY}-{seq:6}",                        "other braces")]
    [InlineData("{yy{seq:6}yy}",                         "braces that are left when the counter is taken out")]
    [InlineData("INV {seq:6}",                           "a blank")]
    [InlineData("INV\n{seq:6}",                          "a line break before the counter")]
    [InlineData("Rechnung№{seq:6}",                      "a character that e-invoices do not take")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZ-{seq:9}",    "36 characters")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZ12345678{seq:1}", "35 characters only for the first nine invoices")]
    public void Refuses_a_pattern_that_makes_bad_numbers(string? pattern, string why)
    {
        var refusal = Record.Exception(() => InvoiceNumberFormat.Parse(pattern));

        Assert.True(refusal is RuleBroken, why);
    }

    [Fact]
    public void Thirty_five_characters_are_allowed() =>
        Assert.Equal(35, InvoiceNumberFormat.Parse("ABCDEFGHIJKLMNOPQRSTUVWXYZ{seq:9}").Number(2026, 1).Length);

    [Fact]
    public void Restarts_each_year_only_if_the_year_is_in_the_number()
    {
        Assert.True(InvoiceNumberFormat.Parse("INV-{yyyy}-{seq:6}").RestartsEachYear);
        Assert.False(InvoiceNumberFormat.Parse("INV-{seq:6}").RestartsEachYear);
        Assert.Equal("INV-{seq:6}", InvoiceNumberFormat.Parse(" INV-{seq:6}").ToString());
    }

    [Fact]
    public void Two_invoices_never_get_the_same_number() =>
        Gen.Select(
            Gen.OneOf("INV-{yyyy}-{seq:6}", "{seq:1}{yyyy}", "{yyyy}{seq:1}"),
            Gen.Int[2000, 2100], Gen.Long[1, 200_000], Gen.Int[2000, 2100], Gen.Long[1, 200_000])
            .Sample((pattern, year, sequence, otherYear, otherSequence) =>
            {
                var format = InvoiceNumberFormat.Parse(pattern);
                return ((year, sequence) == (otherYear, otherSequence))
                    == (format.Number(year, sequence) == format.Number(otherYear, otherSequence));
            });
}
