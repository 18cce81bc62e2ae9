using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Catalog;

/// <summary>What finance types in about a metric; see <see cref="Metric"/> for what the fields mean.</summary>
public sealed record MetricInput(
    string Code, string Name, Aggregation Aggregation, string? Property, string Unit, string? EventName = null, Measuring? How = null);

/// <summary>Defines something to measure.</summary>
public sealed class CreateMetric(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <exception cref="RuleBroken">A field is wrong, or the code is taken.</exception>
    public async Task<MetricId> Run(MetricInput input, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.EditCatalog, cancel);
        var metric = Metric.Create(input.Code, input.Name, input.Aggregation, input.Property, input.Unit, input.EventName, input.How);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        if (await db.Metrics.AnyAsync(m => m.Code == metric.Code, cancel))
        {
            throw new RuleBroken($"There is a metric with the code {metric.Code} already. Choose another code.");
        }

        db.Metrics.Add(metric);
        db.Record(actor.AsPerson(), clock.GetCurrentInstant(), "Created", "Metric", metric.Id.Value, metric.Code);
        await db.SaveChangesAsync(cancel);
        return metric.Id;
    }
}
