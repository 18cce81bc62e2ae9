using BackOffice.Core.Billing;
using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Taxes;
using BackOffice.Data;
using BackOffice.Data.Usage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Billing;

/// <summary>A period of a subscription that goes on an invoice.</summary>
public sealed record BillableStretch(Subscription Subscription, Plan Plan, BillingPeriod Period);

/// <summary>An invoice that is due, as the engine computes it now.</summary>
public sealed record DueInvoice(Customer Customer, Period Period, IReadOnlyList<BillableStretch> Stretches, InvoiceContent Content);

/// <summary>
/// What a customer owes. Preview, run, refresh, approval and the nightly check all ask here, so that they cannot differ.
/// Reads only; the caller's transaction decides how firm the answer is.
/// </summary>
public sealed class BillingBook(BackOfficeDb db)
{
    /// <summary>The invoices of a customer for every period that has ended through a day and was not billed, oldest first.</summary>
    /// <param name="now">Periods whose last day is not over yet on the customer's calendar are not due.</param>
    public async Task<IReadOnlyList<DueInvoice>> Due(CustomerId id, LocalDate through, Instant now, CancellationToken cancel)
    {
        var customer = await db.Customers.SingleAsync(c => c.Id == id, cancel);
        var stretches = new List<BillableStretch>();
        foreach (var subscription in await db.Subscriptions.Where(s => s.CustomerId == id).OrderBy(s => s.Code).ToListAsync(cancel))
        {
            var plan = await PlanOf(subscription, cancel);
            var billed = await db.BilledPeriods.Where(b => b.SubscriptionId == subscription.Id).Select(b => b.Start).ToListAsync(cancel);
            stretches.AddRange(BillingCalendar.EndedThrough(subscription.StartsOn, subscription.EndsOn, through)
                .Where(period => !billed.Contains(period.Billed.Start) && period.Billed.In(customer.Zone).End <= now)
                .Select(period => new BillableStretch(subscription, plan, period)));
        }

        var due = new List<DueInvoice>();
        foreach (var group in stretches.GroupBy(s => (s.Plan.Currency, s.Period.Whole)).OrderBy(g => g.Key.Whole.Start))
        {
            due.Add(await Compute(customer, group.Key.Currency, [.. group], cancel));
        }

        return due;
    }

    /// <summary>What an invoice that is stored would say if it were made now.</summary>
    public async Task<InvoiceContent> Again(Invoice invoice, CancellationToken cancel)
    {
        var customer = await db.Customers.SingleAsync(c => c.Id == invoice.CustomerId, cancel);
        var billed = await db.BilledPeriods.Where(b => b.InvoiceId == invoice.Id)
            .Join(db.Subscriptions, b => b.SubscriptionId, s => s.Id, (b, s) => new { Billed = b, Subscription = s })
            .OrderBy(pair => pair.Subscription.Code).ToListAsync(cancel);
        var stretches = new List<BillableStretch>();
        foreach (var pair in billed)
        {
            var subscription = pair.Subscription;
            var period = BillingCalendar.EndedThrough(subscription.StartsOn, subscription.EndsOn, pair.Billed.End.PlusDays(-1))
                .Single(p => p.Billed.Start == pair.Billed.Start);
            stretches.Add(new BillableStretch(subscription, await PlanOf(subscription, cancel), period));
        }

        return (await Compute(customer, invoice.Currency, stretches, cancel)).Content;
    }

    private async Task<DueInvoice> Compute(
        Customer customer, Currency currency, IReadOnlyList<BillableStretch> stretches, CancellationToken cancel)
    {
        var lines = new List<RatedLine>();
        foreach (var stretch in stretches)
        {
            lines.AddRange(await Rate(stretch, customer.Zone, cancel));
        }

        var period = new Period(stretches.Min(s => s.Period.Billed.Start), stretches.Max(s => s.Period.Billed.End));
        return new DueInvoice(customer, period, stretches, InvoiceContent.Of(lines, await TaxOf(customer, period, cancel), currency));
    }

    private async Task<IReadOnlyList<RatedLine>> Rate(BillableStretch stretch, DateTimeZone zone, CancellationToken cancel)
    {
        var version = stretch.Plan.Version(stretch.Subscription.PlanVersion);
        var ids = version.Charges.Select(c => c.MetricId).ToList();
        var metrics = await db.Metrics.Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, cancel);
        var measured = await db.Measure(stretch.Subscription.Id, stretch.Period.Billed.In(zone), metrics.Values, cancel);
        var terms = new Terms(stretch.Subscription.Id, stretch.Subscription.Code, stretch.Plan.Name, version, metrics);
        return Rater.Rate(terms, stretch.Period, measured);
    }

    // The tax point is the last day of the period: services supplied continuously are taxed when a statement period ends.
    private async Task<TaxTreatment> TaxOf(Customer customer, Period period, CancellationToken cancel)
    {
        if (customer.TaxCode is null)
        {
            return TaxTreatment.None(customer.TaxNote);
        }

        var rate = await db.TaxRates.SingleAsync(r => r.Code == customer.TaxCode, cancel);
        return new TaxTreatment(rate.Code, rate.Name, rate.PercentOn(period.LastDay), customer.TaxNote);
    }

    private Task<Plan> PlanOf(Subscription subscription, CancellationToken cancel) =>
        db.Plans.SingleAsync(p => p.Id == subscription.PlanId, cancel);
}
