namespace BackOffice.Vectors.Kinds;

internal static class Progressive
{
    public static IEnumerable<KeyValuePair<string, Translate>> Kinds => [];
}
