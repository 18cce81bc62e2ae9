using BackOffice.Data;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Settings;

/// <summary>Which day it is for the company that bills.</summary>
internal static class CompanyDay
{
    /// <summary>Today in the company's zone; in UTC while there is no company.</summary>
    public static async Task<LocalDate> Today(this BackOfficeDb db, IClock clock, CancellationToken cancel)
    {
        var zone = await db.Companies.AsNoTracking().Select(c => c.ZoneId).SingleOrDefaultAsync(cancel);
        return clock.GetCurrentInstant().InZone(Core.Common.Zone.Of(zone ?? "UTC")).Date;
    }
}
