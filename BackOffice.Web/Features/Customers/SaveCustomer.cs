using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Data.Mapping;
using BackOffice.Data.Providers;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Customers;

/// <summary>Makes a customer or changes one. Issued invoices keep what they say.</summary>
public sealed class SaveCustomer(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <param name="id">The customer to change; null to make a new one.</param>
    /// <param name="seen">The revision that was shown for editing; null when a script overwrites what is there.</param>
    /// <exception cref="RuleBroken">A field is wrong, the code taken, the tax unknown, or the zone can no longer change.</exception>
    public async Task<CustomerId> Run(CustomerId? id, CustomerDetails details, int? seen = null, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ManageCustomers, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (id is { } existing)
        {
            await db.LockCustomer(existing, cancel); // A run that bills him now has counted days in his zone.
        }

        var customer = id is null ? Customer.Create(details) : await db.Customers.SingleAsync(c => c.Id == id, cancel);
        await Check(db, customer, details, cancel);
        if (id is null)
        {
            db.Customers.Add(customer);
        }
        else
        {
            customer.Change(details);
            db.Touch(customer);
        }

        if (seen is { } revision && id is not null)
        {
            db.Expect(customer, revision);
        }

        db.Record(actor.AsPerson(), clock.GetCurrentInstant(), id is null ? "Created" : "Changed", "Customer", customer.Id.Value,
            $"{customer.Code} {customer.Name}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return customer.Id;
    }

    private static async Task Check(BackOfficeDb db, Customer customer, CustomerDetails details, CancellationToken cancel)
    {
        var code = Code.Check(details.Code, "Customer code");
        if (await db.Customers.AnyAsync(c => c.Code == code && c.Id != customer.Id, cancel))
        {
            throw new RuleBroken($"There is a customer with the code {code} already. Choose another code.");
        }

        if (details.TaxCode is { Length: > 0 } tax && !await db.TaxRates.AnyAsync(r => r.Code == tax, cancel))
        {
            throw new RuleBroken($"There is no tax rate with the code \"{tax}\". An administrator can add it.");
        }

        // Billed usage keeps its borders wherever the customer moves; periods from before do not say where they were.
        if (details.ZoneId != customer.ZoneId && await db.BilledPeriods.AnyAsync(
                b => b.ClosesUsage && b.UsageTo == null
                    && db.Subscriptions.Any(s => s.Id == b.SubscriptionId && s.CustomerId == customer.Id), cancel))
        {
            throw new RuleBroken("The time zone cannot change: periods were billed before their moments were kept.");
        }
    }
}
