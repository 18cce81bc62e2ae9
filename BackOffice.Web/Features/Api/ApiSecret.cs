using System.Security.Cryptography;
using System.Text;

namespace BackOffice.Web.Features.Api;

/// <summary>
/// The text of a key: bk_live_ and eight characters by which it is found, 43 secret ones (256 bits), and six that check the others, so
/// that a key copied in part is told apart from a wrong one without asking the database.
/// </summary>
/// <remarks>Who looks for leaked keys finds them by bk_live_[0-9A-Za-z]{8}_[0-9A-Za-z]{49}.</remarks>
public static class ApiSecret
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string Mark = "bk_live_";
    private const int NameChars = 8;
    private const int SecretChars = 43;
    private const int CheckChars = 6;
    private const int PrefixLength = 16;
    private const int Length = PrefixLength + 1 + SecretChars + CheckChars;

    /// <summary>A new key, never seen before.</summary>
    public static string New()
    {
        var name = RandomNumberGenerator.GetString(Alphabet, NameChars);
        var body = $"{Mark}{name}_{RandomNumberGenerator.GetString(Alphabet, SecretChars)}";
        return body + Check(body);
    }

    /// <summary>The part by which a key is found; null for a text that is no whole key.</summary>
    public static string? PrefixOf(string text) =>
        text.Length == Length && text.StartsWith(Mark, StringComparison.Ordinal) && text[PrefixLength] == '_'
        && Check(text[..^CheckChars]) == text[^CheckChars..]
            ? text[..PrefixLength]
            : null;

    /// <summary>What is stored of a key.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Takes as long whether the first or the last character differs.</summary>
    public static bool Matches(string text, string hash) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash(text)), Encoding.ASCII.GetBytes(hash));

    private static string Check(string body)
    {
        var rest = BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
        return string.Create(CheckChars, rest, static (chars, left) =>
        {
            for (var i = 0; i < chars.Length; i++)
            {
                chars[i] = Alphabet[(int)(left % (uint)Alphabet.Length)];
                left /= (uint)Alphabet.Length;
            }
        });
    }
}
