namespace BackOffice.Vectors.Kinds;

internal static class BillingDays
{
    public static IEnumerable<KeyValuePair<string, Translate>> Kinds => [];
}
