using System.Text.Json;
using BackOffice.Core.Subscriptions;
using NodaTime;

namespace BackOffice.Data.Usage;

/// <summary>An event about to be stored.</summary>
/// <param name="Properties">A JSON object, see <see cref="EventProperties"/>.</param>
public sealed record NewEvent(
    SubscriptionId Subscription, string Name, Instant At, string TransactionId, string Properties, long Line, bool IsLate)
{
    public long AtMicros => Micros.Of(At);
}

/// <summary>What became of an event: stored, there already, or refused because another event has its id.</summary>
public enum AppendOutcome
{
    Accepted,
    Duplicate,
    Conflict,
}

/// <summary>Instants as microseconds, the precision of usage.</summary>
public static class Micros
{
    public static long Of(Instant at) => at.ToUnixTimeTicks() / 10;

    public static Instant ToInstant(long micros) => Instant.FromUnixTimeTicks(micros * 10);
}

/// <summary>The properties of an event as JSON: numbers exactly as decimals, texts as strings, names in order.</summary>
public static class EventProperties
{
    public static string Write(IEnumerable<KeyValuePair<string, decimal>> numbers, IEnumerable<KeyValuePair<string, string>> texts)
    {
        var all = numbers.Select(n => KeyValuePair.Create(n.Key, (object)n.Value))
            .Concat(texts.Select(t => KeyValuePair.Create(t.Key, (object)t.Value)));
        return JsonSerializer.Serialize(new SortedDictionary<string, object>(all.ToDictionary(), StringComparer.Ordinal));
    }

    public static IReadOnlyDictionary<string, decimal> Numbers(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Number)
            .ToDictionary(p => p.Name, p => p.Value.GetDecimal(), StringComparer.Ordinal);
    }

    /// <summary>The properties that are no numbers.</summary>
    public static IReadOnlyDictionary<string, string> Texts(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.String)
            .ToDictionary(p => p.Name, p => p.Value.GetString()!, StringComparer.Ordinal);
    }

    public static IReadOnlyDictionary<string, string> All(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ToString(), StringComparer.Ordinal);
    }
}
