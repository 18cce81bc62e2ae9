using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace BackOffice.Data.Providers;

/// <summary>
/// SQLite has one writer at a time, and whoever waits for it looks again every tenth of a second: work that begins its next transaction at
/// once would keep everybody else out until it is done. Here the writers of this process queue, so that a person waits for one step of a
/// billing run and not for the run.
/// </summary>
/// <remarks>A courtesy, not a lock: the lock is SQLite's. Who has waited too long goes on and asks SQLite.</remarks>
internal sealed class WriteTurns : DbTransactionInterceptor, IDbConnectionInterceptor, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ConditionalWeakTable<DbContext, object> _writing = [];

    public void Dispose() => _turn.Dispose();

    public override InterceptionResult<DbTransaction> TransactionStarting(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result)
    {
        if (_turn.Wait(Patience))
        {
            Begin(eventData.Context);
        }

        return result;
    }

    public override async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result,
        CancellationToken cancellationToken = default)
    {
        if (await _turn.WaitAsync(Patience, cancellationToken))
        {
            Begin(eventData.Context);
        }

        return result;
    }

    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => End(eventData.Context);

    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        End(eventData.Context);
        return Task.CompletedTask;
    }

    public override void TransactionRolledBack(DbTransaction transaction, TransactionEndEventData eventData) => End(eventData.Context);

    public override Task TransactionRolledBackAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        End(eventData.Context);
        return Task.CompletedTask;
    }

    // A transaction that could not begin, or that was given up without a word.
    void IDbConnectionInterceptor.ConnectionClosed(DbConnection connection, ConnectionEndEventData eventData) => End(eventData.Context);

    Task IDbConnectionInterceptor.ConnectionClosedAsync(DbConnection connection, ConnectionEndEventData eventData)
    {
        End(eventData.Context);
        return Task.CompletedTask;
    }

    private void Begin(DbContext? context)
    {
        if (context is null || !_writing.TryAdd(context, this))
        {
            _turn.Release();
        }
    }

    private void End(DbContext? context)
    {
        if (context is not null && _writing.Remove(context))
        {
            _turn.Release();
        }
    }
}
