using System.Runtime.InteropServices;
using System.Text.Json;
using BackOffice.Core.Subscriptions;
using NodaTime;

namespace BackOffice.Data.Usage;

/// <summary>An event about to be stored, by itself.</summary>
/// <param name="Properties">A JSON object, see <see cref="EventProperties"/>.</param>
public sealed record NewEvent(
    SubscriptionId Subscription, string Name, Instant At, string TransactionId, string Properties, long Line, bool IsLate);

/// <summary>An event about to be stored, one of many.</summary>
/// <param name="Bucket">
/// Where it is added up: the day on which its billing period starts, counted from 1970-01-01. Any value gives right quantities, the
/// period's gives fast ones.
/// </param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct UsageEntry(
    SubscriptionId Subscription, string Name, long AtMicros, string TransactionId, long Line, int Bucket, bool IsLate);

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
    private const long PerDay = 86_400_000_000;

    public static long Of(Instant at) => at.ToUnixTimeTicks() / 10;

    public static Instant ToInstant(long micros) => Instant.FromUnixTimeTicks(micros * 10);

    /// <summary>The day in UTC, counted from 1970-01-01.</summary>
    public static int DayOf(long micros) => (int)Math.DivRem(micros, PerDay).Quotient;
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

    public static IReadOnlyList<UsageProperty> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateObject().Select(p => p.Value.ValueKind == JsonValueKind.Number
            ? new UsageProperty(p.Name, p.Value.GetDecimal(), null)
            : new UsageProperty(p.Name, null, p.Value.ToString()))];
    }
}
