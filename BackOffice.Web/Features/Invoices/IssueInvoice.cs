using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Data.Usage;
using BackOffice.Web.Features.Billing;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Invoices;

/// <summary>Gives an approved invoice its number and date. After this it never changes.</summary>
public sealed partial class IssueInvoice(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock, ILogger<IssueInvoice> logger)
{
    /// <returns>The number.</returns>
    /// <exception cref="RuleBroken">He may not, it is not approved, or usage arrived after the approval.</exception>
    public async Task<string> Run(InvoiceId id, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.IssueInvoices, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var invoice = await db.LoadToDecide(id, cancel);
        var now = clock.GetCurrentInstant();
        var leavesOutLate = false;
        if (invoice.Status == InvoiceStatus.Approved)
        {
            await db.RequireEarlierIssued(invoice, cancel);
            leavesOutLate = await db.LeavesOutLate(invoice, await db.RequireUpToDate(invoice, now, cancel), cancel);
        }

        var company = await db.Companies.SingleAsync(cancel);
        var today = now.InZone(company.Zone).Date;
        var year = company.NumberFormat.RestartsEachYear ? today.Year : 0;
        var number = company.NumberFormat.Number(today.Year, await db.NextNumber(Numbering.Invoices, year, cancel));
        await db.UseCredits(invoice, today, cancel);
        invoice.Issue(number, today, actor.AsPerson(), await db.LastEvent(cancel), leavesOutLate);
        await db.SpendCoupons(invoice, cancel);
        await db.SpendWallets(invoice, now, cancel);
        db.Record(actor.AsPerson(), now, "Issued", "Invoice", id.Value, $"{number}, {invoice.Buyer.Name}, {invoice.Total}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        LogIssued(number);
        return number;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Issued invoice {Number}")]
    private partial void LogIssued(string number);
}
