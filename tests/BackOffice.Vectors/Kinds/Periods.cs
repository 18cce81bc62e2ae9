namespace BackOffice.Vectors.Kinds;

internal static class Periods
{
    public static IEnumerable<KeyValuePair<string, Translate>> Kinds => [];
}
