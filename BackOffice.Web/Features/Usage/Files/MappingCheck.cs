using BackOffice.Core.Common;
using CsvHelper;
using NodaTime;

namespace BackOffice.Web.Features.Usage.Files;

/// <summary>A mapping bound to the positions of one file. A position of -1 is a fixed value or an id to be made.</summary>
internal sealed record ColumnPlan(
    IReadOnlyList<string> Columns,
    DateTimeZone Zone,
    int Timestamp,
    int Subscription,
    int EventName,
    int TransactionId,
    int Metric,
    int Quantity,
    IReadOnlyList<int> Properties)
{
    /// <summary>How many columns are the sender's; the others are those of a file of rejects.</summary>
    public int Own { get; } = RejectsFile.OwnColumns(Columns);

    /// <summary>Whether there are columns of ours, and nobody has mapped one of them.</summary>
    public bool LeavesAdded => Own < Columns.Count
        && !Properties.Concat([Timestamp, Subscription, EventName, TransactionId, Metric, Quantity]).Any(column => column >= Own);

    /// <summary>The text of a cell as its sender wrote it.</summary>
    public string Cell(CsvReader csv, int column) =>
        Own == Columns.Count ? csv.GetString(column) : RejectsFile.Restored(csv.GetString(column));

    /// <summary>Its bytes.</summary>
    public ReadOnlySpan<byte> Span(CsvReader csv, int column) =>
        Own == Columns.Count ? csv.GetSpan(column) : RejectsFile.Restored(csv.GetSpan(column));
}

/// <summary>Compares a mapping with the columns a file really has.</summary>
public static class MappingCheck
{
    /// <summary>Everything that is wrong, in the order of the form; empty when the file can be read with this mapping.</summary>
    public static IReadOnlyList<TextFault> Check(UsageMapping mapping, IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        ArgumentNullException.ThrowIfNull(columns);
        return [.. Incomplete(mapping), .. MissingColumns(mapping, columns), .. Repeats(mapping)];
    }

    /// <summary>Only for a mapping that <see cref="Check"/> has found nothing wrong with.</summary>
    internal static ColumnPlan Bind(UsageMapping mapping, IReadOnlyList<string> columns) => new(
        columns,
        DateTimeZoneProviders.Tzdb[mapping.ZoneId],
        Find(columns, mapping.TimestampColumn),
        Find(columns, mapping.SubscriptionColumn),
        Find(columns, mapping.EventNameColumn),
        Find(columns, mapping.TransactionIdColumn),
        Find(columns, mapping.MetricColumn),
        Find(columns, mapping.QuantityColumn),
        [.. mapping.Properties.Select(property => Find(columns, property.Column))]);

    /// <summary>Asked before anything is cut: the parser takes one ASCII character that means nothing else.</summary>
    internal static TextFault? BadDelimiter(UsageMapping mapping) =>
        char.IsAscii(mapping.Delimiter) && mapping.Delimiter is not ('\0' or '"' or '\r' or '\n')
            ? null
            : new("bad_delimiter", "This character cannot delimit cells. Choose comma, semicolon, tab or vertical bar.");

    internal static IEnumerable<string> UsedColumns(UsageMapping mapping) =>
        new[]
            {
                mapping.TimestampColumn, mapping.SubscriptionColumn, mapping.EventNameColumn, mapping.TransactionIdColumn,
                mapping.MetricColumn, mapping.QuantityColumn,
            }
            .OfType<string>()
            .Concat(mapping.Properties.Select(property => property.Column))
            .Distinct(StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<TextFault> Incomplete(UsageMapping mapping)
    {
        if (BadDelimiter(mapping) is { } bad)
        {
            yield return bad;
        }

        if (mapping.TimestampColumn is null)
        {
            yield return new("timestamp_column_missing", "Choose the column that holds the time of the usage.");
        }

        if (mapping.TimestampFormat is null)
        {
            yield return new("timestamp_format_missing", "Choose how the timestamps are written; 03/04/2026 could be two days.");
        }

        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(mapping.ZoneId) is null)
        {
            yield return new("unknown_zone", $"There is no zone “{CellText.Show(mapping.ZoneId)}”. Choose one like Europe/Berlin.");
        }

        if (ExactlyOne(mapping.SubscriptionCode, mapping.SubscriptionColumn, "subscription") is { } subscription)
        {
            yield return subscription;
        }

        if (ExactlyOne(mapping.EventName, mapping.EventNameColumn ?? mapping.MetricColumn, "event name") is { } eventName)
        {
            yield return eventName;
        }

        if (mapping.MetricColumn is null != mapping.QuantityColumn is null)
        {
            yield return mapping.MetricColumn is null
                ? new("metric_column_missing", "Choose the column that names the metric of each quantity.")
                : new("quantity_column_missing", "Choose the column that holds the quantity of the metric.");
        }
    }

    private static TextFault? ExactlyOne(string? value, string? column, string what)
    {
        var code = what.Replace(' ', '_');
        return (string.IsNullOrWhiteSpace(value), column is null) switch
        {
            (true, true) => new($"{code}_missing", $"Choose one {what} for the whole file, or the column that holds it."),
            (false, false) => new($"{code}_twice", $"Choose either one {what} for the whole file or a column, not both."),
            (false, true) when value!.Length > UsageFileLimits.MaxCodeLength =>
                new($"{code}_too_long", $"The {what} has more than {UsageFileLimits.MaxCodeLength} characters. Shorten it."),
            _ => null,
        };
    }

    private static IEnumerable<TextFault> MissingColumns(UsageMapping mapping, IReadOnlyList<string> columns) =>
        UsedColumns(mapping).Where(column => Find(columns, column) < 0).Select(column => new TextFault(
            "missing_column",
            $"The file has no column “{CellText.Show(column)}”. It has: {Listed(columns)}. Choose one of these in the mapping."));

    private static IEnumerable<TextFault> Repeats(UsageMapping mapping) => mapping.Properties
        .GroupBy(property => property.Property, StringComparer.Ordinal)
        .Where(group => group.Skip(1).Any())
        .Select(group => new TextFault(
            "property_twice", $"Two columns are mapped to the property “{CellText.Show(group.Key)}”. Rename one of them."));

    private static string Listed(IReadOnlyList<string> columns)
    {
        const int Shown = 20;
        var names = string.Join(", ", columns.Take(Shown).Select(CellText.Show));
        return columns.Count > Shown ? $"{names} and {columns.Count - Shown} more" : names;
    }

    private static int Find(IReadOnlyList<string> columns, string? name)
    {
        for (var i = 0; name is not null && i < columns.Count; i++)
        {
            if (string.Equals(columns[i], name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }
}
