using System.Runtime.CompilerServices;
using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Taxes;
using BackOffice.Data;
using BackOffice.Data.Mapping;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Catalog;

/// <summary>Brings the stored catalogue to what a file says, inside the caller's transaction.</summary>
internal sealed class CatalogLoader(BackOfficeDb db, Instant now)
{
    private int _created;
    private int _changed;
    private int _unchanged;

    public async Task<CatalogReport> Load(CatalogFile file, CancellationToken cancel)
    {
        // Each section is saved before the next, which looks its entries up.
        await Section<CompanyEntry>(file.Company is null ? [] : [file.Company], _ => "company", LoadCompany, cancel);
        await Section(file.TaxRates, entry => entry.Code, LoadTaxRate, cancel);
        await Section(file.Metrics, entry => entry.Code, LoadMetric, cancel);
        await Section(file.Plans, entry => entry.Code, LoadPlan, cancel);
        await Section(file.Customers, entry => entry.Code, LoadCustomer, cancel);
        await Section(file.Subscriptions, entry => entry.Code, LoadSubscription, cancel);
        return new CatalogReport(_created, _changed, _unchanged);
    }

    private async Task Section<T>(
        IReadOnlyList<T> entries,
        Func<T, string> nameOf,
        Func<T, CancellationToken, Task> load,
        CancellationToken cancel,
        [CallerArgumentExpression(nameof(entries))] string section = ""
    )
    {
        foreach (var entry in entries)
        {
            try
            {
                await load(entry, cancel);
            }
            catch (RuleBroken refused)
            {
                throw new RuleBroken($"{section.Split('.')[1].Split(' ')[0]}, entry \"{nameOf(entry)}\": {refused.Message}");
            }
        }

        await db.SaveChangesAsync(cancel);
    }

    private async Task LoadCompany(CompanyEntry entry, CancellationToken cancel)
    {
        if (await db.Companies.SingleOrDefaultAsync(cancel) is { } company)
        {
            company.Change(entry.Details());
            Count(company);
        }
        else
        {
            Add(Company.Create(entry.Details()));
        }
    }

    private async Task LoadTaxRate(TaxRateEntry entry, CancellationToken cancel)
    {
        var dated = entry.Percentages.OrderBy(p => p.From).ToList();
        if (dated.Count == 0)
        {
            throw new RuleBroken("A tax needs at least one percentage.");
        }

        var rate = await db.TaxRates.SingleOrDefaultAsync(r => r.Code == entry.Code, cancel);
        if (rate is null)
        {
            rate = TaxRate.Create(entry.Code, entry.Name, entry.Country, dated[0].Percent, dated[0].From);
            Add(rate);
        }
        else
        {
            Count(dated[^1].From > rate.Percentages[^1].ValidFrom);
        }

        foreach (var later in dated.Where(p => p.From > rate.Percentages[^1].ValidFrom).ToList())
        {
            rate.ChangeFrom(later.From, later.Percent);
        }

        if (dated.FirstOrDefault(p => p.From >= rate.Percentages[0].ValidFrom && rate.PercentOn(p.From) != p.Percent) is { } other)
        {
            throw new RuleBroken($"On {other.From:uuuu-MM-dd} it is {rate.PercentOn(other.From)} %, and a percentage never changes.");
        }
    }

    private async Task LoadMetric(MetricEntry entry, CancellationToken cancel)
    {
        var wanted = entry.ToMetric();
        var metric = await db.Metrics.SingleOrDefaultAsync(m => m.Code == wanted.Code, cancel);
        if (metric is null)
        {
            Add(wanted);
            return;
        }

        if (!metric.MeasuresLike(wanted))
        {
            throw new RuleBroken("It is stored with another way of measuring, which never changes. Use another code.");
        }

        metric.Rename(entry.Name, entry.Unit);
        Count(metric);
    }

    private async Task LoadPlan(PlanEntry entry, CancellationToken cancel)
    {
        var plan = await db.Plans.SingleOrDefaultAsync(p => p.Code == entry.Code, cancel);
        var isNew = plan is null;
        plan ??= Plan.Create(entry.Code, entry.Name, Currency.Of(entry.Currency), entry.Interval);
        if (plan.Currency.Code != entry.Currency)
        {
            throw new RuleBroken($"It is stored in {plan.Currency}, and the currency of a plan never changes. Use another code.");
        }

        if (plan.Interval != entry.Interval)
        {
            throw new RuleBroken("It is stored with another interval, and the interval of a plan never changes. Use another code.");
        }

        var charges = await Charges(entry, cancel);
        var fee = Money.Of(entry.BaseFee, plan.Currency);
        var settings = entry.Settings ?? PlanSettings.Plain;
        var same = !isNew && Same(plan.Versions[^1], fee, charges, settings);
        if (!same)
        {
            plan.Edit(fee, charges, settings);
            await KnownTaxes.Check(db, plan.Draft!, cancel);
        }

        var publish = entry.Publish && plan.Draft is not null;
        if (publish)
        {
            plan.Publish(now, entry.EffectiveFrom);
        }

        plan.Rename(entry.Name);
        if (isNew)
        {
            Add(plan);
        }
        else
        {
            Count(!same || publish);
            db.Touch(plan);
        }
    }

    private async Task<IReadOnlyList<Charge>> Charges(PlanEntry entry, CancellationToken cancel)
    {
        var metrics = await db.Metrics.ToDictionaryAsync(m => m.Code, m => m.Id, cancel);
        return
        [
            .. entry.Charges.Select(c => Charge.Of(
                c.Name,
                metrics.TryGetValue(c.Metric, out var id) ? id : throw new RuleBroken($"There is no metric with the code \"{c.Metric}\"."),
                c.Price, c.Settings)),
        ];
    }

    private static bool Same(PlanVersion version, Money fee, IReadOnlyList<Charge> charges, PlanSettings settings) =>
        version.BaseFee == fee
        && version.Charges.Select(c => (c.Name, c.MetricId, c.Price)).SequenceEqual(charges.Select(c => (c.Name, c.MetricId, c.Price)))
        && version.Charges.Zip(charges).All(pair => CatalogText.Same(pair.First.Settings, pair.Second.Settings))
        && CatalogText.Same(version.Settings, settings);

    private async Task LoadCustomer(CustomerEntry entry, CancellationToken cancel)
    {
        if (entry.TaxCode is { } tax && !await db.TaxRates.AnyAsync(r => r.Code == tax, cancel))
        {
            throw new RuleBroken($"There is no tax rate with the code \"{tax}\".");
        }

        var customer = await db.Customers.SingleOrDefaultAsync(c => c.Code == entry.Code, cancel);
        if (customer is null)
        {
            Add(Customer.Create(entry.Details()));
            return;
        }

        if (customer.ZoneId != entry.Zone)
        {
            throw new RuleBroken(
                $"It is stored in the time zone {customer.ZoneId}. Change the zone in the browser, before the first bill."
            );
        }

        customer.Change(entry.Details());
        Count(customer);
    }

    private async Task LoadSubscription(SubscriptionEntry entry, CancellationToken cancel)
    {
        var customer =
            await db.Customers.SingleOrDefaultAsync(c => c.Code == entry.Customer, cancel)
            ?? throw new RuleBroken($"There is no customer with the code \"{entry.Customer}\".");
        var plan =
            await db.Plans.SingleOrDefaultAsync(p => p.Code == entry.Plan, cancel)
            ?? throw new RuleBroken($"There is no plan with the code \"{entry.Plan}\".");
        var subscription = await db.Subscriptions.SingleOrDefaultAsync(s => s.Code == entry.Code, cancel);
        if (subscription is null)
        {
            Add(Subscription.Start(entry.Code, customer.Id, plan, entry.StartsOn));
            return;
        }

        if ((subscription.CustomerId, subscription.PlanId, subscription.StartsOn) != (customer.Id, plan.Id, entry.StartsOn))
        {
            throw new RuleBroken("It is stored with another customer, plan or start. Use another code.");
        }

        Count(false);
    }

    private void Add<T>(T entity)
        where T : class
    {
        db.Add(entity);
        _created++;
    }

    private void Count<T>(T entity)
        where T : class => Count(db.Entry(entity).State == EntityState.Modified);

    private void Count(bool changed)
    {
        if (changed)
        {
            _changed++;
        }
        else
        {
            _unchanged++;
        }
    }
}
