using System.Data.Common;

namespace BackOffice.Data.Usage;

/// <summary>Statements in the transaction of a writer.</summary>
internal static class WriterCommands
{
    public static DbCommand Command(this UsageWriter writer, string sql, (string Name, object Value)[] values)
    {
        var command = writer.Connection.CreateCommand();
        command.CommandText = sql;
        Array.ForEach(values, value => command.Add(value.Name, value.Value));
        return command;
    }

    public static async Task Run(this UsageWriter writer, string sql, (string Name, object Value)[] values, CancellationToken cancel)
    {
        await using var command = writer.Command(sql, values);
        await command.ExecuteNonQueryAsync(cancel);
    }

    public static async Task<List<T>> Rows<T>(
        this UsageWriter writer, string sql, (string Name, object Value)[] values, Func<DbDataReader, T> read, CancellationToken cancel)
    {
        await using var command = writer.Command(sql, values);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await row.ReadAsync(cancel))
        {
            rows.Add(read(row));
        }

        return rows;
    }
}
