namespace BackOffice.Vectors.Kinds;

internal static class WalletPayments
{
    public static IEnumerable<KeyValuePair<string, Translate>> Kinds => [];
}
