using System.Text.Encodings.Web;
using System.Text.Json;
using BackOffice.Core.Common;
using BackOffice.Web.Features.Usage.Files;
using NodaTime;
using NodaTime.Text;

namespace BackOffice.Web.Features.Usage.Events;

/// <summary>What the API answers, as JSON. Amounts and quantities are texts where a program's own numbers would lose digits.</summary>
internal static class EventsJson
{
    private static readonly InstantPattern Time = InstantPattern.ExtendedIso;
    private static readonly LocalDatePattern Day = LocalDatePattern.Iso;

    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string NameOf(EventOutcome outcome) => outcome switch
    {
        EventOutcome.Accepted => "accepted",
        EventOutcome.Duplicate => "duplicate",
        EventOutcome.Conflict => "conflict",
        _ => "rejected",
    };

    /// <summary>The counts, and each event with what became of it.</summary>
    public static void Write(Utf8JsonWriter json, EventsAnswer answer)
    {
        json.WriteStartObject();
        Members(json, answer);
        json.WriteEndObject();
    }

    /// <summary>One event of a stream, by its place in the stream.</summary>
    public static void WriteItem(Utf8JsonWriter json, EventsAnswer answer, int index, long first = 0)
    {
        json.WriteStartObject();
        json.WriteNumber("index", first + index);
        json.WriteString("outcome", NameOf(answer.Outcomes[index]));
        if (answer.Faults.TryGetValue(index, out var why))
        {
            Why(json, why);
        }

        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, Estimate estimate)
    {
        json.WriteStartObject();
        json.WriteStartArray("invoices");
        foreach (var invoice in estimate.Invoices)
        {
            json.WriteStartObject();
            json.WriteString("customer", invoice.Customer);
            json.WriteString("dueOn", Day.Format(invoice.DueOn));
            Amounts(json, invoice.Before, invoice.After);
            json.WriteStartArray("lines");
            foreach (var line in invoice.Lines)
            {
                json.WriteStartObject();
                json.WriteString("subscription", line.Subscription);
                json.WriteString("name", line.Name);
                json.WriteString("charge", line.Charge);
                json.WriteString("from", Day.Format(line.Period.Start));
                json.WriteString("through", Day.Format(line.Period.End.PlusDays(-1)));
                Amounts(json, line.Before, line.After);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("late", estimate.Late);
        Members(json, estimate.Answer);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, FoundEvents found)
    {
        json.WriteStartObject();
        json.WriteStartArray("events");
        foreach (var (e, subscription, import) in found.Events)
        {
            json.WriteStartObject();
            json.WriteNumber("number", e.Id);
            json.WriteString("subscription", subscription);
            json.WriteString("event", e.Name);
            json.WriteString("transactionId", e.TransactionId);
            json.WriteString("timestamp", Time.Format(e.At));
            json.WritePropertyName("properties");
            json.WriteRawValue(e.Properties);
            json.WriteNumber("import", import);
            json.WriteBoolean("late", e.IsLate);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("next", found.Next is { } next ? $"{next}" : null);
        json.WriteEndObject();
    }

    /// <summary>Which field is wrong, how, and what to do.</summary>
    public static void Why(Utf8JsonWriter json, RowError why)
    {
        json.WriteString("code", why.Code);
        if (why.Column is not null)
        {
            json.WriteString("field", why.Column);
        }

        if (why.Value is not null)
        {
            json.WriteString("value", why.Value);
        }

        json.WriteString("message", why.Message);
    }

    private static void Members(Utf8JsonWriter json, EventsAnswer answer)
    {
        json.WriteNumber("accepted", answer.CountOf(EventOutcome.Accepted));
        json.WriteNumber("duplicates", answer.CountOf(EventOutcome.Duplicate));
        json.WriteNumber("conflicts", answer.CountOf(EventOutcome.Conflict));
        json.WriteNumber("rejected", answer.CountOf(EventOutcome.Rejected));
        json.WriteStartArray("items");
        for (var index = 0; index < answer.Outcomes.Count; index++)
        {
            WriteItem(json, answer, index);
        }

        json.WriteEndArray();
    }

    private static void Amounts(Utf8JsonWriter json, Money before, Money after)
    {
        json.WriteString("currency", after.Currency.Code);
        json.WriteString("before", Plain(before));
        json.WriteString("after", Plain(after));
        json.WriteString("difference", Plain(after - before));
    }

    // "5.00 EUR" without its currency.
    private static string Plain(Money money) => money.ToString().Split(' ')[0];
}
