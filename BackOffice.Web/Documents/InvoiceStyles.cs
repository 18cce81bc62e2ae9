using System.Globalization;
using BackOffice.Web.Documents.Layout;
using BackOffice.Web.Documents.Text;

namespace BackOffice.Web.Documents;

/// <summary>The look of an invoice: one accent, three greys, a handful of sizes.</summary>
internal static class InvoiceStyles
{
    public static readonly Color Accent = Color.Rgb(0x0F4C5C);
    public static readonly Color Ink = Color.Rgb(0x16202A);
    public static readonly Color Muted = Color.Rgb(0x5B6875);
    public static readonly Color Line = Color.Rgb(0xD9DFE4);
    public static readonly Color Tint = Color.Rgb(0xF1F6F6);
    public static readonly Color Warning = Color.Rgb(0x8A4B00);
    public static readonly Color WarningTint = Color.Rgb(0xFDF3E1);
    public static readonly Color Watermark = Color.Rgb(0xF3F1EC);

    public static readonly TextStyle Brand = Style(15) with { Weight = 700, LineHeight = 1.2f, Tracking = -0.2f };
    public static readonly TextStyle BrandSmall = Style(9.6f) with { Weight = 700, LineHeight = 1.2f };
    public static readonly TextStyle Title = Style(25) with { Weight = 700, LineHeight = 1.05f, Tracking = -0.5f };
    public static readonly TextStyle Heading = Style(9.6f) with { Weight = 600 };
    public static readonly TextStyle PartyName = Style(9.8f) with { Weight = 600 };
    public static readonly TextStyle Body = Style(8.6f) with { LineHeight = 1.42f };
    public static readonly TextStyle Strong = Body with { Weight = 500 };
    public static readonly TextStyle Figures = Body with { TabularFigures = true };
    public static readonly TextStyle StrongFigures = Strong with { TabularFigures = true };
    public static readonly TextStyle Detail = Style(8.2f) with { Color = Muted };
    public static readonly TextStyle DetailValue = Style(8.2f) with { Weight = 500 };
    public static readonly TextStyle Small = Style(7.5f) with { Color = Muted };
    public static readonly TextStyle SmallFigures = Small with { TabularFigures = true };
    public static readonly TextStyle ColumnHead = Style(7) with { Color = Muted, Weight = 600, LineHeight = 1.3f };
    public static readonly TextStyle Caption = Style(6.6f) with { Color = Muted, Weight = 600, LineHeight = 1.5f, Tracking = 0.5f };
    public static readonly TextStyle GroupHeading = Style(8.6f) with { Color = Accent, Weight = 600 };
    public static readonly TextStyle Footer = Style(6.8f) with { Color = Muted };
    public static readonly TextStyle PageNumber = Footer with { Weight = 500 };
    public static readonly TextStyle PanelAmount =
        Style(17) with { Color = Accent, Weight = 700, LineHeight = 1.25f, TabularFigures = true, Tracking = -0.2f };

    public static readonly TextStyle Due = Style(11) with { Color = Accent, Weight = 700, TabularFigures = true };
    public static readonly TextStyle Total = Style(9.4f) with { Weight = 600, TabularFigures = true };
    public static readonly TextStyle WarningTitle = Style(9.6f) with { Color = Warning, Weight = 600 };
    public static readonly TextStyle WarningText = Style(8.2f) with { Color = Warning };
    public static readonly TextStyle WatermarkText = Style(150) with { Color = Watermark, Weight = 700, LineHeight = 1.2f, Tracking = 8 };

    public static Element Paragraph(string text, TextStyle style, Align align = Align.Start) =>
        new Tagged(new Tag("P"), new TextBlock(text, style, align));

    public static Element HeadingOf(string text) =>
        new KeepWithNext(new Tagged(new Tag("H2"), new Padding(new Edges(0, 0, 4, 0), new TextBlock(text, Heading))));

    public static Element CaptionOf(string text) => Paragraph(text.ToUpperInvariant(), Caption);

    public static string DateText(DateOnly date) => date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    private static TextStyle Style(float size) => new(DocumentFonts.Stack, size, Ink);
}
