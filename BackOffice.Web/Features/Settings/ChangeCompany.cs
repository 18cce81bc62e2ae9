using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Data.Mapping;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Settings;

/// <summary>Changes what future invoices say about the seller. Issued invoices keep what they say.</summary>
public sealed class ChangeCompany(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <param name="seen">The revision that was shown for editing; null when a script overwrites what is there.</param>
    /// <exception cref="RuleBroken">A field is missing or malformed.</exception>
    public async Task Run(CompanyDetails details, int? seen = null, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ManageSettings, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var company = await db.Companies.SingleOrDefaultAsync(cancel);
        if (company is null)
        {
            db.Companies.Add(Company.Create(details));
        }
        else
        {
            company.Change(details);
            db.Touch(company);
            if (seen is { } revision)
            {
                db.Expect(company, revision);
            }
        }

        db.Record(actor.AsPerson(), clock.GetCurrentInstant(), "Changed", "Company", null, details.Name);
        await db.SaveChangesAsync(cancel);
    }
}
