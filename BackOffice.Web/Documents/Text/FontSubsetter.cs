using System.Runtime.InteropServices;
using HarfBuzzSharp;

namespace BackOffice.Web.Documents.Text;

/// <summary>
/// Cuts a face down to the glyphs used. The native library exports the subsetter but its C# API does not,
/// so these few functions are imported here; a test notices if an update of the package loses them.
/// </summary>
internal sealed partial class FontSubsetter(Face face)
{
    private const string Library = "libHarfBuzzSharp";
    private const int TablesToDrop = 3; // HB_SUBSET_SETS_DROP_TABLE_TAG
    private const uint NoHintingRetainGidsNoLayoutClosure = 0x1 | 0x2 | 0x200;

    // A PDF viewer draws outlines by glyph id: shaping, naming and mapping tables are dead weight in the file.
    private static readonly uint[] Dropped =
    [
        .. new[]
        {
            "GSUB", "GPOS", "GDEF", "kern", "name", "OS/2", "cmap", "post",
            "DSIG", "STAT", "meta", "vhea", "vmtx", "BASE", "VORG", "gasp",
        }.Select(tag => (uint)Tag.Parse(tag)),
    ];

    private readonly nint _prepared = hb_subset_preprocess(face.Handle);

    public byte[] Subset(IEnumerable<ushort> glyphs)
    {
        var input = hb_subset_input_create_or_fail();
        try
        {
            var kept = hb_subset_input_glyph_set(input);
            foreach (var glyph in glyphs)
            {
                hb_set_add(kept, glyph);
            }

            var dropped = hb_subset_input_set(input, TablesToDrop);
            foreach (var tag in Dropped)
            {
                hb_set_add(dropped, tag);
            }

            hb_subset_input_set_flags(input, NoHintingRetainGidsNoLayoutClosure);
            return Read(hb_subset_or_fail(_prepared, input));
        }
        finally
        {
            hb_subset_input_destroy(input);
        }
    }

    private static byte[] Read(nint subset)
    {
        if (subset == 0)
        {
            throw new InvalidOperationException("HarfBuzz could not subset a font.");
        }

        var blob = hb_face_reference_blob(subset);
        var bytes = new byte[hb_blob_get_length(blob)];
        Marshal.Copy(hb_blob_get_data(blob, out _), bytes, 0, bytes.Length);
        hb_blob_destroy(blob);
        hb_face_destroy(subset);
        return bytes;
    }

    [LibraryImport(Library)]
    private static partial nint hb_subset_preprocess(nint face);

    [LibraryImport(Library)]
    private static partial nint hb_subset_input_create_or_fail();

    [LibraryImport(Library)]
    private static partial void hb_subset_input_destroy(nint input);

    [LibraryImport(Library)]
    private static partial nint hb_subset_input_glyph_set(nint input);

    [LibraryImport(Library)]
    private static partial nint hb_subset_input_set(nint input, int kind);

    [LibraryImport(Library)]
    private static partial void hb_subset_input_set_flags(nint input, uint flags);

    [LibraryImport(Library)]
    private static partial nint hb_subset_or_fail(nint face, nint input);

    [LibraryImport(Library)]
    private static partial void hb_set_add(nint set, uint value);

    [LibraryImport(Library)]
    private static partial nint hb_face_reference_blob(nint face);

    [LibraryImport(Library)]
    private static partial void hb_face_destroy(nint face);

    [LibraryImport(Library)]
    private static partial int hb_blob_get_length(nint blob);

    [LibraryImport(Library)]
    private static partial nint hb_blob_get_data(nint blob, out uint length);

    [LibraryImport(Library)]
    private static partial void hb_blob_destroy(nint blob);
}
