namespace BackOffice.Web.Documents.Text;

/// <summary>Rule L2 of UAX #9: from the highest level down to the lowest odd one, every stretch at that level is reversed.</summary>
internal static class VisualOrder
{
    public static void Apply(List<ShapedRun> runs)
    {
        var highest = runs.Count == 0 ? 0 : runs.Max(run => run.Source.Level);
        for (var level = highest; level > 0; level--)
        {
            ReverseStretches(runs, level);
        }
    }

    private static void ReverseStretches(List<ShapedRun> runs, int level)
    {
        for (var i = 0; i < runs.Count; i++)
        {
            var end = i;
            while (end < runs.Count && runs[end].Source.Level >= level)
            {
                end++;
            }

            if (end > i)
            {
                runs.Reverse(i, end - i);
                i = end;
            }
        }
    }
}
