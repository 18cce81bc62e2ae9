using BackOffice.Core.Billing;
using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Data;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Billing;

/// <summary>Reads billing runs for pages.</summary>
public sealed class RunQueries(IDbContextFactory<BackOfficeDb> dbs, IClock clock)
{
    public const int PageSize = 25;

    /// <param name="page">1 is the page with the newest runs.</param>
    public async Task<RunList> List(int page = 1, bool scheduledOnly = false, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var all = db.Runs.AsNoTracking().Where(r => !scheduledOnly || r.ScheduledFor != null);
        var runs = await all.OrderByDescending(r => r.Number).Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(cancel);
        return new RunList(await Rows(db, runs, cancel), await all.CountAsync(cancel), await db.ZoneOfCompany(cancel));
    }

    /// <param name="viewer">The account that looks; null for the system.</param>
    /// <returns>Null when there is no such run.</returns>
    public async Task<RunView?> View(BillingRunId id, Guid? viewer, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        if (await db.Runs.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancel) is not { } run)
        {
            return null;
        }

        var row = (await Rows(db, [run], cancel))[0];
        return new RunView(row, run.FinishedAt, run.ZoneData, await Items(db, run, viewer, cancel), await db.ZoneOfCompany(cancel));
    }

    /// <summary>How far a run is; cheap enough to ask each second. Null when there is no such run.</summary>
    public async Task<RunCounts?> Progress(BillingRunId id, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var run = await db.Runs.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancel);
        return run is null ? null : (await Counts(db, [run], cancel))[id];
    }

    /// <summary>The last day of the month before this one, in the company's zone: what is billed as a rule.</summary>
    public async Task<LocalDate> UsualThrough(CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var today = clock.GetCurrentInstant().InZone(await db.ZoneOfCompany(cancel)).Date;
        return DateAdjusters.StartOfMonth(today).PlusDays(-1);
    }

    private static async Task<IReadOnlyList<RunRow>> Rows(BackOfficeDb db, List<BillingRun> runs, CancellationToken cancel)
    {
        var counts = await Counts(db, runs, cancel);
        var ids = runs.Select(r => (Guid?)r.Id.Value).ToList();
        var sums = await db.Invoices.Where(i => ids.Contains(i.RunId)).GroupBy(i => new { i.RunId, i.Currency })
            .Select(g => new { g.Key.RunId, g.Key.Currency, Count = g.Count(), Net = g.Sum(i => i.SubtotalMinor),
                Tax = g.Sum(i => i.TaxMinor) })
            .ToListAsync(cancel);
        var totals = sums.OrderBy(s => s.Currency.Code, StringComparer.Ordinal).ToLookup(
            s => s.RunId,
            s => new RunTotal(s.Count, Money.OfMinor(s.Net, s.Currency), Money.OfMinor(s.Tax, s.Currency),
                Money.OfMinor(s.Net + s.Tax, s.Currency)));
        return [.. runs.Select(r => new RunRow(r.Id, r.Number, r.Through, r.StartedBy.Name, r.StartedAt, counts[r.Id],
            [.. totals[r.Id.Value]]))];
    }

    private static async Task<Dictionary<BillingRunId, RunCounts>> Counts(BackOfficeDb db, List<BillingRun> runs, CancellationToken cancel)
    {
        var ids = runs.Select(r => r.Id).ToList();
        var found = await db.RunItems.Where(i => ids.Contains(i.RunId)).GroupBy(i => new { i.RunId, i.Status })
            .Select(g => new { g.Key.RunId, g.Key.Status, Count = g.Count() }).ToListAsync(cancel);
        return runs.ToDictionary(r => r.Id, r =>
        {
            var mine = found.Where(f => f.RunId == r.Id).ToDictionary(f => f.Status, f => f.Count);
            return new RunCounts(
                mine.Values.Sum(), mine.GetValueOrDefault(RunItemStatus.Waiting), mine.GetValueOrDefault(RunItemStatus.Parked),
                mine.GetValueOrDefault(RunItemStatus.NothingDue), r.FinishedAt is not null);
        });
    }

    private static async Task<IReadOnlyList<RunItemRow>> Items(BackOfficeDb db, BillingRun run, Guid? viewer, CancellationToken cancel)
    {
        var invoices = (await db.Invoices.Where(i => i.RunId == run.Id.Value).OrderBy(i => i.PeriodStart).ThenBy(i => i.Id)
            .Select(i => new
            {
                i.Id, i.CustomerId, i.Number, i.Buyer, i.PeriodStart, i.PeriodEnd, i.Status, i.TotalMinor, i.Currency,
                Revision = EF.Property<int>(i, "Revision"), Preparers = EF.Property<List<Guid>>(i, "_preparers"),
            }).ToListAsync(cancel)).ToLookup(i => i.CustomerId, i => new RunInvoice(
                i.Id, i.Revision, i.Number, i.Buyer.Name, new Period(i.PeriodStart, i.PeriodEnd), i.Status,
                Money.OfMinor(i.TotalMinor, i.Currency), viewer is { } me && i.Preparers.Contains(me)));
        var items = await db.RunItems.AsNoTracking().Where(i => i.RunId == run.Id)
            .Join(db.Customers, i => i.CustomerId, c => c.Id, (i, c) => new { Item = i, c.Code, c.Name })
            .OrderBy(pair => pair.Code).ToListAsync(cancel);
        return [.. items.Select(p => new RunItemRow(
            p.Item.Id, p.Code, p.Name, p.Item.Status, p.Item.Reason, [.. invoices[p.Item.CustomerId]]))];
    }
}
