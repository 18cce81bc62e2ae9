using BackOffice.Core.Billing;
using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Billing;

/// <summary>Opens a billing run and lists the customers it is for. <see cref="WorkRun"/> does the work, now or after a restart.</summary>
public sealed partial class StartRun(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock, ILogger<StartRun> logger)
{
    /// <param name="through">Periods that end on or before this day are billed; the day must be over.</param>
    /// <param name="scheduledFor">The planned time, when a schedule asks.</param>
    /// <returns>The run; null when this planned time has its run already.</returns>
    /// <exception cref="RuleBroken">The day is not over, the company is not set up, or nothing is due.</exception>
    public async Task<BillingRunId?> Run(LocalDate through, Instant? scheduledFor = null, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.RunBilling, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (scheduledFor is not null && await db.Runs.AnyAsync(r => r.ScheduledFor == scheduledFor, cancel))
        {
            return null;
        }

        var now = clock.GetCurrentInstant();
        await RequireDayOver(db, through, now, cancel);
        var customers = await db.DueThrough(through, now, cancel);
        if (customers.Count == 0 && scheduledFor is null)
        {
            throw new RuleBroken($"Nothing is due through {through:uuuu-MM-dd}: every period that has ended is billed already.");
        }

        var number = await db.NextNumber(Numbering.Runs, 0, cancel);
        var run = BillingRun.Start(number, through, actor.AsPerson(), now, scheduledFor);
        db.Runs.Add(run);
        db.RunItems.AddRange(customers.Select(customer => RunItem.Waiting(run.Id, customer)));
        db.Record(actor.AsPerson(), now, "Started", "Run", run.Id.Value,
            $"Run {number} through {through:uuuu-MM-dd}, {customers.Count} customers");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        LogStarted(number, through, customers.Count);
        return run.Id;
    }

    private static async Task RequireDayOver(BackOfficeDb db, LocalDate through, Instant now, CancellationToken cancel)
    {
        var company = await db.Companies.SingleOrDefaultAsync(cancel)
            ?? throw new RuleBroken("Set the company up first: invoices need a seller.");
        if (through >= now.InZone(company.Zone).Date)
        {
            throw new RuleBroken($"{through:uuuu-MM-dd} is not over yet in {company.ZoneId}. Choose an earlier day.");
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Started run {Number} through {Through} for {Customers} customers")]
    private partial void LogStarted(long number, LocalDate through, int customers);
}
