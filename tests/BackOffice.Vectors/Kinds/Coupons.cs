namespace BackOffice.Vectors.Kinds;

internal static class Coupons
{
    public static IEnumerable<KeyValuePair<string, Translate>> Kinds => [];
}
