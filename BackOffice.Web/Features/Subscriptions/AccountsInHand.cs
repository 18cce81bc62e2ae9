using BackOffice.Core.Billing;
using BackOffice.Core.Customers;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Taxes;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Usage;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using CustomerAccount = BackOffice.Core.Billing.Account;

namespace BackOffice.Web.Features.Subscriptions;

/// <summary>What a customer owes is decided by this much, when the question is what a change makes different.</summary>
/// <remarks>Nothing counts as billed: what was billed before is the same in both futures and cancels out.</remarks>
internal sealed class AccountsInHand(BackOfficeDb db)
{
    public async Task<CustomerAccount> Of(Customer customer, CancellationToken cancel)
    {
        var book = new LifeBook(db);
        var lives = new List<SubscriptionLife>();
        foreach (var subscription in await db.Subscriptions.Where(s => s.CustomerId == customer.Id).OrderBy(s => s.Code).ToListAsync(cancel))
        {
            lives.Add(await book.LifeOf(subscription, customer.Zone, cancel));
        }

        var rates = await db.TaxRates.AsNoTracking().ToDictionaryAsync(rate => rate.Code, cancel);
        return new CustomerAccount
        {
            Zone = customer.Zone,
            Lives = lives,
            Metrics = await db.Metrics.AsNoTracking().ToDictionaryAsync(metric => metric.Id, cancel),
            Taxes = new AccountTaxes(rates, customer.TaxCode is { } code ? [code] : [], [], customer.TaxNote),
        };
    }

    /// <summary>All usage that rating will ask about.</summary>
    public async Task<IUsageReading> Usage(IReadOnlyList<CustomerAccount> accounts, Instant through, CancellationToken cancel)
    {
        var log = UsageLog.Empty;
        foreach (var life in accounts.SelectMany(account => account.Lives).Where(life => life.First.From < through)
            .DistinctBy(life => life.Subscription))
        {
            var events = new List<UsageEvent>();
            await foreach (var usage in db.BillableEvents(life.Subscription, new Interval(life.First.From, through)).WithCancellation(cancel))
            {
                events.Add(usage);
            }

            log = log.With(life.Subscription, events);
        }

        return log;
    }
}
