using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Data;
using BackOffice.Data.Mapping;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Catalog;

/// <summary>Brings a stored plan and its versions to what a file says, inside the caller's transaction.</summary>
internal sealed class PlanLoader(BackOfficeDb db, CatalogTally tally, Instant now)
{
    private IReadOnlyDictionary<string, MetricId> _metrics = new Dictionary<string, MetricId>();

    /// <exception cref="RuleBroken">The entry contradicts itself or what is stored.</exception>
    public async Task Load(PlanEntry entry, CancellationToken cancel)
    {
        _metrics = await db.Metrics.ToDictionaryAsync(m => m.Code, m => m.Id, cancel);
        var plan = await db.Plans.SingleOrDefaultAsync(p => p.Code == entry.Code, cancel);
        var isNew = plan is null;
        plan ??= Plan.Create(entry.Code, entry.Name, Currency.Of(entry.Currency), entry.Interval);
        CheckSame(plan, entry);
        var changed = await Earlier(plan, entry, isNew, cancel);
        changed |= await Newest(plan, entry, isNew, cancel);
        changed |= Retire(plan, entry.Retired);
        plan.Rename(entry.Name);
        if (isNew)
        {
            tally.Add(plan);
        }
        else
        {
            tally.Count(changed || db.Entry(plan).State == EntityState.Modified);
            db.Touch(plan);
        }
    }

    private static void CheckSame(Plan plan, PlanEntry entry)
    {
        if (plan.Currency.Code != entry.Currency)
        {
            throw new RuleBroken($"It is stored in {plan.Currency}, and the currency of a plan never changes. Use another code.");
        }

        if (plan.Interval != entry.Interval)
        {
            throw new RuleBroken("It is stored with another interval, and the interval of a plan never changes. Use another code.");
        }
    }

    // What is published already must be the same; what is missing follows in order.
    private async Task<bool> Earlier(Plan plan, PlanEntry entry, bool isNew, CancellationToken cancel)
    {
        var (earlier, changed) = (entry.EarlierVersions ?? [], false);
        if (earlier.Count > 0 && plan.Versions.Count > earlier.Count + 1)
        {
            throw new RuleBroken(
                $"The file ends with version {earlier.Count + 1}, and version {plan.Versions.Count} is stored. Export it again.");
        }

        for (var number = 1; number <= earlier.Count; number++)
        {
            var stored = isNew && number == 1 ? null : plan.Versions.SingleOrDefault(version => version.Number == number);
            if (stored is { IsPublished: true })
            {
                if (!Says(stored, earlier[number - 1], plan.Currency) || stored.EffectiveFrom != earlier[number - 1].EffectiveFrom)
                {
                    throw new RuleBroken($"Version {number} is stored with other terms, and a published version never changes.");
                }

                continue;
            }

            await Edit(plan, earlier[number - 1], cancel);
            plan.Publish(now, earlier[number - 1].EffectiveFrom);
            changed = true;
        }

        return changed;
    }

    private async Task<bool> Newest(Plan plan, PlanEntry entry, bool isNew, CancellationToken cancel)
    {
        var follows = entry.EarlierVersions is { Count: > 0 } earlier && plan.Versions.Count == earlier.Count;
        var same = !isNew && !follows && Says(plan.Versions[^1], entry.Newest, plan.Currency);
        if (!same)
        {
            await Edit(plan, entry.Newest, cancel);
        }

        var publish = entry.Publish && plan.Draft is not null;
        if (publish)
        {
            plan.Publish(now, entry.EffectiveFrom);
        }

        return !same || publish;
    }

    private bool Retire(Plan plan, bool? retired)
    {
        switch (retired)
        {
            case true when !plan.IsRetired:
                plan.Retire(now);
                return true;
            case false when plan.IsRetired:
                plan.OfferAgain();
                return true;
            default:
                return false;
        }
    }

    private async Task Edit(Plan plan, VersionEntry version, CancellationToken cancel)
    {
        plan.Edit(Money.Of(version.BaseFee, plan.Currency), Charges(version), version.Settings ?? PlanSettings.Plain);
        await KnownTaxes.Check(db, plan.Draft!, cancel);
    }

    private IReadOnlyList<Charge> Charges(VersionEntry version) =>
    [
        .. version.Charges.Select(c => Charge.Of(
            c.Name,
            _metrics.TryGetValue(c.Metric, out var id) ? id : throw new RuleBroken($"There is no metric with the code \"{c.Metric}\"."),
            c.Price, c.Settings)),
    ];

    private bool Says(PlanVersion version, VersionEntry entry, Currency currency)
    {
        var charges = Charges(entry);
        return version.BaseFee == Money.Of(entry.BaseFee, currency)
            && version.Charges.Select(c => (c.Name, c.MetricId, c.Price)).SequenceEqual(charges.Select(c => (c.Name, c.MetricId, c.Price)))
            && version.Charges.Zip(charges).All(pair => CatalogText.Same(pair.First.Settings, pair.Second.Settings))
            && CatalogText.Same(version.Settings, entry.Settings ?? PlanSettings.Plain);
    }
}
