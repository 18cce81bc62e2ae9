namespace BackOffice.Vectors.Kinds;

internal static class Alerts
{
    public static IEnumerable<KeyValuePair<string, Translate>> Kinds => [];
}
