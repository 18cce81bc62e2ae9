using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Pricing;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Mapping;
using BackOffice.Web.Features.Settings;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Catalog;

/// <summary>A metric as lists show it.</summary>
/// <param name="Plans">How many plans charge it, in any version.</param>
public sealed record MetricRow(
    MetricId Id, string Code, string Name, Aggregation Aggregation, string? Property, string? EventName, string Unit, int Plans)
{
    public bool Recurring { get; init; }

    public string? Expression { get; init; }

    /// <summary>How it is measured, such as "Sum of ContextTokens over every event".</summary>
    public string InWords => Words(Aggregation, Property ?? Expression, EventName);

    public static string Words(Aggregation aggregation, string? property, string? eventName)
    {
        var events = string.IsNullOrWhiteSpace(eventName) ? "events" : $"\"{eventName.Trim()}\" events";
        var value = string.IsNullOrWhiteSpace(property) ? "…" : property.Trim();
        return aggregation switch
        {
            Aggregation.Count => $"Number of {events}",
            Aggregation.Sum => $"Sum of {value} over all {events}",
            Aggregation.Max => $"Largest {value} of all {events}",
            Aggregation.Latest => $"Last {value} of all {events}",
            Aggregation.UniqueCount => $"Number of different {value} in all {events}",
            _ => $"Average level of {value} over time, from all {events}",
        };
    }
}

/// <summary>A plan in a list: the figures of what is published, else of the draft.</summary>
/// <param name="Published">The version new subscriptions get; null while there is none.</param>
/// <param name="Draft">The version being edited; null when there is none.</param>
/// <param name="Subscriptions">How many have not ended.</param>
public sealed record PlanRow(
    PlanId Id, string Code, string Name, Currency Currency, Money BaseFee, int Charges, int? Published, int? Draft, int Subscriptions)
{
    public BillingInterval Interval { get; init; } = BillingInterval.Monthly;

    /// <summary>Nobody new can subscribe to it.</summary>
    public bool IsRetired { get; init; }
}

/// <summary>A plan with all its versions.</summary>
/// <param name="Versions">The newest first.</param>
/// <param name="Revision">What the reader saw, for <see cref="PublishPlan"/> and <see cref="SavePlan"/>.</param>
public sealed record PlanView(PlanId Id, string Code, string Name, Currency Currency, IReadOnlyList<PlanVersionView> Versions, int Revision)
{
    public BillingInterval Interval { get; init; } = BillingInterval.Monthly;

    /// <summary>Since which day of the company nobody new can subscribe to it; null while it is offered.</summary>
    public LocalDate? RetiredOn { get; init; }

    public PlanVersionView? Draft => Versions.FirstOrDefault(version => version.PublishedAt is null);

    public PlanVersionView? Latest => Versions.FirstOrDefault(version => version.PublishedAt is not null);
}

/// <summary>The prices of a plan at one time.</summary>
/// <param name="Subscriptions">How many were started with it, ended ones too.</param>
public sealed record PlanVersionView(int Number, Instant? PublishedAt, Money BaseFee, IReadOnlyList<ChargeView> Charges, int Subscriptions)
{
    public PlanSettings Settings { get; init; } = PlanSettings.Plain;

    /// <summary>The first day on which new subscriptions get it; null for its publication.</summary>
    public LocalDate? EffectiveFrom { get; init; }
}

/// <summary>A metric at a price.</summary>
public sealed record ChargeView(string Name, string MetricCode, string MetricName, string Unit, Price Price)
{
    public ChargeSettings Settings { get; init; } = ChargeSettings.Plain;

    public Aggregation Aggregation { get; init; } = Aggregation.Sum;
}

/// <summary>A metric on its page.</summary>
/// <param name="Revision">What the reader saw, for <see cref="RenameMetric"/>.</param>
public sealed record MetricView(Metric Metric, IReadOnlyList<MetricUse> Uses, int Revision);

/// <summary>A plan that charges a metric, and in which versions.</summary>
public sealed record MetricUse(PlanId Plan, string Name, IReadOnlyList<int> Versions);

/// <summary>Reads metrics and plans.</summary>
public sealed class CatalogQueries(IDbContextFactory<BackOfficeDb> dbs, IClock clock)
{
    public async Task<IReadOnlyList<MetricRow>> Metrics(CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var metrics = await db.Metrics.AsNoTracking().OrderBy(m => m.Name).ThenBy(m => m.Code).ToListAsync(cancel);
        var plans = await db.Plans.AsNoTracking().ToListAsync(cancel);
        var used = plans.SelectMany(plan => plan.Versions.SelectMany(v => v.Charges).Select(c => c.MetricId).Distinct())
            .CountBy(id => id).ToDictionary();
        return
        [
            .. metrics.Select(m => new MetricRow(
                m.Id, m.Code, m.Name, m.Aggregation, m.Property, m.EventName, m.Unit, used.GetValueOrDefault(m.Id))
            {
                Recurring = m.Recurring,
                Expression = m.Expression?.Text,
            }),
        ];
    }

    public async Task<IReadOnlyList<PlanRow>> Plans(CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var today = await db.Today(clock, cancel);
        var plans = await db.Plans.AsNoTracking().OrderBy(p => p.Name).ThenBy(p => p.Code).ToListAsync(cancel);
        var used = await db.Subscriptions.Where(s => s.EndsOn == null || s.EndsOn >= today).GroupBy(s => s.PlanId)
            .Select(group => new { Plan = group.Key, Count = group.Count() }).ToDictionaryAsync(g => g.Plan, g => g.Count, cancel);
        return [.. plans.Select(plan => Row(plan, used.GetValueOrDefault(plan.Id)))];
    }

    /// <summary>The plans one can subscribe to.</summary>
    public async Task<IReadOnlyList<PlanRow>> Published(CancellationToken cancel = default) =>
        [.. (await Plans(cancel)).Where(plan => plan is { Published: not null, IsRetired: false })];

    /// <summary>Null when there is no such plan.</summary>
    public async Task<PlanView?> Plan(PlanId id, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        // Tracked, because the revision lives in the tracker only.
        var plan = await db.Plans.SingleOrDefaultAsync(p => p.Id == id, cancel);
        if (plan is null)
        {
            return null;
        }

        var metrics = await db.Metrics.AsNoTracking().ToDictionaryAsync(m => m.Id, cancel);
        var used = await db.Subscriptions.Where(s => s.PlanId == id).GroupBy(s => s.PlanVersion)
            .Select(group => new { Version = group.Key, Count = group.Count() }).ToDictionaryAsync(g => g.Version, g => g.Count, cancel);
        var versions = plan.Versions.Reverse().Select(v => new PlanVersionView(
            v.Number, v.PublishedAt, v.BaseFee,
            [.. v.Charges.Select(c => View(c, metrics[c.MetricId]))],
            used.GetValueOrDefault(v.Number))
        {
            Settings = v.Settings,
            EffectiveFrom = v.EffectiveFrom,
        });
        return new PlanView(plan.Id, plan.Code, plan.Name, plan.Currency, [.. versions], db.RevisionOf(plan))
        {
            Interval = plan.Interval,
            RetiredOn = plan.RetiredAt is { } at ? await db.Day(at, cancel) : null,
        };
    }

    /// <summary>A metric and the plans that charge it; null when there is no such metric.</summary>
    public async Task<MetricView?> Metric(MetricId id, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        if (await db.Metrics.SingleOrDefaultAsync(m => m.Id == id, cancel) is not { } metric)
        {
            return null;
        }

        var plans = await db.Plans.AsNoTracking().OrderBy(p => p.Name).ToListAsync(cancel);
        var uses = plans
            .Select(plan => new MetricUse(plan.Id, plan.Name, [.. plan.Versions.Where(Charges).Select(v => v.Number)]))
            .Where(use => use.Versions.Count > 0);
        return new MetricView(metric, [.. uses], db.RevisionOf(metric));

        bool Charges(PlanVersion version) => version.Charges.Any(charge => charge.MetricId == id);
    }

    private static PlanRow Row(Plan plan, int subscriptions)
    {
        var shown = plan.Latest ?? plan.Draft!;
        return new PlanRow(
            plan.Id, plan.Code, plan.Name, plan.Currency, shown.BaseFee, shown.Charges.Count,
            plan.Latest?.Number, plan.Draft?.Number, subscriptions) { Interval = plan.Interval, IsRetired = plan.IsRetired };
    }

    private static ChargeView View(Charge charge, Metric metric) => new(charge.Name, metric.Code, metric.Name, metric.Unit, charge.Price)
    {
        Settings = charge.Settings,
        Aggregation = metric.Aggregation,
    };
}
