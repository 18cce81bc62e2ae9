namespace BackOffice.Vectors.Kinds;

internal static class Commitments
{
    public static IEnumerable<KeyValuePair<string, Translate>> Kinds => [];
}
