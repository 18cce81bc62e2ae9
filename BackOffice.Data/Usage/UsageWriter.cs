using System.Data.Common;
using BackOffice.Core.Usage;

namespace BackOffice.Data.Usage;

/// <summary>Stores the events of one import with prepared commands.</summary>
public sealed class UsageWriter : IAsyncDisposable
{
    private readonly DbCommand _insert;
    private readonly DbCommand _stored;
    private readonly bool _textIds;

    internal UsageWriter(DbCommand insert, DbCommand stored, bool textIds, ImportId import)
    {
        (_insert, _stored, _textIds) = (insert, stored, textIds);
        foreach (var name in new[] { "subscription", "name", "at", "transaction", "properties", "import", "line", "late" })
        {
            Add(_insert, name);
        }

        Add(_stored, "subscription");
        Add(_stored, "transaction");
        _insert.Parameters["import"].Value = Id(import.Value);
    }

    public async Task<AppendOutcome> Append(NewEvent e, CancellationToken cancel)
    {
        var values = _insert.Parameters;
        values["subscription"].Value = Id(e.Subscription.Value);
        values["name"].Value = e.Name;
        values["at"].Value = e.AtMicros;
        values["properties"].Value = e.Properties;
        values["line"].Value = e.Line;
        values["late"].Value = e.IsLate;
        for (var time = 1; ; time++)
        {
            values["transaction"].Value = TakenAgain.Id(e.TransactionId, time);
            if (await _insert.ExecuteNonQueryAsync(cancel) == 1)
            {
                return AppendOutcome.Accepted;
            }

            if (await Compare(e, values["transaction"].Value!, cancel) is { } outcome)
            {
                return outcome;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _insert.DisposeAsync();
        await _stored.DisposeAsync();
    }

    // The same id with the same content was sent twice; with another content, one of the two is wrong.
    // Null: the event that has the id was undone with its import, so the id is free again.
    private async Task<AppendOutcome?> Compare(NewEvent e, object id, CancellationToken cancel)
    {
        _stored.Parameters["subscription"].Value = Id(e.Subscription.Value);
        _stored.Parameters["transaction"].Value = id;
        await using var row = await _stored.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        if (row.GetString(3) == nameof(ImportStatus.Undone))
        {
            return null;
        }

        var same = row.GetString(0) == e.Name && row.GetInt64(1) == e.AtMicros && row.GetString(2) == e.Properties;
        return same ? AppendOutcome.Duplicate : AppendOutcome.Conflict;
    }

    // EF stores a Guid as upper-case text on SQLite, which has no type for it.
    private object Id(Guid id) => _textIds ? id.ToString().ToUpperInvariant() : id;

    private static void Add(DbCommand command, string name)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        command.Parameters.Add(parameter);
    }
}
