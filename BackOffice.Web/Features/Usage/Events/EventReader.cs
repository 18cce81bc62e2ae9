using System.Buffers;
using System.Text.Json;
using BackOffice.Web.Features.Api;
using BackOffice.Web.Features.Usage.Files;
using NodaTime;

namespace BackOffice.Web.Features.Usage.Events;

/// <summary>
/// Reads events from JSON straight from the bytes, by the same rules as files: times to the microsecond, numbers with every digit or not at
/// all, codes trimmed and otherwise taken as they are. What is wrong with an event refuses that event; what is no JSON refuses the request.
/// </summary>
/// <remarks>One reader reads one request; it must be disposed.</remarks>
internal sealed class EventReader(Instant now) : IDisposable
{
    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 8 };

    private readonly EventMembers _members = new(now);

    public SentEvents Sent { get; } = new();

    public void Dispose() => _members.Dispose();

    /// <summary>Reads one event, or an array of them.</summary>
    /// <exception cref="ApiRefused">It is no JSON, no event, or there are too many.</exception>
    public void ReadBody(ReadOnlySequence<byte> body)
    {
        var json = new Utf8JsonReader(body, Strict);
        try
        {
            json.Read();
            if (json.TokenType == JsonTokenType.StartObject)
            {
                _members.ReadEvent(ref json, Sent);
                Sent.IsSingle = true;
            }
            else if (json.TokenType == JsonTokenType.StartArray)
            {
                ReadArray(ref json);
            }
            else
            {
                throw Malformed("body_malformed", "The body is neither an event nor an array of events.");
            }

            json.Read(); // Complains when something follows.
        }
        catch (JsonException broken)
        {
            throw Malformed(
                "json_malformed",
                $"The body is not valid JSON in line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1} "
                + $"(event {Sent.Items.Count}). Nothing of it is stored. Correct it and send it again.");
        }
    }

    /// <summary>Reads a line of a stream. A line that is no JSON is refused by itself; what follows is read.</summary>
    public void ReadLine(ReadOnlySequence<byte> line)
    {
        var before = Sent.Items.Count;
        try
        {
            var json = new Utf8JsonReader(line, Strict);
            json.Read();
            if (json.TokenType == JsonTokenType.StartObject)
            {
                _members.ReadEvent(ref json, Sent);
                json.Read();
                return;
            }
        }
        catch (JsonException)
        {
            // Said below: what was read of the line does not count.
        }

        var error = new RowError(before + 1, null, null, "json_malformed", "The line is not one JSON object. Write each event in a line.");
        if (Sent.Items.Count > before)
        {
            Sent.Resolve(before, error);
            Sent.Unresolved.RemoveAll(open => open.Index == before);
        }
        else
        {
            Sent.Add(error);
        }
    }

    /// <summary>Reads a CloudEvent whose attributes came as headers; the body is its data.</summary>
    /// <exception cref="ApiRefused">The body is no JSON.</exception>
    public void ReadData(IEnumerable<KeyValuePair<string, string>> attributes, ReadOnlySequence<byte> data)
    {
        using var whole = new MemoryStream();
        using (var json = new Utf8JsonWriter(whole))
        {
            json.WriteStartObject();
            foreach (var (name, value) in attributes)
            {
                json.WriteString(name, value);
            }

            if (!data.IsEmpty)
            {
                json.WritePropertyName("data");
                json.WriteRawValue(data, skipInputValidation: true); // The reading below looks at it.
            }

            json.WriteEndObject();
        }

        ReadBody(new ReadOnlySequence<byte>(whole.ToArray()));
    }

    private void ReadArray(ref Utf8JsonReader json)
    {
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (Sent.Items.Count == ApiSettings.MaxBatch)
            {
                throw new ApiRefused(
                    ApiFault.TooLarge, "too_many_events",
                    $"A batch has at most {ApiSettings.MaxBatch:N0} events. Send several, or a stream of lines (application/x-ndjson).");
            }

            if (json.TokenType == JsonTokenType.StartObject)
            {
                _members.ReadEvent(ref json, Sent);
            }
            else
            {
                json.Skip();
                Sent.Add(new RowError(Sent.Items.Count + 1, null, null, "no_event", "This is not a JSON object. Send each event as one."));
            }
        }

        if (Sent.Items.Count == 0)
        {
            throw Malformed("no_events", "The batch has no events.");
        }
    }

    private static ApiRefused Malformed(string code, string message) => new(ApiFault.Malformed, code, message);
}
