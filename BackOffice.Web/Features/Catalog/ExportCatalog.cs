using BackOffice.Core.Catalog;
using BackOffice.Core.Coupons;
using BackOffice.Core.Customers;
using BackOffice.Core.Taxes;
using BackOffice.Data;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Features.Catalog;

/// <summary>Writes the catalogue as the file that <see cref="ImportCatalog"/> reads: loading it again changes nothing.</summary>
public sealed class ExportCatalog(IDbContextFactory<BackOfficeDb> dbs, Gate gate)
{
    /// <returns>Everything, sorted by code, in the order of time where things have none.</returns>
    public async Task<CatalogFile> Run(CancellationToken cancel = default)
    {
        await gate.Require(Permission.EditCatalog, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        // What names others is read before them: whatever is added meanwhile is then found, and nothing is ever deleted.
        var wallets = await db.Wallets.AsNoTracking().IgnoreAutoIncludes().Where(w => w.TerminatedAt == null).ToListAsync(cancel);
        var given = await db.AppliedCoupons.AsNoTracking().Where(a => a.Status == AppliedCouponStatus.Active).ToListAsync(cancel);
        var subscriptions = await db.Subscriptions.AsNoTracking().ToListAsync(cancel);
        var coupons = await db.Coupons.AsNoTracking().ToDictionaryAsync(coupon => coupon.Id, cancel);
        var customers = await db.Customers.AsNoTracking().ToDictionaryAsync(customer => customer.Id, cancel);
        var plans = await db.Plans.AsNoTracking().ToListAsync(cancel);
        var metrics = await db.Metrics.AsNoTracking().ToListAsync(cancel);
        var (codes, planCodes) = (metrics.ToDictionary(m => m.Id, m => m.Code), plans.ToDictionary(p => p.Id, p => p.Code));
        return new CatalogFile
        {
            Company = await db.Companies.AsNoTracking().SingleOrDefaultAsync(cancel) is { } company ? EntryOf(company) : null,
            TaxRates = Sorted((await db.TaxRates.AsNoTracking().ToListAsync(cancel)).Select(EntryOf), entry => entry.Code),
            Metrics = Sorted(metrics.Select(MetricEntry.Of), entry => entry.Code),
            Plans = Sorted(plans.Select(plan => PlanEntry.Of(plan, codes)), entry => entry.Code),
            Coupons = Sorted(coupons.Values.Select(CouponEntry.Of), entry => entry.Code),
            Customers = Sorted(customers.Values.Select(EntryOf), entry => entry.Code),
            Subscriptions = Sorted(
                subscriptions.Select(s => SubscriptionEntry.Of(
                    s, customers[s.CustomerId].Code, customers[s.CustomerId].Zone, planCodes, codes)),
                entry => entry.Code),
            CustomerCoupons = Sorted(
                given.OrderBy(a => a.AppliedAt).ThenBy(a => a.Id.Value)
                    .Select(a => CustomerCouponEntry.Of(a, customers[a.CustomerId].Code, coupons[a.CouponId].Code)),
                entry => entry.Customer),
            Wallets = Sorted(
                wallets.Select(wallet => CustomerWalletEntry.Of(wallet, customers[wallet.CustomerId].Code)),
                entry => $"{entry.Customer} {entry.Code}"),
        };
    }

    // By the characters' numbers, as no database sorts: so both write the same file.
    private static IReadOnlyList<T> Sorted<T>(IEnumerable<T> entries, Func<T, string> codeOf) =>
        [.. entries.OrderBy(codeOf, StringComparer.Ordinal)];

    private static TaxRateEntry EntryOf(TaxRate rate) => new(
        rate.Code, rate.Name, rate.Country,
        [.. rate.Percentages.Select(percentage => new PercentageEntry(percentage.ValidFrom, CatalogText.Plain(percentage.Percent)))]);

    private static CompanyEntry EntryOf(Company company) => new(
        company.Name, company.Address, company.Currency.Code, company.ZoneId, company.NumberFormat.ToString(), company.PaymentDays,
        company.TaxNumber, company.Email, company.Iban, company.Bic);

    private static CustomerEntry EntryOf(Customer customer) => new(
        customer.Code, customer.Name, customer.Address, customer.ZoneId, customer.Email, customer.TaxNumber, customer.TaxCode,
        customer.TaxNote, customer.PaymentDays);
}
