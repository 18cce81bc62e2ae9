using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace BackOffice.Web.Tests.Features.Usage;

/// <summary>The moments of an import at which a process may die, in their order.</summary>
public enum KillPoint
{
    /// <summary>It never dies: what every other import has to come to.</summary>
    Never,

    /// <summary>The import is about to be marked as running.</summary>
    Beginning,

    /// <summary>It is marked as running, and nobody else imports.</summary>
    Begun,

    /// <summary>Subscriptions are being read, no row is.</summary>
    Resolving,

    /// <summary>The first thousand rows are taken.</summary>
    FirstRows,

    /// <summary>Half of the rows are taken.</summary>
    HalfTheRows,

    /// <summary>The last row is taken and nothing added up.</summary>
    LastRow,

    /// <summary>Everything is stored and added up, and nothing committed.</summary>
    AddedUp,

    /// <summary>The record and its audit entry are written, and nothing committed.</summary>
    Recorded,

    /// <summary>The main database is about to be committed; on SQLite, the usage file is.</summary>
    BetweenCommits,

    /// <summary>Everything is committed, and nobody was told.</summary>
    Committed,
}

/// <summary>Kills its own process, without any chance to tidy up, when an import has come to a point.</summary>
internal sealed class Executioner(KillPoint point, long rows)
    : IProgress<long>, ISaveChangesInterceptor, IDbCommandInterceptor, IDbTransactionInterceptor
{
    private int _saved;
    private int _atTheEnd;

    public void Report(long value)
    {
        At(KillPoint.FirstRows, value >= 1_000);
        At(KillPoint.HalfTheRows, value >= rows / 2);
        if (value >= rows)
        {
            _atTheEnd++; // It is told again when the rows are added up.
            At(KillPoint.LastRow, _atTheEnd >= 1);
            At(KillPoint.AddedUp, _atTheEnd > 1);
        }
    }

    public ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        At(KillPoint.Beginning, _saved == 0);
        return new(result);
    }

    public ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        _saved++;
        At(KillPoint.Begun, _saved == 1);
        At(KillPoint.Recorded, _saved == 2);
        return new(result);
    }

    public ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        At(KillPoint.Resolving, _saved == 1 && command.CommandText.Contains("subscriptions", StringComparison.Ordinal));
        return new(result);
    }

    public ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        At(KillPoint.BetweenCommits, _saved == 2);
        return new(result);
    }

    public Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        At(KillPoint.Committed, _saved == 2);
        return Task.CompletedTask;
    }

    private void At(KillPoint here, bool isHere)
    {
        if (isHere && here == point)
        {
            Process.GetCurrentProcess().Kill();
            Thread.Sleep(Timeout.Infinite); // The signal is on its way; nothing more may happen here.
        }
    }
}
