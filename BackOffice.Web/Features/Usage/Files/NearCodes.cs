namespace BackOffice.Web.Features.Usage.Files;

/// <summary>Finds the code that somebody probably meant.</summary>
internal static class NearCodes
{
    /// <summary>The closest code within two or three typing mistakes; null when none is close or two are equally close.</summary>
    public static string? Closest(string typed, IEnumerable<string> codes)
    {
        var most = typed.Length <= 4 ? 1 : typed.Length <= 12 ? 2 : 3;
        var near = codes.Where(code => Math.Abs(code.Length - typed.Length) <= most)
            .Select(code => (Code: code, Distance: Distance(typed, code)))
            .Where(pair => pair.Distance <= most).OrderBy(pair => pair.Distance).Take(2).ToList();
        return near.Count == 0 || (near.Count == 2 && near[0].Distance == near[1].Distance) ? null : near[0].Code;
    }

    /// <summary>How many letters have to be typed, left out or changed; case and separators cost nothing.</summary>
    private static int Distance(string one, string other)
    {
        var (a, b) = (Synonyms.Snake(one), Synonyms.Snake(other));
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(cost, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
