using System.Text.Json;
using System.Text.Json.Serialization;
using BackOffice.Core.Common;
using BackOffice.Core.Usage;

namespace BackOffice.Web.Features.Usage.Files;

[JsonConverter(typeof(JsonStringEnumConverter<PropertyKind>))]
public enum PropertyKind
{
    Number,
    Text,
}

/// <summary>One column that becomes a property of the event.</summary>
/// <param name="Optional">An empty cell leaves the property out; otherwise it is an error, as a missing quantity is never zero.</param>
/// <param name="AllowNegative">Only for metrics that take corrections; otherwise a negative number is an error.</param>
public sealed record MappedProperty(
    string Column, string Property, PropertyKind Kind, bool Optional = false, bool AllowNegative = false);

/// <summary>How a file becomes usage events, as confirmed by a person. It is stored and used again for the next file.</summary>
/// <remarks>Columns are named as <see cref="HeaderNames"/> names them, also in a file without a header ("Column 1").</remarks>
public sealed record UsageMapping
{
    public char Delimiter { get; init; } = ',';

    public bool HasHeader { get; init; } = true;

    public FileEncoding Encoding { get; init; }

    public NumberFormat NumberFormat { get; init; } = NumberFormat.Plain;

    public string? TimestampColumn { get; init; }

    /// <summary>Null until somebody has chosen: an ambiguous date format is never guessed.</summary>
    public TimestampFormat? TimestampFormat { get; init; }

    /// <summary>The tz database id of the zone of timestamps that carry no offset.</summary>
    public string ZoneId { get; init; } = "UTC";

    /// <summary>One subscription for the whole file; exactly one of this and <see cref="SubscriptionColumn"/> is set.</summary>
    public string? SubscriptionCode { get; init; }

    public string? SubscriptionColumn { get; init; }

    /// <summary>One event name for the whole file; exactly one of this and <see cref="EventNameColumn"/> is set.</summary>
    public string? EventName { get; init; }

    public string? EventNameColumn { get; init; }

    /// <summary>A long file: the column that names the metric of each row, instead of an event name.</summary>
    public string? MetricColumn { get; init; }

    /// <summary>A long file: the column with the quantity of that metric.</summary>
    public string? QuantityColumn { get; init; }

    /// <summary>A long file: what its names of metrics mean. A name that is not here is an error.</summary>
    public IReadOnlyList<MetricTarget> Metrics { get; init; } = [];

    /// <summary>A long file: quantities may be negative, for metrics that take corrections.</summary>
    public bool AllowNegative { get; init; }

    /// <summary>Subscription codes of the file that mean others here.</summary>
    public IReadOnlyList<CodeAlias> SubscriptionAliases { get; init; } = [];

    /// <summary>Null: ids are made from the content of the rows, see <see cref="RowIds"/>.</summary>
    public string? TransactionIdColumn { get; init; }

    public IReadOnlyList<MappedProperty> Properties { get; init; } = [];

    public string ToJson() => JsonSerializer.Serialize(this);

    public static UsageMapping FromJson(string json) =>
        JsonSerializer.Deserialize<UsageMapping>(json) ?? throw new JsonException("A mapping is an object, not null.");
}
