using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Usage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Usage.Events;

/// <summary>
/// Stores the events of many requests of one key in one transaction, and says what became of each. By the rules of files: whose an event
/// is, whether it is late, whether its id is taken. All that waits for the disk is done once for all of them.
/// </summary>
internal sealed class StoreEvents(IDbContextFactory<BackOfficeDb> dbs, IClock clock) : IAsyncDisposable
{
    private const int Attempts = 5;

    private readonly UsageDesk _desk = new();
    private readonly SubscriptionShelf _shelf = new();

    /// <summary>Writes the log back, see <see cref="UsageDesk.WriteBack"/>.</summary>
    public void WriteBack(bool always) => _desk.WriteBack(always);

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    /// <summary>Waits until nobody else stores usage, takes what waits by then, and stores it.</summary>
    /// <param name="take">Asked once nobody else can write; those it gives have one caller. May be none.</param>
    /// <returns>What became of them. When this is there, it is on the disk.</returns>
    public async Task<IReadOnlyList<(WaitingEvents Waiting, EventsAnswer Answer)>> Store(
        Func<IReadOnlyList<WaitingEvents>> take, CancellationToken cancel)
    {
        IReadOnlyList<WaitingEvents> group = [];
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await dbs.CreateDbContextAsync(cancel);
            await using var writer = await db.Writer(_desk, cancel);
            group = attempt == 1 ? take() : group;
            if (group.Count == 0)
            {
                return [];
            }

            var (import, rows) = await ApiImports.Today(dbs, group[0].Caller, clock, cancel);
            writer.For(import);
            var work = new EventGroup(group, writer, rows);
            var codes = work.Codes;
            work.Book = await EventGroup.OpenBook(db, await _shelf.Take(db, codes, cancel), work.Rows, cancel);
            await work.Store(cancel);
            await writer.Settle(cancel);
            if (await work.Book.LockAndCheck(cancel) && await _shelf.AreCurrent(db, codes, cancel)
                && await Keep(db, writer, work, import, cancel))
            {
                return work.Answers;
            }

            if (attempt == Attempts)
            {
                throw new DbUpdateConcurrencyException("What the events belong to kept changing while they were stored.");
            }
        }
    }

    // False when the record was undone meanwhile: these events are for the next one.
    private async Task<bool> Keep(BackOfficeDb db, UsageWriter writer, EventGroup work, ImportId id, CancellationToken cancel)
    {
        var import = await db.FindImport(id, cancel);
        if (import.Status == ImportStatus.Undone)
        {
            return false;
        }

        var report = import.Report!.And(work.Report);
        var now = clock.GetCurrentInstant();
        import.Receive(report, now > import.FinishedAt ? now : import.FinishedAt!.Value + Duration.FromTicks(10));
        await db.SaveChangesAsync(cancel);
        var outcome = new ImportOutcome(report, [], work.Caller.AsPerson(), Micros.Of(import.FinishedAt!.Value));
        await writer.Commit(outcome.ToJson(), cancel);
        return true;
    }
}
