namespace BackOffice.Vectors.Kinds;

internal static class Invoices
{
    public static IEnumerable<KeyValuePair<string, Translate>> Kinds => [];
}
