using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace BackOffice.Data.Usage;

/// <summary>
/// What a writer that commits many times a second keeps between its commits: the open usage file (SQLite) and the numbers of what it knows.
/// One writer at a time uses it.
/// </summary>
public sealed class UsageDesk : IAsyncDisposable
{
    /// <summary>So many bytes of the log are written back at once; more would make one sender wait for all before him.</summary>
    private const long LogBytes = 32 << 20;

    private UsageBooks? _books;
    private bool _written;

    internal SqliteConnection? File { get; private set; }

    /// <summary>
    /// SQLite: moves what was committed from the log into the file; meant for when nobody waits for an answer. PostgreSQL does so by
    /// itself.
    /// </summary>
    /// <param name="always">Also when the log is still short.</param>
    public void WriteBack(bool always)
    {
        if (File is { } file && _written && (always || new FileInfo(file.DataSource + "-wal") is { Exists: true, Length: > LogBytes }))
        {
            UsageFile.WriteBack(file);
            _written = false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (File is { } file)
        {
            File = null;
            await file.DisposeAsync(); // The last one to close the file writes its log back.
        }
    }

    internal SqliteConnection Open(string path)
    {
        if (File is null)
        {
            UsageFile.Create(path);
            File = UsageFile.OpenToWrite(path);
        }

        return File;
    }

    /// <summary>The numbers as they are now, within the transaction that has just begun.</summary>
    internal async Task<UsageBooks> Books(DbConnection connection, DbTransaction? transaction, CancellationToken cancel)
    {
        var books = _books ?? new UsageBooks();
        _books = null; // Until the transaction is committed, others may take the numbers given in it.
        await books.ReadOn(connection, transaction, cancel);
        return books;
    }

    internal void Committed(UsageBooks books) => (_books, _written) = (books, true);
}
