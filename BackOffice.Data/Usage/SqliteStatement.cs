using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace BackOffice.Data.Usage;

/// <summary>A prepared statement without anything between us and SQLite. Every return code is looked at.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _file;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _file = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_file, sql, out _statement));
    }

    public SqliteStatement Bind(int position, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, position, value));
        return this;
    }

    public SqliteStatement Bind(int position, ReadOnlySpan<byte> value)
    {
        // An empty span has no address, which SQLite takes for NULL.
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(_statement, position, 0) : raw.sqlite3_bind_blob(_statement, position, value));
        return this;
    }

    public void Bind(RollupKey key) =>
        Bind(1, key.Subscription).Bind(2, key.Bucket).Bind(3, key.IsLate ? 1 : 0).Bind(4, key.Name).Bind(5, key.Set);

    /// <summary>Runs a statement that returns nothing.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Run()
    {
        var code = raw.sqlite3_step(_statement);
        var changes = raw.sqlite3_changes(_file);
        Check(raw.sqlite3_reset(_statement));
        return code == raw.SQLITE_DONE ? changes : throw Broken(code);
    }

    /// <returns>False when there is no row.</returns>
    public bool Step() => raw.sqlite3_step(_statement) switch
    {
        raw.SQLITE_ROW => true,
        raw.SQLITE_DONE => false,
        var code => throw Broken(code),
    };

    public long Long(int column) => raw.sqlite3_column_int64(_statement, column);

    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_statement, column);

    public void Reset() => Check(raw.sqlite3_reset(_statement));

    public void Dispose() => _statement.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw Broken(code);
        }
    }

    private SqliteException Broken(int code) =>
        new(raw.sqlite3_errmsg(_file).utf8_to_string(), code & 0xFF, raw.sqlite3_extended_errcode(_file));
}
