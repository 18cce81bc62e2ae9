using System.Data.Common;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using NodaTime;

namespace BackOffice.Data.Usage;

/// <summary>The only writer of usage events. Each is stored once: the unique key (subscription, transaction id) decides.</summary>
public static class UsageStore
{
    private const string Insert = """
        INSERT INTO usage_events (subscription_id, name, at_micros, transaction_id, properties, import_id, line, is_late)
        VALUES (@subscription, @name, @at, @transaction, @properties, @import, @line, @late)
        ON CONFLICT (subscription_id, transaction_id) DO NOTHING
        """;

    private const string Stored = """
        SELECT name, at_micros, properties FROM usage_events WHERE subscription_id = @subscription AND transaction_id = @transaction
        """;

    /// <summary>Opens a writer inside the caller's transaction.</summary>
    /// <exception cref="InvalidOperationException">There is no transaction: an import is stored as a whole or not at all.</exception>
    public static UsageWriter Writer(this BackOfficeDb db, ImportId import)
    {
        var transaction = db.Database.CurrentTransaction?.GetDbTransaction()
            ?? throw new InvalidOperationException("Usage is stored inside a transaction.");
        return new UsageWriter(Command(Insert), Command(Stored), db.Database.IsSqlite(), import);

        DbCommand Command(string sql)
        {
            var command = transaction.Connection!.CreateCommand();
            (command.Transaction, command.CommandText) = (transaction, sql);
            return command;
        }
    }

    /// <summary>The billable events of a subscription in a stretch of time, in the order of storing.</summary>
    public static IAsyncEnumerable<UsageEvent> BillableEvents(this BackOfficeDb db, SubscriptionId subscription, Interval when) =>
        db.Events.AsNoTracking().In(subscription, when).Where(e => !e.IsLate).OrderBy(e => e.Id).AsAsyncEnumerable()
            .Select(row => new UsageEvent(
                row.Id, row.Name, Micros.ToInstant(row.AtMicros), EventProperties.Numbers(row.Properties), EventProperties.Texts(row.Properties)));

    public static IQueryable<StoredEvent> In(this IQueryable<StoredEvent> events, SubscriptionId subscription, Interval when)
    {
        var (from, to) = (Micros.Of(when.Start), Micros.Of(when.End));
        return events.Where(e => e.SubscriptionId == subscription && e.AtMicros >= from && e.AtMicros < to);
    }
}
