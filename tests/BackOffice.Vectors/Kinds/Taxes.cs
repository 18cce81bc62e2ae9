namespace BackOffice.Vectors.Kinds;

internal static class Taxes
{
    public static IEnumerable<KeyValuePair<string, Translate>> Kinds => [];
}
