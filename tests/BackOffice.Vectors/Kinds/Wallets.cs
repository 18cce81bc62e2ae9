namespace BackOffice.Vectors.Kinds;

internal static class Wallets
{
    public static IEnumerable<KeyValuePair<string, Translate>> Kinds => [];
}
