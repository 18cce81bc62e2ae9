using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Pricing;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Data.Mapping;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Catalog;

/// <summary>A usage charge as it is typed in: which metric, at what price.</summary>
/// <param name="Settings">How it is billed beside its price; null for nothing special.</param>
public sealed record ChargeInput(string Name, string MetricCode, Price Price, ChargeSettings? Settings = null);

/// <summary>A plan as it is typed in. Saving it changes the draft only, never what is published.</summary>
/// <param name="BaseFee">For a whole period, in major units of the currency.</param>
public sealed record PlanInput(string Code, string Name, string Currency, decimal BaseFee, IReadOnlyList<ChargeInput> Charges)
{
    /// <summary>Read for a new plan only: the interval of a plan never changes.</summary>
    public BillingInterval Interval { get; init; } = BillingInterval.Monthly;

    public PlanSettings Settings { get; init; } = PlanSettings.Plain;
}

/// <summary>Makes a plan, or edits the draft of one; a published plan gets a new draft version.</summary>
public sealed class SavePlan(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <param name="id">The plan to edit; null to make a new one.</param>
    /// <param name="seen">The revision that was shown for editing; null when a script overwrites what is there.</param>
    /// <exception cref="RuleBroken">A field is wrong, the code is taken, or a metric is unknown or charged twice.</exception>
    public async Task<PlanId> Run(PlanId? id, PlanInput input, int? seen = null, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.EditCatalog, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var plan = id is null ? await Create(db, input, cancel) : await db.Plans.SingleAsync(p => p.Id == id, cancel);
        plan.Rename(input.Name);
        plan.Edit(Money.Of(input.BaseFee, plan.Currency), await Charges(db, input.Charges, cancel), input.Settings);
        await KnownTaxes.Check(db, plan.Draft!, cancel);
        if (id is not null)
        {
            db.Touch(plan);
        }

        if (seen is { } revision && id is not null)
        {
            db.Expect(plan, revision);
        }

        db.Record(actor.AsPerson(), clock.GetCurrentInstant(), id is null ? "Created" : "Edited", "Plan", plan.Id.Value,
            $"{plan.Code}, draft of version {plan.Draft!.Number}");
        await db.SaveChangesAsync(cancel);
        return plan.Id;
    }

    private static async Task<Plan> Create(BackOfficeDb db, PlanInput input, CancellationToken cancel)
    {
        var plan = Plan.Create(input.Code, input.Name, Currency.Of(input.Currency), input.Interval);
        if (await db.Plans.AnyAsync(p => p.Code == plan.Code, cancel))
        {
            throw new RuleBroken($"There is a plan with the code {plan.Code} already. Choose another code.");
        }

        return db.Plans.Add(plan).Entity;
    }

    /// <exception cref="RuleBroken">A metric is unknown, or a charge has no name.</exception>
    internal static async Task<IReadOnlyList<Charge>> Charges(BackOfficeDb db, IReadOnlyList<ChargeInput> inputs, CancellationToken cancel)
    {
        var metrics = await db.Metrics.ToDictionaryAsync(m => m.Code, m => m.Id, cancel);
        return [.. inputs.Select(input => Charge.Of(
            input.Name,
            metrics.TryGetValue(input.MetricCode, out var metric)
                ? metric
                : throw new RuleBroken($"There is no metric with the code \"{input.MetricCode}\". Create it first."),
            input.Price,
            input.Settings))];
    }
}
