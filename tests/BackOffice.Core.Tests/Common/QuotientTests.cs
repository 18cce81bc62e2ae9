namespace BackOffice.Core.Tests.Common;

public sealed class QuotientTests
{
    // All but one of the largest decimal: divided, it is rounded up to a whole.
    private const string Nearly = "79228162514264337593543950334";
    private const string Largest = "79228162514264337593543950335";

    [Theory]
    //          above     below     floor   why
    [InlineData("7",      "2",      "3",    "three and a half")]
    [InlineData("6",      "2",      "3",    "exactly three")]
    [InlineData("-7",     "2",      "-4",   "below zero the floor lies farther away")]
    [InlineData("-6",     "2",      "-3",   "exactly minus three")]
    [InlineData("0",      "7",      "0",    "nothing")]
    [InlineData(Nearly,   Largest,  "0",    "a division would say one, which it is not")]
    public void Finds_the_whole_number_below(string above, string below, string floor, string why) =>
        Assert.True(D(floor) == new Quotient(D(above), D(below)).Floor(), why);

    [Theory]
    //          a      of     b      of     sum     why
    [InlineData("1",   "3",   "1",   "3",   "2/3",  "days of one month stay days of it")]
    [InlineData("1",   "31",  "1",   "28",  "59/868", "days of two months have a denominator of their own")]
    [InlineData("1",   "2",   "3",   "1",   "7/2",  "a whole number is one, too")]
    public void Adds_without_dividing(string a, string ofA, string b, string ofB, string sum, string why) =>
        Assert.True(sum == new Quotient(D(a), D(ofA)).Plus(new Quotient(D(b), D(ofB))).ToString(), why);

    [Fact]
    public void Says_a_whole_number_as_one_and_a_fraction_as_what_it_is()
    {
        Assert.Equal("12.5", Quotient.Of(D("12.50")).ToString());
        Assert.Equal("52/31", new Quotient(52, 31).ToString());
        Assert.Equal("104/31", new Quotient(52, 31).Times(2).ToString());
        Assert.Equal(D("1.677419354838709677419354839"), decimal.Round(new Quotient(52, 31).Value, 27, MidpointRounding.ToEven));
    }

    [Theory]
    [InlineData("0", "nothing is divided by zero")]
    [InlineData("-1", "the sign is above the line")]
    public void Refuses_to_divide_by_zero_or_less(string below, string why)
    {
        var refusal = Record.Exception(() => new Quotient(1, D(below)));
        Assert.True(refusal is ArgumentOutOfRangeException, why);
    }
}
