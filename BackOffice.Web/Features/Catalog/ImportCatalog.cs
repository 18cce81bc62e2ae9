using BackOffice.Core.Common;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Catalog;

/// <summary>How many things of a catalogue file were new, changed, or there already.</summary>
public sealed record CatalogReport(int Created, int Changed, int Unchanged);

/// <summary>Loads a catalogue file: all of it or nothing. Loading the same file again changes nothing.</summary>
public sealed class ImportCatalog(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    private static readonly Permission[] Needed =
    [
        Permission.EditCatalog,
        Permission.PublishPlans,
        Permission.ManageCustomers,
        Permission.ManageTaxRates,
    ];

    /// <exception cref="RuleBroken">The file contradicts itself or what is stored; the message names the entry.</exception>
    public async Task<CatalogReport> Run(CatalogFile file, CancellationToken cancel = default)
    {
        foreach (var permission in Needed)
        {
            await gate.Require(permission, cancel);
        }

        var actor = await gate.Require(Permission.EditCatalog, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var now = clock.GetCurrentInstant();
        var report = await new CatalogLoader(db, now).Load(file, cancel);
        db.Record(
            actor.AsPerson(),
            now,
            "Loaded",
            "Catalogue",
            null,
            $"{report.Created} created, {report.Changed} changed, {report.Unchanged} unchanged"
        );
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return report;
    }
}
