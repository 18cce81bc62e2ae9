using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using BackOffice.Data;
using BackOffice.Data.Mapping;
using BackOffice.Web.Features.Settings;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Customers;

/// <summary>A customer in a list.</summary>
/// <param name="Subscriptions">How many have not ended.</param>
public sealed record CustomerRow(CustomerId Id, string Code, string Name, string Country, string? TaxCode, int Subscriptions);

/// <summary>A customer to look at or to edit.</summary>
/// <param name="TaxName">What invoices call the tax; null when none is charged.</param>
/// <param name="Revision">What the reader saw, for <see cref="SaveCustomer"/>.</param>
public sealed record CustomerView(CustomerId Id, CustomerDetails Details, string? TaxName, LocalDate Today, int Revision);

/// <summary>A document of a customer.</summary>
public sealed record CustomerInvoiceRow(
    InvoiceId Id, string? Number, InvoiceStatus Status, Period Period, LocalDate? IssuedOn, Money Total);

/// <summary>Somebody a subscription can be started for.</summary>
public sealed record CustomerChoice(string Code, string Name, LocalDate Today);

/// <summary>Reads customers.</summary>
public sealed class CustomerQueries(IDbContextFactory<BackOfficeDb> dbs, IClock clock)
{
    /// <param name="search">Part of the name or the code.</param>
    /// <param name="page">1 for the first.</param>
    public async Task<Found<CustomerRow>> List(string? search = null, int page = 1, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var today = await db.Today(clock, cancel);
        var customers = db.Customers.AsNoTracking().Matching(search, c => c.Name, c => c.Code);
        var rows = await customers.OrderBy(c => c.Name).ThenBy(c => c.Code)
            .Skip((Math.Max(1, page) - 1) * Found<CustomerRow>.PageSize).Take(Found<CustomerRow>.PageSize)
            .Select(c => new
            {
                c.Id, c.Code, c.Name, c.Address, c.TaxCode,
                Subscriptions = db.Subscriptions.Count(s => s.CustomerId == c.Id && (s.EndsOn == null || s.EndsOn >= today)),
            })
            .ToListAsync(cancel);
        return new Found<CustomerRow>(
            [.. rows.Select(c => new CustomerRow(c.Id, c.Code, c.Name, c.Address.Country, c.TaxCode, c.Subscriptions))],
            await customers.CountAsync(cancel));
    }

    /// <summary>Null when there is no such customer.</summary>
    public async Task<CustomerView?> View(CustomerId id, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        // Tracked, because the revision lives in the tracker only.
        var customer = await db.Customers.SingleOrDefaultAsync(c => c.Id == id, cancel);
        if (customer is null)
        {
            return null;
        }

        var tax = await db.TaxRates.AsNoTracking().SingleOrDefaultAsync(r => r.Code == customer.TaxCode, cancel);
        var details = new CustomerDetails(
            customer.Code, customer.Name, customer.Address, customer.ZoneId, customer.Email, customer.TaxNumber,
            customer.TaxCode, customer.TaxNote, customer.PaymentDays);
        return new CustomerView(id, details, tax?.Name, clock.GetCurrentInstant().InZone(customer.Zone).Date, db.RevisionOf(customer));
    }

    /// <summary>The customer's documents, the latest period first.</summary>
    public async Task<IReadOnlyList<CustomerInvoiceRow>> Invoices(CustomerId id, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var rows = await db.Invoices.AsNoTracking().Where(i => i.CustomerId == id)
            .OrderByDescending(i => i.PeriodStart).ThenByDescending(i => i.Id)
            .Select(i => new { i.Id, i.Number, i.Status, i.PeriodStart, i.PeriodEnd, i.IssuedOn, i.TotalMinor, i.Currency })
            .ToListAsync(cancel);
        return
        [
            .. rows.Select(i => new CustomerInvoiceRow(
                i.Id, i.Number, i.Status, new Period(i.PeriodStart, i.PeriodEnd), i.IssuedOn, Money.OfMinor(i.TotalMinor, i.Currency))),
        ];
    }

    /// <summary>Everybody, by name.</summary>
    public async Task<IReadOnlyList<CustomerChoice>> Choices(CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var now = clock.GetCurrentInstant();
        var rows = await db.Customers.AsNoTracking().OrderBy(c => c.Name).ThenBy(c => c.Code)
            .Select(c => new { c.Code, c.Name, c.ZoneId }).ToListAsync(cancel);
        return [.. rows.Select(c => new CustomerChoice(c.Code, c.Name, now.InZone(Zone.Of(c.ZoneId)).Date))];
    }
}
