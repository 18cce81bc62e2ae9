using BackOffice.Core.Common;
using BackOffice.Data;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Billing;

/// <summary>The zone in which pages show when something was done.</summary>
internal static class CompanyZone
{
    /// <summary>The company's zone; UTC before it is set up.</summary>
    public static async Task<DateTimeZone> ZoneOfCompany(this BackOfficeDb db, CancellationToken cancel) =>
        await db.Companies.Select(c => c.ZoneId).SingleOrDefaultAsync(cancel) is { } id ? Zone.Of(id) : DateTimeZone.Utc;
}
