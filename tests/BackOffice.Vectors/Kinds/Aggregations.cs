namespace BackOffice.Vectors.Kinds;

internal static class Aggregations
{
    public static IEnumerable<KeyValuePair<string, Translate>> Kinds => [];
}
