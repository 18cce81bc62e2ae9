using BackOffice.Core.Thresholds;

namespace BackOffice.Vectors.Kinds;

internal static class Alerts
{
    public static IEnumerable<KeyValuePair<string, Translate>> Kinds => [new("thresholds_crossed", Crossed)];

    private static void Crossed(Vector vector, Check check)
    {
        var input = vector.Input;
        var levels = new AlertLevels(
            [.. input["thresholds"].Items.Select(level => level.Number)],
            input["recurring_step"].NumberOrNull,
            input["direction"].TextOrNull == "decreasing" ? AlertDirection.Falling : AlertDirection.Rising);
        check.That("crossed", levels.Crossed(input["previous"].Number, input["current"].Number));
    }
}
