using BackOffice.Core.Common;
using BackOffice.Data;
using BackOffice.Data.Usage;
using BackOffice.Web.Features.Usage.Files;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Features.Usage.Events;

/// <summary>Finds out what an event means that names a metric and a quantity, as the rows of a long file do.</summary>
internal static class EventMetrics
{
    public static async Task Resolve(IDbContextFactory<BackOfficeDb> dbs, SentEvents sent, CancellationToken cancel)
    {
        if (sent.Unresolved.Count == 0)
        {
            return;
        }

        await using var db = await dbs.CreateDbContextAsync(cancel);
        var targets = (await db.Metrics.AsNoTracking().ToListAsync(cancel)).Select(MetricTarget.Of)
            .ToDictionary(target => target.Code, StringComparer.Ordinal);
        foreach (var open in sent.Unresolved)
        {
            sent.Resolve(open.Index, Resolve((UsageRow)sent.Items[open.Index], open, targets));
        }

        sent.Unresolved.Clear();
    }

    private static UsageFileLine Resolve(UsageRow row, ByMetric open, Dictionary<string, MetricTarget> targets)
    {
        if (!targets.TryGetValue(open.Metric, out var target))
        {
            return Error(row, EventDraft.Metric, open.Metric, MetricRows.Unknown(open.Metric, targets.Keys));
        }

        if (target.Property is null)
        {
            return open.Quantity.Number == 1
                ? row with { EventName = target.EventName }
                : Error(row, EventDraft.Quantity, $"{open.Quantity.Number}", MetricRows.CountsRows(target));
        }

        return Array.Exists(row.Properties, property => property.Name == target.Property)
            ? Error(row, EventDraft.Quantity, null, new TextFault(
                "duplicate_field", $"The property {target.Property} is what the quantity fills. Remove one of them."))
            : row with { EventName = target.EventName, Properties = [.. row.Properties, open.Quantity with { Name = target.Property }] };
    }

    private static RowError Error(UsageRow row, string field, string? value, TextFault fault) =>
        new(row.Line, field, value is null ? null : CellText.Show(value), fault.Code, fault.Message);
}
