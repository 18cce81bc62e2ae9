using System.Globalization;
using BackOffice.Core.Common;

namespace BackOffice.Web.Features.Usage.Files;

/// <summary>A mapping to start from, and what a person still has to look at.</summary>
public sealed record MappingSuggestion(UsageMapping Mapping, IReadOnlyList<TextFault> Questions);

/// <summary>Proposes a mapping from the names of the columns and from what was found in the sample.</summary>
public static class MappingSuggester
{
    /// <param name="shape">What the sniffer found.</param>
    /// <param name="metricProperties">The properties that metrics read, like input_tokens; columns are matched to them loosely.</param>
    /// <param name="zoneId">The zone proposed for timestamps without an offset: the company's.</param>
    /// <param name="known">All metrics, for recognising a long file; null where none is expected.</param>
    public static MappingSuggestion Suggest(
        FileShape shape, IReadOnlyCollection<string> metricProperties, string zoneId, IReadOnlyList<MetricTarget>? known = null)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(metricProperties);
        var free = shape.Columns.Take(RejectsFile.OwnColumns(shape.Columns))
            .Where(column => column != shape.TimestampColumn.Value).ToList();

        // Ids first: a numeric request_id is no number of requests.
        var transactionId = Take(free, Synonyms.TransactionId);
        var subscription = Take(free, Synonyms.Subscription);
        var (metric, quantity) = LongColumns(shape, free, known ?? []);
        free.RemoveAll(column => column == metric || column == quantity);
        var metrics = MatchMetrics(shape, free, metricProperties);
        free.RemoveAll(metrics.ContainsKey);
        var eventName = metric is null ? Take(free, Synonyms.EventName) : null;

        var mapping = new UsageMapping
        {
            Delimiter = shape.Delimiter.Value,
            HasHeader = shape.HasHeader.Value,
            Encoding = shape.Encoding.Value,
            NumberFormat = shape.NumberFormat.Value,
            TimestampColumn = shape.TimestampColumn.Value,
            TimestampFormat = shape.TimestampFormat.Value,
            ZoneId = zoneId,
            SubscriptionColumn = subscription,
            EventNameColumn = eventName,
            TransactionIdColumn = transactionId,
            MetricColumn = metric,
            QuantityColumn = quantity,
            Metrics = metric is null ? [] : known!,
            Properties = [.. Properties(shape, metrics, free)],
        };
        return new(mapping, [.. Questions(shape, mapping)]);
    }

    /// <summary>A column whose cells are codes of our metrics, beside one that is called like a quantity: one metric a row.</summary>
    private static (string? Metric, string? Quantity) LongColumns(FileShape shape, List<string> free, IReadOnlyList<MetricTarget> known)
    {
        var codes = known.Select(metric => metric.Code).ToHashSet(StringComparer.Ordinal);
        var metric = free.FirstOrDefault(column => Synonyms.EventName.Contains(Synonyms.Snake(column))
            && shape.Samples.Any(row => codes.Contains(row[Index(shape, column)].Trim())));
        var quantity = free.FirstOrDefault(
            column => column != metric && shape.NumericColumns.Contains(column) && Synonyms.IsQuantity(column));
        return metric is null || quantity is null ? default : (metric, quantity);
    }

    private static int Index(FileShape shape, string column) => shape.Columns.Index().First(c => c.Item == column).Index;

    private static string? Take(List<string> free, string[] synonyms)
    {
        var found = synonyms
            .Select(synonym => free.Find(column => Synonyms.Snake(column) == synonym))
            .FirstOrDefault(column => column is not null);
        free.RemoveAll(column => column == found);
        return found;
    }

    /// <summary>First the same name, then the same words, then more or fewer words; where two columns fit, none is taken.</summary>
    private static Dictionary<string, string> MatchMetrics(
        FileShape shape, List<string> columns, IReadOnlyCollection<string> metricProperties)
    {
        var matched = new Dictionary<string, string>(StringComparer.Ordinal);
        Func<string, string, bool> sameName = SameName;
        Func<string, string, bool>[] passes = [sameName, SameWords, OneHoldsTheOther];
        foreach (var fits in passes)
        {
            foreach (var property in metricProperties.Where(property => !matched.ContainsValue(property)))
            {
                var candidates = columns
                    .Where(column => !matched.ContainsKey(column) && fits(column, property))
                    .Where(column => shape.NumericColumns.Contains(column) || (fits == sameName && HasNumbers(shape, column)))
                    .ToList();
                if (candidates is [var only])
                {
                    matched.Add(only, property);
                }
            }
        }

        return matched;
    }

    /// <summary>A column called like a number that is billed is one, however many cells are broken: they are errors, not texts.</summary>
    private static bool HasNumbers(FileShape shape, string column)
    {
        var index = Index(shape, column);
        return shape.Samples.Any(row => ExactDecimal.Parse(row[index].Trim(), shape.NumberFormat.Value).Ok);
    }

    private static bool SameName(string column, string property) => Synonyms.Snake(column) == Synonyms.Snake(property);

    private static bool SameWords(string column, string property) => Synonyms.Words(column).SetEquals(Synonyms.Words(property));

    private static bool OneHoldsTheOther(string column, string property)
    {
        var (theirs, ours) = (Synonyms.Words(column), Synonyms.Words(property));
        return theirs.Count > 0 && ours.Count > 0 && (theirs.IsSupersetOf(ours) || ours.IsSupersetOf(theirs));
    }

    private static IEnumerable<MappedProperty> Properties(FileShape shape, Dictionary<string, string> metrics, List<string> free)
    {
        var taken = new HashSet<string>(metrics.Values, StringComparer.Ordinal);
        foreach (var column in shape.Columns)
        {
            if (metrics.TryGetValue(column, out var property))
            {
                yield return new(column, property, PropertyKind.Number);
            }
            else if (free.Contains(column))
            {
                var kind = shape.NumericColumns.Contains(column) ? PropertyKind.Number : PropertyKind.Text;
                yield return new(column, Unused(Synonyms.Snake(column), taken), kind, Optional: true);
            }
        }
    }

    private static string Unused(string name, HashSet<string> taken)
    {
        var wanted = name.Length == 0 ? "column" : name;
        var unused = wanted;
        for (var i = 2; !taken.Add(unused); i++)
        {
            unused = string.Create(CultureInfo.InvariantCulture, $"{wanted}_{i}");
        }

        return unused;
    }

    private static IEnumerable<TextFault> Questions(FileShape shape, UsageMapping mapping)
    {
        (bool Ask, string Code, string Because)[] guesses =
        [
            (shape.Encoding.NeedsConfirmation, "confirm_encoding", shape.Encoding.Because),
            (shape.Delimiter.NeedsConfirmation, "confirm_delimiter", shape.Delimiter.Because),
            (shape.HasHeader.NeedsConfirmation, "confirm_header", shape.HasHeader.Because),
            (shape.RepeatedColumns.Count > 0, "repeated_columns", "Several columns have the same name; they are numbered."),
            (shape.TimestampColumn.NeedsConfirmation, "confirm_timestamp_column", shape.TimestampColumn.Because),
            (shape.TimestampFormat.NeedsConfirmation, "confirm_timestamp_format", shape.TimestampFormat.Because),
            (!shape.TimestampsHaveOffset, "confirm_zone", $"The timestamps carry no offset and are read as times in {mapping.ZoneId}."),
            (shape.NumberFormat.NeedsConfirmation, "confirm_number_format", shape.NumberFormat.Because),
            (mapping.SubscriptionColumn is null, "choose_subscription", "No column names the subscription: choose one for the file."),
            ((mapping.EventNameColumn ?? mapping.MetricColumn) is null, "choose_event_name",
                "No column names the event: choose one name for the file."),
        ];
        return guesses.Where(guess => guess.Ask).Select(guess => new TextFault(guess.Code, guess.Because));
    }
}
