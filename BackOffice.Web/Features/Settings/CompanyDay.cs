using BackOffice.Data;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Settings;

/// <summary>Which day it is for the company that bills.</summary>
internal static class CompanyDay
{
    /// <summary>Today in the company's zone; in UTC while there is no company.</summary>
    public static Task<LocalDate> Today(this BackOfficeDb db, IClock clock, CancellationToken cancel) =>
        db.Day(clock.GetCurrentInstant(), cancel);

    /// <summary>The day of a moment there.</summary>
    public static async Task<LocalDate> Day(this BackOfficeDb db, Instant at, CancellationToken cancel)
    {
        var zone = await db.Companies.AsNoTracking().Select(c => c.ZoneId).SingleOrDefaultAsync(cancel);
        return at.InZone(Core.Common.Zone.Of(zone ?? "UTC")).Date;
    }
}
