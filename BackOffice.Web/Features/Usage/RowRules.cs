using BackOffice.Data.Usage;
using BackOffice.Web.Features.Usage.Files;

namespace BackOffice.Web.Features.Usage;

/// <summary>What the sender calls the places of a row: columns of a file, fields of an event.</summary>
internal sealed record RowPlaces(string? Subscription, string? EventName, string? Time);

/// <summary>What is asked of every event before it is stored, whichever way it comes: whose it is, and whether it can be his.</summary>
internal static class RowRules
{
    /// <summary>The longest event name, in UTF-16 units.</summary>
    private const int MaxNameLength = 100;

    /// <returns>Null when the row can be stored.</returns>
    public static RowError? Refuse(UsageRow row, Subscriber? subscriber, RowPlaces places)
    {
        if (subscriber is null)
        {
            return Error(
                row, places.Subscription, row.SubscriptionCode, "unknown_subscription",
                $"There is no subscription with the code “{CellText.Show(row.SubscriptionCode)}”. "
                + "Correct the code, or start the subscription first.");
        }

        if (row.EventName.Length > MaxNameLength)
        {
            return Error(
                row, places.EventName, row.EventName, "value_too_long",
                $"The event name has more than {MaxNameLength} characters. Shorten it.");
        }

        return subscriber.Outside(Micros.Of(row.At)) is { } outside
            ? Error(row, places.Time, row.At.ToString(), "outside_subscription", outside)
            : null;
    }

    public static RowError Conflict(long line, string? place, string id) => new(
        line, place, CellText.Show(id), "conflict",
        "The same id was stored before with other content. One of the two is wrong; what was stored first is kept.");

    /// <summary>The row as it is stored. Whether it is late is decided, and noted, now.</summary>
    public static UsageEntry Entry(UsageRow row, Subscriber subscriber, long line)
    {
        var micros = Micros.Of(row.At);
        return new UsageEntry(
            subscriber.Id, row.EventName, micros, row.TransactionId, line, subscriber.BucketOf(micros), subscriber.IsLate(row.At));
    }

    private static RowError Error(UsageRow row, string? place, string value, string code, string message) =>
        new(row.Line, place, CellText.Show(value), code, message);
}
