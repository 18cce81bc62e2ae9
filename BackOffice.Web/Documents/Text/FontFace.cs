using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using HarfBuzzSharp;

namespace BackOffice.Web.Documents.Text;

/// <summary>One static TrueType face, shared by all threads.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Faces live as long as the process; there is no moment to dispose of one.")]
internal sealed class FontFace
{
    // Drawn where a character is in none of our fonts. A real glyph, because PDF/A forbids to show ".notdef".
    // The primary face has the box; a fallback is never asked to draw what it does not have.
    private static readonly uint[] StandIns = [0x25A1, 0xFFFD, ' '];

    // HarfBuzz reads the file where it lies, so it must not move. (Blob.FromStream does not pin what it reads.)
    private readonly byte[] _data;
    private readonly Font _font;
    private readonly FontSubsetter _subsetter;
    private readonly float[] _advances;

    // A face is asked for every character of every text; one byte per character of the BMP saves the native call.
    private readonly Coverage[] _coverage = new Coverage[char.MaxValue + 1];

    public FontFace(string name, int weight, byte[] trueType)
    {
        (Name, Weight) = (name, weight);
        _data = GC.AllocateUninitializedArray<byte>(trueType.Length, pinned: true);
        trueType.CopyTo(_data, 0);
        var face = new Face(new Blob(Marshal.UnsafeAddrOfPinnedArrayElement(_data, 0), _data.Length, MemoryMode.ReadOnly), 0);
        UnitsPerEm = face.UnitsPerEm;
        _font = new Font(face);
        _font.SetScale(UnitsPerEm, UnitsPerEm);
        _font.SetFunctionsOpenType();
        _subsetter = new FontSubsetter(face);
        var tables = new SfntTables(trueType);
        Metrics = ReadMetrics(tables);
        _advances = ReadAdvances(tables, face.GlyphCount);
        StandIn = (char)StandIns.First(Has);
        MissingGlyph = GlyphOf(StandIn);
    }

    private enum Coverage : byte
    {
        Unknown,
        Missing,
        Present,
    }

    public string Name { get; }

    public int Weight { get; }

    public int UnitsPerEm { get; }

    public FontMetrics Metrics { get; }

    /// <summary>What is drawn for a character the face does not have.</summary>
    public char StandIn { get; }

    public ushort MissingGlyph { get; }

    /// <summary>The width the font gives to a glyph, in em.</summary>
    public float Advance(int glyph) => _advances[glyph];

    public bool Has(uint character)
    {
        if (character > char.MaxValue)
        {
            return GlyphOf(character) != 0;
        }

        // Two threads may both find out; they find out the same.
        ref var known = ref _coverage[character];
        if (known == Coverage.Unknown)
        {
            known = GlyphOf(character) == 0 ? Coverage.Missing : Coverage.Present;
        }

        return known == Coverage.Present;
    }

    /// <summary>The glyph a character has before shaping; 0 if it has none.</summary>
    public ushort GlyphOf(uint character) => _font.TryGetNominalGlyph(character, out var glyph) ? (ushort)glyph : (ushort)0;

    public void Shape(HarfBuzzSharp.Buffer buffer, Feature[] features) => _font.Shape(buffer, features);

    /// <summary>The face cut down to these glyphs, which keep their ids: pages can be written before the subset is known.</summary>
    public byte[] Subset(IEnumerable<ushort> glyphs) => _subsetter.Subset(glyphs);

    private FontMetrics ReadMetrics(SfntTables tables)
    {
        float Em(string table, int offset) => tables.Int16(table, offset) / (float)UnitsPerEm;
        return new FontMetrics(Ascent: Em("hhea", 4), Descent: -Em("hhea", 6), CapHeight: Em("OS/2", 88))
        {
            XMin = Em("head", 36),
            YMin = Em("head", 38),
            XMax = Em("head", 40),
            YMax = Em("head", 42),
        };
    }

    private float[] ReadAdvances(SfntTables tables, int glyphCount)
    {
        // Glyphs past the last metric of their own share it (hmtx, as in monospaced fonts).
        var last = tables.UInt16("hhea", 34) - 1;
        return [.. Enumerable.Range(0, glyphCount).Select(glyph => tables.UInt16("hmtx", 4 * Math.Min(glyph, last)) / (float)UnitsPerEm)];
    }
}

/// <summary>Measures of a face in em; the descent is positive, downwards.</summary>
internal sealed record FontMetrics(float Ascent, float Descent, float CapHeight)
{
    public float XMin { get; init; }

    public float YMin { get; init; }

    public float XMax { get; init; }

    public float YMax { get; init; }
}
