namespace BackOffice.Web.Documents.Layout;

/// <summary>The width of a column: in points, as its content wants it, or a share of what the others leave.</summary>
internal readonly record struct Track
{
    public static readonly Track Fit = new() { IsFit = true };

    public float Points { get; private init; }

    public float Parts { get; private init; }

    public bool IsFit { get; private init; }

    public static Track Of(float points) => new() { Points = points };

    public static Track Share(float parts) => new() { Parts = parts };
}

internal static class Tracks
{
    // One endless word in a fitting column must not push its neighbours off the page.
    private const float MostForFitting = 0.7f;

    public static float[] Resolve(IReadOnlyList<Track> tracks, float width, float gap, Func<int, float> naturalWidth)
    {
        float[] widths = [.. tracks.Select((track, i) => track.IsFit ? naturalWidth(i) : track.Points)];
        var left = width - gap * (tracks.Count - 1) - tracks.Sum(track => track.Points);
        var shares = tracks.Sum(track => track.Parts);
        var fitting = widths.Where((_, i) => tracks[i].IsFit).Sum();
        var most = shares > 0 ? left * MostForFitting : left;
        var shrink = fitting > most ? most / fitting : 1;
        left -= fitting * shrink;
        for (var i = 0; i < widths.Length; i++)
        {
            widths[i] = tracks[i] switch
            {
                { IsFit: true } => widths[i] * shrink,
                { Parts: > 0 } => left * tracks[i].Parts / shares,
                _ => widths[i],
            };
        }

        return widths;
    }
}
