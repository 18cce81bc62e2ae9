using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using NodaTime;
using NodaTime.Text;

namespace BackOffice.Web.Features.Catalog;

/// <summary>Reads events from rows that were pasted: the first names the columns, "timestamp" and "event" mean what they say.</summary>
public static class PastedEvents
{
    private const int Most = 500;
    private static readonly string[] TimeNames = ["timestamp", "time", "at"];
    private static readonly string[] EventNames = ["event", "name", "code"];

    /// <exception cref="RuleBroken">There is no row below the heads, or the columns or the time of one are wrong.</exception>
    public static IReadOnlyList<UsageEvent> Read(string? text)
    {
        var rows = (text ?? "").Split('\n').Where(row => !string.IsNullOrWhiteSpace(row)).Select(row => row.TrimEnd('\r')).ToList();
        if (rows.Count is < 2 or > Most + 1)
        {
            throw new RuleBroken($"Paste a row with the names of the columns, and below it 1 to {Most} rows with events.");
        }

        var separator = "\t;,".First(sign => sign == ',' || rows[0].Contains(sign, StringComparison.Ordinal));
        var heads = rows[0].Split(separator, StringSplitOptions.TrimEntries);
        return [.. rows.Skip(1).Select((row, i) => Event(heads, row.Split(separator, StringSplitOptions.TrimEntries), i + 2))];
    }

    /// <summary>An event as the store keeps it, from the properties as text: what is a number counts as one.</summary>
    public static UsageEvent Of(long id, string name, Instant at, IEnumerable<KeyValuePair<string, string>> properties)
    {
        var numbers = new Dictionary<string, decimal>(StringComparer.Ordinal);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in properties)
        {
            if (ExactDecimal.Parse(value, NumberFormat.Plain) is { Ok: true } number)
            {
                numbers[key] = number.Value;
            }
            else
            {
                texts[key] = value;
            }
        }

        return new UsageEvent(id, name, at, numbers, texts);
    }

    private static UsageEvent Event(string[] heads, string[] cells, int row)
    {
        if (cells.Length != heads.Length)
        {
            throw new RuleBroken($"Row {row} has {cells.Length} columns, the first row names {heads.Length}.");
        }

        var (name, at) = ("event", Instant.FromUtc(2024, 1, 1, 0, 0) + Duration.FromSeconds(row));
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < heads.Length; i++)
        {
            if (TimeNames.Contains(heads[i], StringComparer.OrdinalIgnoreCase))
            {
                at = Time(cells[i], row);
            }
            else if (EventNames.Contains(heads[i], StringComparer.OrdinalIgnoreCase))
            {
                name = cells[i];
            }
            else if (cells[i].Length > 0)
            {
                properties[heads[i]] = cells[i];
            }
        }

        return Of(row, name, at, properties);
    }

    private static Instant Time(string text, int row) =>
        OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } moment ? moment.Value.ToInstant()
        : LocalDateTimePattern.ExtendedIso.Parse(text.Replace(' ', 'T')) is { Success: true } local ? local.Value.InUtc().ToInstant()
        : throw new RuleBroken($"The time in row {row}, \"{text}\", is not written like 2026-11-01T13:30:00Z.");
}
