using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BackOffice.Data.Usage;

/// <summary>
/// The ids of events whose import was undone are free again, but the undone events keep theirs. So the next event of that id is stored
/// under the id and a count, which nobody sees.
/// </summary>
public static class TakenAgain
{
    private const char Mark = '\u0001';
    private const int LongestWithCount = 240;

    /// <summary>Under which id an event is stored when those before belong to undone events; the first is its own.</summary>
    public static string Id(string id, int time)
    {
        if (time == 1)
        {
            return id;
        }

        var kept = id.Length <= LongestWithCount ? id : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
        return string.Create(CultureInfo.InvariantCulture, $"{kept}{Mark}{time}");
    }

    /// <summary>The id as its sender gave it.</summary>
    public static string Original(string stored) =>
        stored.IndexOf(Mark, StringComparison.Ordinal) is var at and > 0 ? stored[..at] : stored;
}
