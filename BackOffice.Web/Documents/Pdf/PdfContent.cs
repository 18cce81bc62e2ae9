using System.Globalization;
using System.Text;
using BackOffice.Web.Documents.Layout;
using BackOffice.Web.Documents.Text;

namespace BackOffice.Web.Documents.Pdf;

/// <summary>The drawing operators of one page. Measures come in points from the upper left; PDF counts from the lower left.</summary>
internal sealed class PdfContent(float pageHeight)
{
    // How far the handles of a Bézier curve stand from its ends to look like a quarter of a circle.
    private const float CircleHandle = 0.5523f;

    private readonly StringBuilder _operators = new(16 * 1024);
    private Color? _color;
    private (string Name, float Size)? _font;

    public byte[] ToBytes() => Encoding.Latin1.GetBytes(_operators.ToString());

    public void BeginMark(string role, int id) => Write($"/{role} <</MCID {id}>> BDC\n");

    public void BeginArtifact() => Write("/Artifact BMC\n");

    public void EndMark() => Write("EMC\n");

    public void BeginRotation(float degrees, float x, float y)
    {
        var (sin, cos) = MathF.SinCos(degrees * MathF.PI / 180);
        var (px, py) = (x, pageHeight - y);
        float[] matrix = [cos, sin, -sin, cos, px - px * cos + py * sin, py - px * sin - py * cos];
        Write("q " + string.Join(' ', matrix.Select(value => value.ToString("0.#####", CultureInfo.InvariantCulture))) + " cm\n");
    }

    public void EndRotation()
    {
        Write("Q\n");
        // Q brings back whatever was set before q; saying it again is cheaper than remembering it.
        (_color, _font) = (null, null);
    }

    public void Fill(Area area, Color color, float radius)
    {
        Use(color);
        var bottom = pageHeight - area.Y - area.Height;
        if (radius <= 0)
        {
            Points(area.X, bottom, area.Width, area.Height).Append("re f\n");
            return;
        }

        RoundedRectangle(area.X, bottom, area.Width, area.Height, radius);
    }

    public void Glyphs(in GlyphRun run, PdfFont font, float x, float baseline)
    {
        Use(run.Style.Color);
        Write("BT\n");
        if (_font != (font.Name, run.Style.Size))
        {
            _font = (font.Name, run.Style.Size);
            _operators.Append('/').Append(font.Name).Append(' ');
            Points(run.Style.Size).Append("Tf\n");
        }

        Points(x, pageHeight - baseline).Append("Td\n");
        new PdfGlyphs(this, font, run).Show();
        Write("ET\n");
    }

    public StringBuilder Write(string operators) => _operators.Append(operators);

    public void Write(char character) => _operators.Append(character);

    /// <summary>Hundredths of a point, written by hand: most of a page is numbers.</summary>
    public StringBuilder Points(params ReadOnlySpan<float> values)
    {
        foreach (var value in values)
        {
            var hundredths = (int)MathF.Round(value * 100);
            _operators.Append(hundredths < 0 ? "-" : "").Append(Math.Abs(hundredths) / 100);
            var fraction = Math.Abs(hundredths) % 100;
            if (fraction != 0)
            {
                _operators.Append('.').Append((char)('0' + fraction / 10)).Append((char)('0' + fraction % 10));
            }

            _operators.Append(' ');
        }

        return _operators;
    }

    private void Use(Color color)
    {
        if (_color == color)
        {
            return;
        }

        _color = color;
        Write($"{Intensity(color.Red)} {Intensity(color.Green)} {Intensity(color.Blue)} rg\n");
    }

    private static string Intensity(byte value) => PdfSyntax.Number(value / 255f);

    private void RoundedRectangle(float x, float y, float width, float height, float r)
    {
        var (right, top, o) = (x + width, y + height, r * (1 - CircleHandle));
        Points(x + r, y).Append("m ");
        Points(right - r, y).Append("l ");
        Points(right - o, y, right, y + o, right, y + r).Append("c ");
        Points(right, top - r).Append("l ");
        Points(right, top - o, right - o, top, right - r, top).Append("c ");
        Points(x + r, top).Append("l ");
        Points(x + o, top, x, top - o, x, top - r).Append("c ");
        Points(x, y + r).Append("l ");
        Points(x, y + o, x + o, y, x + r, y).Append("c h f\n");
    }
}
