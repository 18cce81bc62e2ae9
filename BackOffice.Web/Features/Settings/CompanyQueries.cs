using BackOffice.Core.Customers;
using BackOffice.Data;
using BackOffice.Data.Mapping;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Settings;

/// <summary>The company as its page edits it.</summary>
/// <param name="Revision">What the reader saw, for <see cref="ChangeCompany"/>.</param>
public sealed record CompanyView(CompanyDetails Details, int Revision);

/// <summary>What new things start from.</summary>
/// <param name="Today">The company's day.</param>
public sealed record CompanyDefaults(string Currency, string ZoneId, string Country, int PaymentDays, LocalDate Today);

/// <summary>Reads what is set about the company.</summary>
public sealed class CompanyQueries(IDbContextFactory<BackOfficeDb> dbs, IClock clock)
{
    /// <summary>Null before the set-up.</summary>
    public async Task<CompanyView?> View(CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        // Tracked, because the revision lives in the tracker only.
        return await db.Companies.SingleOrDefaultAsync(cancel) is { } company
            ? new CompanyView(
                new CompanyDetails(
                    company.Name, company.Address, company.TaxNumber, company.Email, company.Iban, company.Bic,
                    company.Currency.Code, company.ZoneId, company.NumberFormat.Pattern, company.PaymentDays),
                db.RevisionOf(company))
            : null;
    }

    public async Task<CompanyDefaults> Defaults(CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var company = await db.Companies.AsNoTracking().SingleOrDefaultAsync(cancel);
        var today = await db.Today(clock, cancel);
        return company is null
            ? new CompanyDefaults("EUR", "UTC", "DE", 30, today)
            : new CompanyDefaults(company.Currency.Code, company.ZoneId, company.Address.Country, company.PaymentDays, today);
    }
}
