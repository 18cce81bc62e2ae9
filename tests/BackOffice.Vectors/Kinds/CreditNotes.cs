namespace BackOffice.Vectors.Kinds;

internal static class CreditNotes
{
    public static IEnumerable<KeyValuePair<string, Translate>> Kinds => [];
}
