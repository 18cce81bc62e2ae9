using System.Runtime.CompilerServices;
using BackOffice.Core.Common;
using BackOffice.Core.Coupons;
using BackOffice.Core.Customers;
using BackOffice.Core.Taxes;
using BackOffice.Core.Wallets;
using BackOffice.Data;
using BackOffice.Web.Features.Coupons;
using BackOffice.Web.Features.Wallets;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Catalog;

/// <summary>Brings the stored catalogue to what a file says, inside the caller's transaction.</summary>
internal sealed class CatalogLoader(BackOfficeDb db, Instant now)
{
    private readonly CatalogTally _tally = new(db);

    public async Task<CatalogReport> Load(CatalogFile file, CancellationToken cancel)
    {
        // Each section is saved before the next, which looks its entries up.
        await Section<CompanyEntry>(file.Company is null ? [] : [file.Company], _ => "company", LoadCompany, cancel);
        await Section(file.TaxRates, entry => entry.Code, LoadTaxRate, cancel);
        await Section(file.Metrics, entry => entry.Code, LoadMetric, cancel);
        await Section(file.Plans, entry => entry.Code, new PlanLoader(db, _tally, now).Load, cancel);
        await Section(file.Coupons, entry => entry.Code, LoadCoupon, cancel);
        await Section(file.Customers, entry => entry.Code, LoadCustomer, cancel);
        await Section(file.Subscriptions, entry => entry.Code, new SubscriptionLoader(db, _tally, file).Load, cancel);
        await Section(file.CustomerCoupons, entry => $"{entry.Coupon} of {entry.Customer}", LoadCustomerCoupon, cancel);
        await Section(file.Wallets, entry => $"{entry.Code} of {entry.Customer}", LoadWallet, cancel);
        return _tally.Report;
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
            _tally.Count(company);
        }
        else
        {
            _tally.Add(Company.Create(entry.Details()));
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
            _tally.Add(rate);
        }
        else
        {
            _tally.Count(dated[^1].From > rate.Percentages[^1].ValidFrom);
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
            _tally.Add(wanted);
            return;
        }

        if (!metric.MeasuresLike(wanted))
        {
            throw new RuleBroken("It is stored with another way of measuring, which never changes. Use another code.");
        }

        metric.Rename(entry.Name, entry.Unit);
        _tally.Count(metric);
    }

    private async Task LoadCustomer(CustomerEntry entry, CancellationToken cancel)
    {
        if (entry.TaxCode is { } tax && !await db.TaxRates.AnyAsync(r => r.Code == tax, cancel))
        {
            throw new RuleBroken($"There is no tax rate with the code \"{tax}\".");
        }

        var customer = await db.Customers.SingleOrDefaultAsync(c => c.Code == entry.Code, cancel);
        if (customer is null)
        {
            _tally.Add(Customer.Create(entry.Details()));
            return;
        }

        if (customer.ZoneId != entry.Zone)
        {
            throw new RuleBroken(
                $"It is stored in the time zone {customer.ZoneId}. Change the zone in the browser, before the first bill."
            );
        }

        customer.Change(entry.Details());
        _tally.Count(customer);
    }

    private async Task LoadCoupon(CouponEntry entry, CancellationToken cancel)
    {
        var terms = entry.Terms.ToTerms();
        await SaveCoupon.CheckScope(db, terms.Scope, cancel);
        var coupon = await db.Coupons.SingleOrDefaultAsync(c => c.Code == entry.Code, cancel);
        if (coupon is null)
        {
            coupon = Coupon.Create(entry.Code, entry.Name, terms, entry.ExpiresOn, entry.Reusable);
            _tally.Add(coupon);
        }
        else
        {
            var known = CouponEntry.Of(coupon);
            coupon.Edit(entry.Name, terms, entry.ExpiresOn, entry.Reusable);
            _tally.Count(known.Withdrawn != entry.Withdrawn || !CatalogText.Same(known, CouponEntry.Of(coupon)));
        }

        if (coupon.WithdrawnAt is null && entry.Withdrawn)
        {
            coupon.Withdraw(now);
        }
        else if (coupon.WithdrawnAt is not null && !entry.Withdrawn)
        {
            throw new RuleBroken("It was withdrawn, which cannot be taken back. Use another code.");
        }
    }

    private async Task LoadCustomerCoupon(CustomerCouponEntry entry, CancellationToken cancel)
    {
        var customer = await CustomerOf(entry.Customer, cancel);
        var coupon = await db.Coupons.SingleOrDefaultAsync(c => c.Code == entry.Coupon, cancel)
            ?? throw new RuleBroken($"There is no coupon with the code \"{entry.Coupon}\".");
        if (await db.AppliedCoupons.AnyAsync(
            a => a.CustomerId == customer.Id && a.CouponId == coupon.Id && a.AppliedAt == entry.GivenAt, cancel))
        {
            _tally.Count(false);
            return;
        }

        var terms = entry.Terms.ToTerms();
        _tally.Add(AppliedCoupon.Bring(coupon, customer.Id, entry.Name, terms, entry.GivenAt, entry.ExpiresOn, entry.Progress(terms)));
    }

    private async Task LoadWallet(CustomerWalletEntry entry, CancellationToken cancel)
    {
        var (customer, details) = (await CustomerOf(entry.Customer, cancel), entry.Details());
        await OpenWallet.Check(db, details.Scope, cancel);
        var wallet = await db.Wallets.SingleOrDefaultAsync(w => w.CustomerId == customer.Id && w.Code == entry.Code, cancel);
        if (wallet is null)
        {
            _tally.Add(Wallet.Create(customer.Id, entry.Code, entry.Rate(), details, now));
            return;
        }

        if (wallet.Rate != entry.Rate())
        {
            throw new RuleBroken($"It is stored with {wallet.Rate}, and what a credit is worth never changes. Use another code.");
        }

        var known = CustomerWalletEntry.Of(wallet, entry.Customer);
        wallet.Edit(details);
        _tally.Count(!CatalogText.Same(known, CustomerWalletEntry.Of(wallet, entry.Customer)));
    }

    private async Task<Customer> CustomerOf(string code, CancellationToken cancel) =>
        await db.Customers.SingleOrDefaultAsync(c => c.Code == code, cancel)
        ?? throw new RuleBroken($"There is no customer with the code \"{code}\".");
}
