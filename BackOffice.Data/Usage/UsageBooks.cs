using System.Data.Common;
using System.Runtime.InteropServices;
using BackOffice.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Data.Usage;

/// <summary>The numbers that stand for subscriptions, event names and property sets in the store.</summary>
internal sealed class UsageBooks
{
    private readonly Dictionary<SubscriptionId, int> _subscriptions = [];
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly List<(long First, long Next)> _undone = [];
    private readonly HashSet<long> _corrected = [];
    private readonly List<(string Table, int Number, object Content)> _unsaved = [];

    public PropertySets Sets { get; } = new();

    public static async Task<UsageBooks> Load(DbConnection connection, DbTransaction? transaction, CancellationToken cancel)
    {
        var books = new UsageBooks();
        await books.ReadOn(connection, transaction, cancel);
        return books;
    }

    /// <summary>Takes over what others have numbered since; numbers are given in order and never taken back.</summary>
    public async Task ReadOn(DbConnection connection, DbTransaction? transaction, CancellationToken cancel)
    {
        await Each(
            $"SELECT no, id FROM usage_subscriptions WHERE no > {_subscriptions.Count}",
            row => _subscriptions.Add(new(row.GetGuid(1)), row.GetInt32(0)));
        await Each($"SELECT no, name FROM usage_names WHERE no > {_names.Count}", row => _names.Add(row.GetString(1), row.GetInt32(0)));
        await Each($"SELECT no, content FROM usage_sets WHERE no >= {Sets.Count} ORDER BY no", row => Sets.Load(row.GetString(1)));
        _undone.Clear();
        await Each(
            "SELECT first_event, next_event FROM usage_undone ORDER BY first_event",
            row => _undone.Add((row.GetInt64(0), row.GetInt64(1))));
        await Each("SELECT event FROM usage_corrections", row => _corrected.Add(row.GetInt64(0)));

        async Task Each(string sql, Action<DbDataReader> take)
        {
            await using var command = connection.CreateCommand();
            (command.CommandText, command.Transaction) = (sql, transaction);
            await using var row = await command.ExecuteReaderAsync(cancel);
            while (await row.ReadAsync(cancel))
            {
                take(row);
            }
        }
    }

    /// <summary>Whether an event was taken back: it keeps its id, and nobody else has to care.</summary>
    public bool IsUndone(long id)
    {
        var found = _undone.BinarySearch((id, long.MaxValue));
        var below = (found < 0 ? ~found : found) - 1;
        return below >= 0 && id < _undone[below].Next;
    }

    /// <summary>Who writes now corrects an event: what takes its place has its id, whoever has it already.</summary>
    public bool FreesIds { get; set; }

    /// <summary>Whether an event was voided, or another one counts in its place.</summary>
    public bool IsCorrected(long id) => _corrected.Contains(id);

    public int Subscription(SubscriptionId id)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_subscriptions, id, out var known);
        if (!known)
        {
            number = _subscriptions.Count;
            _unsaved.Add(("usage_subscriptions (no, id)", number, id.Value));
        }

        return number;
    }

    public int Name(string name)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_names, name, out var known);
        if (!known)
        {
            number = _names.Count;
            _unsaved.Add(("usage_names (no, name)", number, name));
        }

        return number;
    }

    /// <summary>Stores what was numbered since the last time; before the events that need it.</summary>
    public async Task Save(DbConnection connection, DbTransaction? transaction, CancellationToken cancel)
    {
        _unsaved.AddRange(Sets.Unsaved.Select(set => ("usage_sets (no, content)", set.Number, (object)set.Content)));
        Sets.Unsaved.Clear();
        foreach (var table in _unsaved.GroupBy(row => row.Table))
        {
            await using var insert = connection.CreateCommand();
            (insert.CommandText, insert.Transaction) = ($"INSERT INTO {table.Key} VALUES (@no, @content)", transaction);
            foreach (var (_, number, content) in table)
            {
                insert.Parameters.Clear();
                insert.Add("no", number).Add("content", content);
                await insert.ExecuteNonQueryAsync(cancel);
            }
        }

        _unsaved.Clear();
    }
}

/// <summary>Parameters of commands, short.</summary>
internal static class DbCommands
{
    public static DbCommand Add(this DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
        return command;
    }
}
