using BackOffice.Data.Usage;
using BackOffice.Web.Features.Usage.Files;
using NodaTime;

namespace BackOffice.Web.Features.Usage.Events;

/// <summary>The members of an event as they are read, in any order: our own shape, or that of CloudEvents 1.0 when it says so.</summary>
internal sealed class EventDraft
{
    public const string Subscription = "subscription";
    public const string Event = "event";
    public const string Metric = "metric";
    public const string Quantity = "quantity";
    public const string TransactionId = "transactionId";
    public const string Timestamp = "timestamp";
    public const string Properties = "properties";
    public const string AllowNegative = "allowNegative";

    private static readonly string[] Ours = [Subscription, Event, Metric, Quantity, TransactionId, Timestamp, Properties, AllowNegative];

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Instant> _times = new(StringComparer.Ordinal);
    private readonly List<UsageProperty> _properties = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private long _line;
    private RowError? _fault;
    private string? _unknown;
    private string? _negative;

    public bool MayBeNegative { get; set; }

    public decimal? Amount { get; set; }

    private bool IsCloudEvent => _texts.ContainsKey("specversion");

    /// <summary>Forgets the event before.</summary>
    public void Begin(long line)
    {
        _line = line;
        _texts.Clear();
        _times.Clear();
        _properties.Clear();
        _names.Clear();
        (_fault, _unknown, _negative, MayBeNegative, Amount) = (null, null, null, false, null);
    }

    /// <summary>Notes the first thing that is wrong; more would confuse.</summary>
    public void Fail(string? field, string? value, string code, string message) =>
        _fault ??= new RowError(_line, field, value is null ? null : CellText.Show(value), code, message);

    public void Text(string field, string text) => _texts[field] = text;

    public void Time(string field, Instant at) => _times[field] = at;

    /// <summary>A member that our shape does not have; CloudEvents may have extensions.</summary>
    public void Unknown(string field) => _unknown ??= field;

    /// <returns>False when the event has it already.</returns>
    public bool IsNew(string member) => _names.Add(member);

    public void Property(UsageProperty property)
    {
        _properties.Add(property);
        _negative ??= property.Number < 0 ? property.Name : null;
    }

    /// <summary>The event, or the first thing that is wrong with it.</summary>
    /// <param name="byMetric">Set when the event names a metric: its name and one property are still to come.</param>
    public UsageFileLine Finish(out (string Metric, decimal Quantity)? byMetric)
    {
        byMetric = null;
        var names = IsCloudEvent
            ? (Subscription: "subject", Event: "type", Id: "id", Time: "time", Data: "data")
            : (Subscription, Event, Id: TransactionId, Time: Timestamp, Data: Properties);
        if (Wrong(names) is { } fault)
        {
            return fault;
        }

        if (!IsCloudEvent && _texts.TryGetValue(Metric, out var metric))
        {
            byMetric = (metric, Amount!.Value);
        }

        return new UsageRow(
            _line, _texts[names.Subscription], _texts.GetValueOrDefault(names.Event, ""), _times[names.Time], _texts[names.Id],
            [.. _properties]);
    }

    private RowError? Wrong((string Subscription, string Event, string Id, string Time, string Data) names)
    {
        if (IsCloudEvent && _texts["specversion"] != "1.0")
        {
            Fail("specversion", _texts["specversion"], "unknown_specversion", "Only CloudEvents of version 1.0 are read.");
        }

        if (!IsCloudEvent && _unknown is { } unknown)
        {
            var meant = NearCodes.Closest(unknown, Ours);
            var hint = meant is null ? "" : $" Did you mean {meant}?";
            Fail(unknown, null, "unknown_field", $"An event has no such field.{hint} Correct or remove it.");
        }

        if (_fault is null)
        {
            Require(names.Subscription, _texts.ContainsKey(names.Subscription));
            RequireName(names.Event);
            Require(names.Id, _texts.ContainsKey(names.Id));
            Require(names.Time, _times.ContainsKey(names.Time));
        }

        if (_negative is { } negative && !MayBeNegative)
        {
            Fail(
                negative == Quantity ? negative : $"{names.Data}.{negative}", null, "negative_quantity",
                $"A quantity is negative. Correct it, or say {(IsCloudEvent ? "\"allownegative\": true" : "\"allowNegative\": true")} "
                + "if it takes usage back.");
        }

        return _fault;
    }

    private void RequireName(string field)
    {
        if (IsCloudEvent || !_texts.ContainsKey(Metric))
        {
            Require(field, _texts.ContainsKey(field));
            if (!IsCloudEvent && Amount is not null)
            {
                Fail(Quantity, null, "quantity_without_metric", "A quantity belongs to a metric. Name it in the field metric.");
            }
        }
        else if (_texts.ContainsKey(Event))
        {
            Fail(Metric, null, "metric_and_event", "An event has a name or a metric with a quantity, not both. Remove one of them.");
        }
        else
        {
            Require(Quantity, Amount is not null);
            _negative ??= Amount < 0 ? Quantity : null;
        }
    }

    private void Require(string field, bool isThere)
    {
        if (!isThere)
        {
            Fail(field, null, "empty_value", $"The field {field} is missing. Fill it in.");
        }
    }
}
