using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Data.Mapping;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Catalog;

/// <summary>Changes what people read of a metric. How it measures never changes.</summary>
public sealed class RenameMetric(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <param name="seen">The revision that was shown.</param>
    /// <exception cref="RuleBroken">The name or the unit is missing or too long.</exception>
    public async Task Run(MetricId id, string? name, string? unit, int seen, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.EditCatalog, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var metric = await db.Metrics.SingleAsync(m => m.Id == id, cancel);
        db.Touch(metric);
        db.Expect(metric, seen);
        metric.Rename(name ?? "", unit ?? "");
        db.Record(actor.AsPerson(), clock.GetCurrentInstant(), "Renamed", "Metric", metric.Id.Value, $"{metric.Code}: {metric.Name}");
        await db.SaveChangesAsync(cancel);
    }
}
