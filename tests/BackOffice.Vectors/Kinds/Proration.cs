namespace BackOffice.Vectors.Kinds;

internal static class Proration
{
    public static IEnumerable<KeyValuePair<string, Translate>> Kinds => [];
}
