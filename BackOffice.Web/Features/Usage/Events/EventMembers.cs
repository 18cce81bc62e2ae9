using System.Text.Json;
using BackOffice.Core.Usage;
using BackOffice.Data.Usage;
using BackOffice.Web.Features.Usage.Files;
using NodaTime;

namespace BackOffice.Web.Features.Usage.Events;

/// <summary>Reads the members of an event into a draft.</summary>
internal sealed class EventMembers : IDisposable
{
    private const int MaxProperties = UsageFileLimits.MaxColumns;
    private const int MaxPropertyName = 100;

    private readonly Instant _now;
    private readonly IsoTimes _times;
    private readonly EventDraft _draft = new();
    private readonly EventValues _values;

    public EventMembers(Instant now) => (_now, _times, _values) = (now, new IsoTimes(now), new EventValues(_draft));

    public void Dispose() => _values.Dispose();

    /// <param name="json">At the brace that opens the event; afterwards at the one that closes it.</param>
    public void ReadEvent(ref Utf8JsonReader json, SentEvents sent)
    {
        _draft.Begin(sent.Items.Count + 1);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var field = _values.Name(ref json);
            json.Read();
            if (!_draft.IsNew(field))
            {
                _draft.Fail(field, null, "duplicate_field", $"The field {CellText.Show(field)} stands there twice. Remove one of them.");
                json.Skip();
            }
            else if (json.TokenType != JsonTokenType.Null)
            {
                ReadMember(ref json, field);
            }
        }

        var item = _draft.Finish(out var byMetric);
        if (byMetric is { } metric)
        {
            sent.Unresolved.Add(new ByMetric(sent.Items.Count, metric.Metric, new UsageProperty("", metric.Quantity, null)));
        }

        sent.Add(item);
    }

    private void ReadMember(ref Utf8JsonReader json, string field)
    {
        switch (field)
        {
            case EventDraft.Subscription or EventDraft.Event or EventDraft.Metric or EventDraft.TransactionId:
            case "subject" or "type" or "id" or "specversion":
                ReadCode(ref json, field);
                break;
            case EventDraft.Timestamp or "time":
                ReadTime(ref json, field);
                break;
            case EventDraft.Properties or "data":
                ReadProperties(ref json, field);
                break;
            case EventDraft.Quantity:
                _draft.Amount = _values.Number(ref json, field);
                break;
            case EventDraft.AllowNegative or "allownegative":
                _draft.MayBeNegative = json.TokenType == JsonTokenType.True
                    || (json.TokenType == JsonTokenType.String && json.ValueTextEquals("true"));
                json.Skip();
                break;
            default:
                _draft.Unknown(field);
                json.Skip();
                break;
        }

        // Members of the other shape are only welcome in an event of that shape.
        if (field is "subject" or "type" or "id" or "time" or "data" or "allownegative")
        {
            _draft.Unknown(field);
        }
    }

    private void ReadCode(ref Utf8JsonReader json, string field)
    {
        if (_values.Text(ref json, field)?.Trim() is not { } code)
        {
            return;
        }

        if (code.Length > UsageFileLimits.MaxCodeLength)
        {
            _draft.Fail(
                field, code, "value_too_long", $"The value has more than {UsageFileLimits.MaxCodeLength} characters. Shorten it.");
        }
        else if (code.Length > 0)
        {
            _draft.Text(field, code);
        }
    }

    private void ReadTime(ref Utf8JsonReader json, string field)
    {
        if (json.TokenType == JsonTokenType.String && json is { HasValueSequence: false, ValueIsEscaped: false }
            && _times.TryRead(json.ValueSpan, out var at))
        {
            _draft.Time(field, at);
            return;
        }

        if (_values.Text(ref json, field)?.Trim() is not { Length: > 0 } text)
        {
            return;
        }

        var parsed = TimestampText.Parse(text, TimestampFormat.Iso8601, DateTimeZone.Utc, _now);
        if (!parsed.Ok)
        {
            _draft.Fail(field, text, parsed.Fault.Code, parsed.Fault.Message);
        }
        else if (!TimestampText.HasOffset(text))
        {
            _draft.Fail(
                field, text, "timestamp_without_offset", "The time has no offset. Write it in UTC with a Z, or with its offset: +02:00.");
        }
        else
        {
            _draft.Time(field, parsed.Value);
        }
    }

    private void ReadProperties(ref Utf8JsonReader json, string field)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            _draft.Fail(field, null, "not_an_object", $"The field {field} is not a JSON object. Write {{\"name\": value, …}}.");
            json.Skip();
            return;
        }

        for (var count = 0; json.Read() && json.TokenType == JsonTokenType.PropertyName; count++)
        {
            var name = _values.Name(ref json);
            json.Read();
            var place = $"{field}.{CellText.Show(name)}";
            if (count == MaxProperties)
            {
                _draft.Fail(
                    field, null, "too_many_properties", $"An event has at most {MaxProperties} properties. Leave out what is not usage.");
            }

            if (name.Length is 0 or > MaxPropertyName || name.Contains('\0', StringComparison.Ordinal))
            {
                _draft.Fail(place, null, "property_name", $"The name of a property has 1 to {MaxPropertyName} characters.");
            }

            if (!_draft.IsNew($"{field}.{name}"))
            {
                _draft.Fail(place, null, "duplicate_field", $"The property {CellText.Show(name)} stands there twice. Remove one of them.");
            }

            ReadProperty(ref json, name, place);
        }
    }

    private void ReadProperty(ref Utf8JsonReader json, string name, string place)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.Number when _values.Number(ref json, place) is { } number:
                _draft.Property(new UsageProperty(name, number, null));
                break;
            case JsonTokenType.String when _values.Text(ref json, place)?.Trim() is { Length: > 0 } text:
                _draft.Property(new UsageProperty(name, null, text));
                break;
            case JsonTokenType.True or JsonTokenType.False:
                _draft.Property(new UsageProperty(name, null, json.TokenType == JsonTokenType.True ? "true" : "false"));
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                _draft.Fail(
                    place, null, "not_a_value", "A property is a number, a text, true or false. Send what is inside as properties.");
                json.Skip();
                break;
        }
    }
}
