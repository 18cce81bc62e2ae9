using BackOffice.Core.Catalog;
using BackOffice.Core.Customers;
using BackOffice.Core.Taxes;
using BackOffice.Data;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Features.Catalog;

/// <summary>Writes the catalogue as the file that <see cref="ImportCatalog"/> reads: loading it again changes nothing.</summary>
public sealed class ExportCatalog(IDbContextFactory<BackOfficeDb> dbs, Gate gate)
{
    /// <returns>Everything, sorted by code. A plan has the prices of its newest version and says whether that is published.</returns>
    public async Task<CatalogFile> Run(CancellationToken cancel = default)
    {
        await gate.Require(Permission.EditCatalog, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var metrics = await db.Metrics.AsNoTracking().OrderBy(metric => metric.Code).ToListAsync(cancel);
        var plans = await db.Plans.AsNoTracking().OrderBy(plan => plan.Code).ToListAsync(cancel);
        var customers = await db.Customers.AsNoTracking().OrderBy(customer => customer.Code).ToListAsync(cancel);
        var subscriptions = await db.Subscriptions.AsNoTracking().OrderBy(subscription => subscription.Code).ToListAsync(cancel);
        var codes = metrics.ToDictionary(metric => metric.Id, metric => metric.Code);
        return new CatalogFile
        {
            Company = await db.Companies.AsNoTracking().SingleOrDefaultAsync(cancel) is { } company ? EntryOf(company) : null,
            TaxRates = [.. (await db.TaxRates.AsNoTracking().OrderBy(rate => rate.Code).ToListAsync(cancel)).Select(EntryOf)],
            Metrics = [.. metrics.Select(MetricEntry.Of)],
            Plans = [.. plans.Select(plan => PlanEntry.Of(plan, codes))],
            Customers = [.. customers.Select(EntryOf)],
            Subscriptions =
            [
                .. subscriptions.Select(subscription => new SubscriptionEntry(
                    subscription.Code,
                    customers.Single(customer => customer.Id == subscription.CustomerId).Code,
                    plans.Single(plan => plan.Id == subscription.PlanId).Code,
                    subscription.StartsOn)),
            ],
        };
    }

    private static TaxRateEntry EntryOf(TaxRate rate) => new(
        rate.Code, rate.Name, rate.Country,
        [.. rate.Percentages.Select(percentage => new PercentageEntry(percentage.ValidFrom, percentage.Percent))]);

    private static CompanyEntry EntryOf(Company company) => new(
        company.Name, company.Address, company.Currency.Code, company.ZoneId, company.NumberFormat.ToString(), company.PaymentDays,
        company.TaxNumber, company.Email, company.Iban, company.Bic);

    private static CustomerEntry EntryOf(Customer customer) => new(
        customer.Code, customer.Name, customer.Address, customer.ZoneId, customer.Email, customer.TaxNumber, customer.TaxCode,
        customer.TaxNote, customer.PaymentDays);
}
