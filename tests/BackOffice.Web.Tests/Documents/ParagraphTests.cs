using BackOffice.Web.Documents;
using BackOffice.Web.Documents.Text;

namespace BackOffice.Web.Tests.Documents;

public sealed class ParagraphTests
{
    private static readonly TextStyle Style = new(DocumentFonts.Stack, 10, default);

    [Theory]
    //          text                    lines of up to 60 points                why
    [InlineData("", "", "an empty text is one empty line")]
    [InlineData("one", "one", "a short text is one line")]
    [InlineData("one two three four", "one two |three four", "lines break at spaces, which stay in the text")]
    [InlineData("a\nb\n", "a|b|", "a line feed ends a line")]
    [InlineData("Donaudampfschiff", "Donaudamp|fschiff", "a word too long is cut")]
    [InlineData("half-timbered x", "half-|timbered x", "and so do hyphens before letters")]
    [InlineData("INV-2026-000205", "INV-2026-0|00205", "but no hyphens in numbers")]
    public void Breaks_lines_where_a_reader_expects_it(string text, string lines, string why) =>
        Assert.True(lines == Broken(text), $"{why}: {Broken(text)}");

    [Fact]
    public void Spaces_at_the_end_of_a_line_take_no_room()
    {
        var line = new Paragraph("word   ", Style).Break(1000)[0];

        Assert.Equal(new Paragraph("word", Style).Break(1000)[0].Width, line.Width, 0.01f);
    }

    [Fact]
    public void Tabular_figures_are_all_as_wide_as_each_other()
    {
        var tabular = Style with { TabularFigures = true };

        Assert.Equal(new Paragraph("1111", tabular).NaturalWidth, new Paragraph("8888", tabular).NaturalWidth, 0.01f);
        Assert.NotEqual(new Paragraph("1111", Style).NaturalWidth, new Paragraph("8888", Style).NaturalWidth, 0.01f);
    }

    [Theory]
    [InlineData("abc 12", "000000", "no letter from the right, nothing to order")]
    [InlineData("אבג", "111", "letters from the right")]
    [InlineData("אב 12,5% גד", "11122222111", "numbers keep their order among them, with their signs")]
    [InlineData("ab אב cd", "00011000", "a word among others of the other direction")]
    [InlineData("אב ab גד", "11122111", "and the other way round")]
    [InlineData("بر ٣٤ ", "111221", "the space at the end goes with the paragraph")]
    public void Finds_the_direction_of_every_letter(string text, string levels, string why) =>
        Assert.True(levels == string.Concat(Bidi.Levels(text)), why + ": " + string.Concat(Bidi.Levels(text)));

    [Theory]
    [InlineData("plain – ünïcode", "plain – ünïcode", "what can be printed stays as it is")]
    [InlineData("a\tb\u2003c", "a b c", "every space is a space")]
    [InlineData("1\u202F000", "1\u00A0000", "one that must not break stays so")]
    [InlineData("a\r\nb\u2028c", "a\nb\nc", "every end of line is one")]
    [InlineData("a\u0007\u202Eb", "ab", "controls and overrides are nothing to print")]
    public void Makes_any_text_printable(string text, string expected, string why) => Assert.True(expected == PrintableText.Of(text), why);

    // Not a row of the table above: test data passes through UTF-8, which has no halves.
    [Fact]
    public void Half_a_character_is_a_replacement_character() => Assert.Equal("a\uFFFD", PrintableText.Of("a\uD83D"));

    [Fact]
    public void The_native_subsetter_is_there_and_cuts()
    {
        var face = DocumentFonts.Stack.Primary(400);

        Assert.InRange(face.Subset([1, 2, 3]).Length, 100, 20_000);
    }

    private static string Broken(string text) => string.Join('|', new Paragraph(text, Style).Break(60).Select(line => line.Text));
}
