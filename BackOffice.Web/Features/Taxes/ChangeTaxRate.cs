using BackOffice.Core.Common;
using BackOffice.Core.Taxes;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Data.Mapping;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Taxes;

/// <summary>Schedules another percentage of a tax from a day on. Issued invoices never change; open ones must be refreshed.</summary>
public sealed class ChangeTaxRate(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <exception cref="RuleBroken">The day is not after the last change, or the percentage is out of range.</exception>
    public async Task Run(TaxRateId id, LocalDate validFrom, decimal percent, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ManageTaxRates, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var rate = await db.TaxRates.SingleAsync(r => r.Id == id, cancel);
        rate.ChangeFrom(validFrom, percent);
        db.Touch(rate);
        db.Record(actor.AsPerson(), clock.GetCurrentInstant(), "Changed", "Tax rate", id.Value,
            $"{rate.Code} {percent} % from {validFrom:uuuu-MM-dd}");
        await db.SaveChangesAsync(cancel);
    }
}
