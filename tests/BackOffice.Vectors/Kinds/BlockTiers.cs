namespace BackOffice.Vectors.Kinds;

internal static class BlockTiers
{
    public static IEnumerable<KeyValuePair<string, Translate>> Kinds => [];
}
