using System.Text;

namespace BackOffice.Data.Usage;

/// <summary>
/// A sender's transaction id as it lies in the store: 16 bytes for a UUID, 17 for the 32 hex digits of an id made from content, and the
/// UTF-8 bytes of anything else. What is read is exactly what was written, and two different ids never share a key.
/// </summary>
public static class TransactionKey
{
    /// <summary>Large enough for an id of 255 characters, taken again.</summary>
    public const int MaxBytes = (255 * 3) + 2 + TakenBytes + 1;

    private const int TakenBytes = 3;

    private const int UuidBytes = 16;
    private const byte HexMark = 0x01;
    private const byte TextMark = 0xFF; // Never a byte of UTF-8.
    private const byte TakenMark = 0xFE; // Neither.

    /// <returns>How many bytes were written.</returns>
    public static int Write(ReadOnlySpan<char> id, Span<byte> key)
    {
        Span<char> hex = stackalloc char[32];
        if (id.Length == 36 && WithoutDashes(id, hex) && TryHex(hex, key))
        {
            return UuidBytes;
        }

        if (id.Length == 32 && TryHex(id, key))
        {
            key[UuidBytes] = HexMark;
            return UuidBytes + 1;
        }

        var length = Encoding.UTF8.GetBytes(id, key);
        key[length++] = TextMark;
        if (length == UuidBytes)
        {
            key[length++] = TextMark; // Sixteen bytes are a UUID's.
        }

        return length;
    }

    /// <summary>
    /// Makes of a key the next one of the same id: the event that has this one belongs to an undone import and keeps it. A count behind
    /// the key, in two bytes of seven bits, is not part of what is read.
    /// </summary>
    /// <param name="key">With room for <see cref="MaxBytes"/>.</param>
    /// <returns>How long it is now.</returns>
    public static int TakeAgain(Span<byte> key, int length)
    {
        var (own, time) = Own(key[..length]);
        time++;
        (key[own], key[own + 1], key[own + 2]) = ((byte)(time >> 7), (byte)(time & 0x7F), TakenMark);
        length = own + TakenBytes;
        if (length == UuidBytes)
        {
            key[length++] = TakenMark;
        }

        return length;
    }

    /// <summary>The key an id has at first, and one that no key of that id lies behind. Keys in between may be of other ids.</summary>
    public static (byte[] First, byte[] Last) Keys(string id)
    {
        var room = new byte[MaxBytes];
        var length = Write(id, room);
        return (room[..length], [.. room[..length], .. Enumerable.Repeat(byte.MaxValue, TakenBytes + 2)]);
    }

    public static string Read(ReadOnlySpan<byte> key)
    {
        key = key[..Own(key).Length];
        if (key.Length == UuidBytes)
        {
            return new Guid(key, bigEndian: true).ToString();
        }

        return key.Length == UuidBytes + 1 && key[UuidBytes] == HexMark
            ? Convert.ToHexStringLower(key[..UuidBytes])
            : Encoding.UTF8.GetString(key.TrimEnd(TextMark));
    }

    private static (int Length, int Time) Own(ReadOnlySpan<byte> key)
    {
        if (key.Length == UuidBytes || key[^1] != TakenMark)
        {
            return (key.Length, 1);
        }

        var counted = key.TrimEnd(TakenMark);
        return (counted.Length - 2, (counted[^2] << 7) | counted[^1]);
    }

    private static bool WithoutDashes(ReadOnlySpan<char> id, Span<char> hex)
    {
        if (id[8] != '-' || id[13] != '-' || id[18] != '-' || id[23] != '-')
        {
            return false;
        }

        id[..8].CopyTo(hex);
        id[9..13].CopyTo(hex[8..]);
        id[14..18].CopyTo(hex[12..]);
        id[19..23].CopyTo(hex[16..]);
        id[24..].CopyTo(hex[20..]);
        return true;
    }

    // Only lower case comes back as it was.
    private static bool TryHex(ReadOnlySpan<char> hex, Span<byte> key) =>
        !hex.ContainsAnyInRange('A', 'F')
        && Convert.FromHexString(hex, key, out _, out var written) == System.Buffers.OperationStatus.Done && written == UuidBytes;
}
