namespace BackOffice.Core.Tests.Common;

public sealed class CodeTests
{
    [Theory]
    [InlineData("DE", true, "a country")]
    [InlineData("de", false, "small letters")]
    [InlineData("D1", false, "a digit")]
    [InlineData("1E", false, "a digit first")]
    [InlineData("DEU", false, "three letters")]
    [InlineData("D", false, "one letter")]
    [InlineData("", false, "nothing")]
    [InlineData(null, false, "less than nothing")]
    public void A_country_is_two_capital_letters(string? text, bool isOne, string why) =>
        Assert.True(isOne == (Record.Exception(() => Code.Country(text)) is null), why);

    [Fact]
    public void A_code_that_is_missing_is_refused() => Assert.Throws<RuleBroken>(() => Code.Check(null, "Code"));

    [Theory]
    [InlineData("acme", "acme")]
    [InlineData("  Acme_2026.eu-1 ", "Acme_2026.eu-1")]
    public void Takes_letters_digits_dots_dashes_and_underscores(string text, string code) =>
        Assert.Equal(code, Code.Check(text, "Customer code"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("a b")]
    [InlineData("müller")]
    [InlineData("a/b")]
    [InlineData("a\nb")]
    public void Refuses_anything_else_and_names_the_field(string? text)
    {
        var refusal = Assert.Throws<RuleBroken>(() => Code.Check(text, "Customer code"));

        Assert.StartsWith("Customer code", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Has_64_characters_at_most()
    {
        Assert.Equal(64, Code.Check(new string('a', 64), "Code").Length);
        Assert.Throws<RuleBroken>(() => Code.Check(new string('a', 65), "Code"));
    }

    [Fact]
    public void Required_text_is_trimmed_and_must_be_there()
    {
        Assert.Equal("Acme Ltd", Text.Required("  Acme Ltd ", "Name"));
        Assert.Equal("Name is missing.", Assert.Throws<RuleBroken>(() => Text.Required("  ", "Name")).Message);
        Assert.Equal("Name is longer than 5 characters.", Assert.Throws<RuleBroken>(() => Text.Required("Acme Ltd", "Name", 5)).Message);
    }

    [Fact]
    public void Optional_text_of_blanks_is_no_text()
    {
        Assert.Null(Text.Optional("  ", "Name"));
        Assert.Null(Text.Optional(null, "Name"));
        Assert.Equal("x", Text.Optional(" x ", "Name", 1));
    }
}
