using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Benchmarks.Usage;

/// <summary>A person who saves something every ten milliseconds while an import runs, and how long he waits.</summary>
internal sealed class WriteWaits : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<double> _waits = [];
    private readonly Task _work;

    public WriteWaits(ImportOffice office) => _work = Task.Run(() => Work(office));

    public async Task Stop()
    {
        await _stop.CancelAsync();
        await _work;
        _waits.Sort();
    }

    public void Dispose() => _stop.Dispose();

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"a write waits {_waits[_waits.Count / 2]:F1} / {_waits[_waits.Count * 99 / 100]:F1} / {_waits[^1]:F1} ms (p50 / p99 / max)");

    private async Task Work(ImportOffice office)
    {
        while (!_stop.IsCancellationRequested)
        {
            var clock = Stopwatch.StartNew();
            await using (var db = await office.Db())
            {
                await using var transaction = await db.Database.BeginTransactionAsync();
                await db.Customers.Take(1).ExecuteUpdateAsync(set => set.SetProperty(c => c.PaymentDays, 30));
                await transaction.CommitAsync();
            }

            _waits.Add(clock.Elapsed.TotalMilliseconds);
            await Task.Delay(10);
        }
    }
}
