using BackOffice.Web.Documents;

namespace BackOffice.Web.Tests.Documents;

/// <summary>People and imports put anything into a field. A document comes out, whatever it was.</summary>
public sealed class OddTextTests
{
    public static TheoryData<string> OddTexts =>
    [
        "",
        " ",
        "\n\n",
        "tab\tbell\a null\0 return\r\nnext\u2028line",
        "<script>alert('x')</script> & \"quotes\" (brackets) \\ backslash",
        "شركة النور للتجارة ذ.م.م",
        "شارع الشيخ زايد 123، برج النور, Dubai (AE) 50%",
        "עברית 12/34",
        "株式会社さくら商事、東京都千代田区丸の内1-9-2",
        "👩‍👩‍👧‍👦 paid 💶 1️⃣ 🇩🇪",
        "e\u0301\u0301\u0301 \u0301alone \uFE0F\u200D",
        "half a pair \uD83D and the other \uDE00",
        "\u202Eevil\u202C \uFFFE \uFEFF",
        "fi ffl office — “quotes” … ½ ™ ₿ ẞ",
        "नमस्ते ไทย 한국어 Ελληνικά Київ",
        new string('W', 1_500),
        string.Join(' ', Enumerable.Repeat("many words", 600)),
        string.Concat(Enumerable.Repeat("株", 300)),
        string.Join('\n', Enumerable.Repeat("line", 150)),
    ];

    [Theory]
    [MemberData(nameof(OddTexts))]
    public async Task Any_text_in_any_field_gives_a_file_that_can_be_read(string text)
    {
        using var pdf = await InvoicePdf.Open(SampleInvoices.Saying(text));
        using var draft = await InvoicePdf.Open(SampleInvoices.Saying(text) with { IsDraft = true });

        Assert.All(pdf.GetPages(), page => Assert.Contains($"Page {page.Number} of {pdf.NumberOfPages}", page.Text));
        Assert.NotNull(pdf.GetPage(1).GetWords().ToList());
        Assert.True(draft.NumberOfPages >= 1);
    }

    [Fact]
    public async Task A_sample_of_odd_texts_is_left_in_the_output_for_people_to_look_at()
    {
        var texts = OddTexts.Select(row => row.Data).Where(text => text.Length < 100).ToList();
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "samples")).FullName, "odd-text.pdf");

        var document = SampleInvoices.Saying("شركة النور 株式会社 👩‍👩‍👧‍👦") with { Notes = texts };
        await File.WriteAllBytesAsync(path, await InvoicePdf.Render(document));

        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task Markup_is_text()
    {
        using var pdf = await InvoicePdf.Open(WithNote("<script>alert(1)</script>"));

        Assert.Contains("<script>alert(1)</script>", pdf.PlainText());
    }

    [Fact]
    public async Task A_character_no_font_has_is_a_visible_box()
    {
        using var pdf = await InvoicePdf.Open(WithNote("before 株 after"));
        var letters = pdf.GetPages().SelectMany(page => page.Letters).ToList();
        var box = Assert.Single(letters, letter => letter.Value == "□");

        Assert.InRange(box.BoundingBox.Width, 3, 8);
        Assert.Equal(["株"], pdf.ActualTexts());
    }

    [Fact]
    public async Task Arabic_is_joined_and_comes_from_the_arabic_face()
    {
        using var pdf = await InvoicePdf.Open(WithNote("شركة النور"));
        var arabic = pdf.GetPages().SelectMany(page => page.Letters)
            .Where(letter => letter.FontName!.Contains("NotoSansArabic") && letter.Value != " ").ToList();

        Assert.Equal(9, arabic.Count);
        // Right to left: the letter that comes first in the text stands furthest to the right.
        Assert.Equal("ش", arabic.MaxBy(letter => letter.StartBaseLine.X)!.Value);
    }

    [Fact]
    public async Task A_word_wider_than_its_column_is_cut_and_stays_in_it()
    {
        using var pdf = await InvoicePdf.Open(SampleInvoices.Saying(new string('W', 400)));

        Assert.All(pdf.GetPages().SelectMany(page => page.Letters).Where(letter => letter.Value == "W"), letter =>
            Assert.InRange(letter.BoundingBox.Right, 40, 550));
    }

    private static InvoiceDocument WithNote(string note) => SampleInvoices.WithLines(1) with { Notes = [note] };
}
