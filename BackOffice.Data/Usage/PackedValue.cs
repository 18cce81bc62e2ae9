using System.Text;

namespace BackOffice.Data.Usage;

/// <summary>
/// Values as few bytes: a number is a byte of scale and sign and its digits in groups of seven bits, a text its length and UTF-8.
/// A number has one form only (no trailing zeros), so that equal values are equal bytes.
/// </summary>
internal static class PackedValue
{
    /// <summary>Large enough for any decimal.</summary>
    public const int MaxNumberBytes = 15;

    private const byte Minus = 0x20;
    private const byte ScaleBits = 0x1F;

    public static int Write(decimal value, Span<byte> to)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        var scale = (parts[3] >> 16) & 0xFF;
        var digits = new UInt128((uint)parts[2], ((ulong)(uint)parts[1] << 32) | (uint)parts[0]);
        while (scale > 0 && digits % 10 == 0)
        {
            (digits, scale) = (digits / 10, scale - 1);
        }

        to[0] = (byte)(scale | (parts[3] < 0 && digits != 0 ? Minus : 0));
        return 1 + WriteDigits(digits, to[1..]);
    }

    public static decimal ReadNumber(ref ReadOnlySpan<byte> from)
    {
        var head = from[0];
        from = from[1..];
        var (scale, minus) = ((byte)(head & ScaleBits), (head & Minus) != 0);
        var digits = ReadDigits(ref from);
        var low = (ulong)digits;
        return new decimal((int)low, (int)(low >> 32), (int)(uint)(digits >> 64), minus, scale);
    }

    public static int Write(string text, Span<byte> to)
    {
        var count = Encoding.UTF8.GetByteCount(text);
        var head = WriteDigits((UInt128)count, to);
        return head + Encoding.UTF8.GetBytes(text, to[head..]);
    }

    public static string ReadText(ref ReadOnlySpan<byte> from)
    {
        var count = (int)ReadDigits(ref from);
        var text = Encoding.UTF8.GetString(from[..count]);
        from = from[count..];
        return text;
    }

    public static int MaxBytes(string text) => 5 + Encoding.UTF8.GetMaxByteCount(text.Length);

    private static int WriteDigits(UInt128 digits, Span<byte> to)
    {
        var at = 0;
        while (digits > ulong.MaxValue)
        {
            to[at++] = (byte)((byte)digits | 0x80);
            digits >>= 7;
        }

        var rest = (ulong)digits;
        while (rest >= 0x80)
        {
            to[at++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        to[at++] = (byte)rest;
        return at;
    }

    private static UInt128 ReadDigits(ref ReadOnlySpan<byte> from)
    {
        ulong low = 0;
        var (at, shift) = (0, 0);
        for (; shift < 56; shift += 7)
        {
            var part = from[at++];
            low |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                from = from[at..];
                return low;
            }
        }

        UInt128 all = low;
        for (byte part = 0x80; part >= 0x80; shift += 7)
        {
            part = from[at++];
            all |= (UInt128)(part & 0x7F) << shift;
        }

        from = from[at..];
        return all;
    }
}
