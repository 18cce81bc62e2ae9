namespace BackOffice.Vectors.Kinds;

internal static class ChargeModels
{
    public static IEnumerable<KeyValuePair<string, Translate>> Kinds => [];
}
