using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using BackOffice.Web.Features.Usage.Files;

namespace BackOffice.Web.Features.Usage;

/// <summary>What a column of the file is used for.</summary>
public enum ColumnUse
{
    Ignore,
    Timestamp,
    Subscription,
    EventName,
    TransactionId,
    Metric,
    Quantity,
    Number,
    Text,
}

/// <summary>A column while somebody is mapping it.</summary>
public sealed class ColumnDraft(string name, string samples)
{
    public string Name => name;

    /// <summary>Some of its cells, for recognising it.</summary>
    public string Samples => samples;

    public ColumnUse Use { get; set; }

    public string Property { get; set; } = "";

    public bool Optional { get; set; }

    public bool AllowNegative { get; set; }

    public bool IsProperty => Use is ColumnUse.Number or ColumnUse.Text;
}

/// <summary>A mapping while somebody is making it: column by column, where a finished one goes use by use.</summary>
public sealed class MappingDraft
{
    private MappingDraft(IReadOnlyList<ColumnDraft> columns) => Columns = columns;

    public IReadOnlyList<ColumnDraft> Columns { get; }

    public FileEncoding Encoding { get; set; }

    public char Delimiter { get; set; }

    public bool HasHeader { get; set; }

    public NumberFormat NumberFormat { get; set; } = NumberFormat.Plain;

    public TimestampFormat? TimestampFormat { get; set; }

    public string ZoneId { get; set; } = "UTC";

    /// <summary>For all rows; ignored while a column has that use.</summary>
    public string? SubscriptionCode { get; set; }

    /// <summary>For all rows; ignored while a column has that use.</summary>
    public string? EventName { get; set; }

    /// <summary>A long file: its names of metrics that are not codes of ours, and what they mean.</summary>
    public Dictionary<string, string> MetricAliases { get; } = new(StringComparer.Ordinal);

    /// <summary>Subscription codes of the file that mean others here.</summary>
    public Dictionary<string, string> SubscriptionAliases { get; } = new(StringComparer.Ordinal);

    private bool AllowNegative { get; init; }

    public static MappingDraft Of(UsageMapping mapping, FileShape shape)
    {
        var columns = shape.Columns.Select((name, i) => new ColumnDraft(name, Samples(shape, i))).ToList();
        var draft = new MappingDraft(columns)
        {
            Encoding = mapping.Encoding,
            Delimiter = mapping.Delimiter,
            HasHeader = mapping.HasHeader,
            NumberFormat = mapping.NumberFormat,
            TimestampFormat = mapping.TimestampFormat,
            ZoneId = mapping.ZoneId,
            SubscriptionCode = mapping.SubscriptionCode,
            EventName = mapping.EventName ?? "usage",
            AllowNegative = mapping.AllowNegative,
        };
        draft.Set(mapping.MetricColumn, ColumnUse.Metric);
        draft.Set(mapping.QuantityColumn, ColumnUse.Quantity);
        draft.Remember(mapping);
        draft.Set(mapping.TimestampColumn, ColumnUse.Timestamp);
        draft.Set(mapping.SubscriptionColumn, ColumnUse.Subscription);
        draft.Set(mapping.EventNameColumn, ColumnUse.EventName);
        draft.Set(mapping.TransactionIdColumn, ColumnUse.TransactionId);
        foreach (var property in mapping.Properties)
        {
            draft.Set(property);
        }

        return draft;
    }

    /// <summary>Gives a column a use; what only one column can be is taken from the other.</summary>
    public void Choose(ColumnDraft column, ColumnUse use)
    {
        foreach (var other in Columns.Where(c => c.Use == use && use is not (ColumnUse.Ignore or ColumnUse.Number or ColumnUse.Text)))
        {
            other.Use = ColumnUse.Ignore;
        }

        column.Use = use;
        column.Property = column is { IsProperty: true, Property: "" } ? Synonyms.Snake(column.Name) : column.Property;
    }

    public bool Has(ColumnUse use) => Columns.Any(column => column.Use == use);

    /// <summary>The mapping as it is now.</summary>
    /// <param name="metrics">All metrics, for long files.</param>
    public UsageMapping ToMapping(IReadOnlyList<MetricTarget>? metrics = null) => new()
    {
        Delimiter = Delimiter,
        HasHeader = HasHeader,
        Encoding = Encoding,
        NumberFormat = NumberFormat,
        TimestampColumn = Column(ColumnUse.Timestamp),
        TimestampFormat = TimestampFormat,
        ZoneId = ZoneId,
        SubscriptionCode = Has(ColumnUse.Subscription) ? null : Given(SubscriptionCode),
        SubscriptionColumn = Column(ColumnUse.Subscription),
        EventName = Has(ColumnUse.EventName) || Has(ColumnUse.Metric) ? null : Given(EventName),
        EventNameColumn = Column(ColumnUse.EventName),
        TransactionIdColumn = Column(ColumnUse.TransactionId),
        MetricColumn = Column(ColumnUse.Metric),
        QuantityColumn = Column(ColumnUse.Quantity),
        Metrics = Has(ColumnUse.Metric) ? [.. Targets(metrics ?? [])] : [],
        AllowNegative = AllowNegative,
        SubscriptionAliases = [.. SubscriptionAliases.Select(alias => new CodeAlias(alias.Key, alias.Value))],
        Properties = [.. Columns.Where(c => c.IsProperty).Select(Property)],
    };

    private IEnumerable<MetricTarget> Targets(IReadOnlyList<MetricTarget> metrics) => metrics.Concat(MetricAliases
        .Select(alias => metrics.FirstOrDefault(metric => metric.Code == alias.Value) is { } meant ? meant with { Name = alias.Key } : null)
        .OfType<MetricTarget>());

    private void Remember(UsageMapping mapping)
    {
        foreach (var metric in mapping.Metrics.Where(metric => metric.Name != metric.Code))
        {
            MetricAliases[metric.Name] = metric.Code;
        }

        foreach (var alias in mapping.SubscriptionAliases)
        {
            SubscriptionAliases[alias.Name] = alias.Code;
        }
    }

    private static MappedProperty Property(ColumnDraft column) => new(
        column.Name,
        column.Property.Trim(),
        column.Use == ColumnUse.Number ? PropertyKind.Number : PropertyKind.Text,
        column.Optional,
        column.AllowNegative && column.Use == ColumnUse.Number);

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string Samples(FileShape shape, int column) =>
        string.Join(", ", shape.Samples.Select(row => row[column]).Where(cell => cell.Length > 0).Distinct().Take(3));

    private string? Column(ColumnUse use) => Columns.FirstOrDefault(column => column.Use == use)?.Name;

    private ColumnDraft? Find(string? name) =>
        name is null ? null : Columns.FirstOrDefault(column => string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase));

    private void Set(string? name, ColumnUse use)
    {
        if (Find(name) is { } column)
        {
            column.Use = use;
        }
    }

    private void Set(MappedProperty property)
    {
        if (Find(property.Column) is not { } column)
        {
            return;
        }

        column.Use = property.Kind == PropertyKind.Number ? ColumnUse.Number : ColumnUse.Text;
        (column.Property, column.Optional, column.AllowNegative) = (property.Property, property.Optional, property.AllowNegative);
    }
}
