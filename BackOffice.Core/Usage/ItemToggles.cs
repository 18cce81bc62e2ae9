namespace BackOffice.Core.Usage;

/// <summary>Which events of items change anything.</summary>
internal static class ItemToggles
{
    /// <summary>Leaves out the adding of what is there and the removing of what is not.</summary>
    /// <param name="ordered">The events of the period, in order.</param>
    /// <param name="carried">What was there before it.</param>
    public static List<Reading> Effective(IReadOnlyList<Reading> ordered, ItemsState? carried)
    {
        var there = new HashSet<string>(StringComparer.Ordinal);
        foreach (var reading in carried?.Last.Values ?? [])
        {
            if (!reading.Removes)
            {
                there.Add(reading.Item!);
            }
        }

        var effective = new List<Reading>(ordered.Count);
        foreach (var reading in ordered)
        {
            if (reading.Removes ? there.Remove(reading.Item!) : there.Add(reading.Item!))
            {
                effective.Add(reading);
            }
        }

        return effective;
    }
}
