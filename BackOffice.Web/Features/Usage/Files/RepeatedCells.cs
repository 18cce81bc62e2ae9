using System.Runtime.InteropServices;
using System.Text;

namespace BackOffice.Web.Features.Usage.Files;

/// <summary>Texts of cells that come again and again, such as codes: made once as long as they are remembered.</summary>
/// <remarks>Each cell has one place it may be remembered in, so that memory has an end and a look-up is one comparison.</remarks>
internal sealed class RepeatedCells
{
    private const int Places = 1 << 14;
    private const int LongestCell = 64;
    private const ulong Mixer = 0x9E3779B97F4A7C15;

    private readonly (byte[] Cell, string Text)[] _places = new (byte[], string)[Places];

    public string Read(ReadOnlySpan<byte> cell)
    {
        if (cell.Length > LongestCell)
        {
            return Encoding.UTF8.GetString(cell);
        }

        ref var place = ref _places[PlaceOf(cell)];
        if (place.Cell is null || !cell.SequenceEqual(place.Cell))
        {
            place = (cell.ToArray(), Encoding.UTF8.GetString(cell));
        }

        return place.Text;
    }

    private static int PlaceOf(ReadOnlySpan<byte> cell)
    {
        var mixed = (ulong)cell.Length;
        for (; cell.Length >= sizeof(ulong); cell = cell[sizeof(ulong)..])
        {
            mixed = (mixed ^ MemoryMarshal.Read<ulong>(cell)) * Mixer;
            mixed ^= mixed >> 29;
        }

        foreach (var rest in cell)
        {
            mixed = (mixed ^ rest) * Mixer;
        }

        return (int)(mixed >> 40) & (Places - 1);
    }
}
