using BackOffice.Core.Billing;
using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Data;
using BackOffice.Data.Mapping;
using BackOffice.Web.Features.Billing;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Features.Invoices;

/// <summary>Reads invoices for pages.</summary>
public sealed class InvoiceQueries(IDbContextFactory<BackOfficeDb> dbs)
{
    public const int PageSize = 50;

    public async Task<InvoiceList> List(InvoiceFilter filter, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var matching = Matching(db, filter);
        var ordered = filter.Status is InvoiceStatus.Issued or InvoiceStatus.Voided
            ? matching.OrderByDescending(i => i.IssuedOn).ThenByDescending(i => i.Number)
            : matching.OrderByDescending(i => i.PeriodEnd).ThenByDescending(i => i.Id);
        var rows = await ordered.Skip((filter.Page - 1) * PageSize).Take(PageSize).Select(i => new
        {
            i.Id, i.Number, i.Buyer, i.PeriodStart, i.PeriodEnd, i.IssuedOn, i.DueOn, i.Status, i.SubtotalMinor, i.TaxMinor, i.TotalMinor,
            i.Currency,
        }).ToListAsync(cancel);
        return new InvoiceList(
            [.. rows.Select(i => new InvoiceRow(
                i.Id, i.Number, i.Buyer.Name, i.Buyer.Code, new Period(i.PeriodStart, i.PeriodEnd), i.IssuedOn, i.DueOn, i.Status,
                Money.OfMinor(i.SubtotalMinor, i.Currency), Money.OfMinor(i.TaxMinor, i.Currency),
                Money.OfMinor(i.TotalMinor, i.Currency)))],
            await Sums(matching, cancel));
    }

    /// <summary>How many invoices are in each state; states without any are missing.</summary>
    public async Task<IReadOnlyDictionary<InvoiceStatus, int>> Counts(CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await db.Invoices.GroupBy(i => i.Status).Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
    }

    /// <param name="viewer">The account that looks; null for the system.</param>
    /// <returns>Null when there is no such invoice.</returns>
    public async Task<InvoiceView?> View(InvoiceId id, Guid? viewer, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        if (await db.Invoices.SingleOrDefaultAsync(i => i.Id == id, cancel) is not { } invoice)
        {
            return null;
        }

        var origin = await OriginOf(db, invoice, cancel);
        return new InvoiceView(
            invoice.Id, db.RevisionOf(invoice), invoice.Status, invoice.Number, invoice.Period, invoice.ZoneId, invoice.IssuedOn,
            invoice.DueOn,
            invoice.PaymentDays, invoice.Seller, invoice.Buyer, invoice.TaxNote, invoice.Subtotal, invoice.Tax, invoice.Total,
            [.. invoice.Lines.Select(LineView.Of)],
            [.. invoice.Taxes.Select(t => new TaxView(t.Name, t.Code is not null, t.Percent, t.Base, t.Tax))],
            invoice.ReturnComment, viewer is { } me && invoice.Preparers.Contains(me), origin,
            await Timeline(db, invoice, origin, cancel), await db.ZoneOfCompany(cancel))
        {
            Discounts = [.. invoice.Discounts.Select(discount => new AmountView(discount.Name, discount.Amount))],
            Settlements = [.. invoice.Settlements.Select(settled => new AmountView(InvoiceText.PaidBy(settled), settled.Amount))],
            Due = invoice.Due,
            Voided = invoice.Voided,
            Sells = await Sold(db, invoice, cancel),
            IsProgressive = invoice.IsProgressive,
        };
    }

    private static async Task<SoldCredits?> Sold(BackOfficeDb db, Invoice invoice, CancellationToken cancel)
    {
        if (invoice.Purchase is not { } grant)
        {
            return null;
        }

        var wallet = await db.WalletOf(grant, cancel);
        return new SoldCredits(wallet.Id.Value, wallet.Name, wallet.Grants.Single(g => g.Id == grant).Status);
    }

    private static IQueryable<Invoice> Matching(BackOfficeDb db, InvoiceFilter filter)
    {
        var invoices = db.Invoices.AsNoTracking().Where(i => filter.Status == null || i.Status == filter.Status);
        if (string.IsNullOrWhiteSpace(filter.Text))
        {
            return invoices;
        }

        // What people type is looked for as it is: % and _ have no meaning here.
        var text = filter.Text.Trim().ToUpperInvariant();
        return invoices.Where(i => (i.Number != null && i.Number.ToUpper().Contains(text))
            || db.Customers.Any(c => c.Id == i.CustomerId && (c.Name.ToUpper().Contains(text) || c.Code.ToUpper().Contains(text))));
    }

    private static async Task<IReadOnlyList<InvoiceSum>> Sums(IQueryable<Invoice> invoices, CancellationToken cancel)
    {
        var sums = await invoices.GroupBy(i => i.Currency)
            .Select(g => new { g.Key, Count = g.Count(), Net = g.Sum(i => i.SubtotalMinor), Tax = g.Sum(i => i.TaxMinor),
                Total = g.Sum(i => i.TotalMinor) })
            .ToListAsync(cancel);
        return [.. sums.OrderBy(s => s.Key.Code, StringComparer.Ordinal).Select(s => new InvoiceSum(
            s.Count, Money.OfMinor(s.Net, s.Key), Money.OfMinor(s.Tax, s.Key), Money.OfMinor(s.Total, s.Key)))];
    }

    private static async Task<InvoiceOrigin?> OriginOf(BackOfficeDb db, Invoice invoice, CancellationToken cancel)
    {
        if (invoice.RunId is not { } value)
        {
            return null;
        }

        var id = new BillingRunId(value);
        var run = await db.Runs.AsNoTracking().SingleAsync(r => r.Id == id, cancel);
        return new InvoiceOrigin(id, run.Number, run.StartedBy.Name, run.StartedAt);
    }

    private static async Task<IReadOnlyList<TimelineStep>> Timeline(BackOfficeDb db, Invoice invoice, InvoiceOrigin? origin,
        CancellationToken cancel)
    {
        var entries = await db.Audit.AsNoTracking().Where(e => e.Subject == "Invoice" && e.SubjectId == invoice.Id.Value)
            .OrderBy(e => e.Id).ToListAsync(cancel);
        var prepared = origin is null
            ? new TimelineStep("Prepared", invoice.PreparedBy.Name, invoice.PreparedAt, null)
            : new TimelineStep("Prepared", origin.StartedBy, origin.StartedAt, null);
        return [prepared, .. entries.Select(e => new TimelineStep(e.Action, e.Actor.Name, e.At, Remark(e.Action, e.Detail)))];
    }

    // Approvals and the like repeat the customer and the total, which the page shows anyway.
    private static string? Remark(string action, string detail) => action switch
    {
        "Returned" or "Refreshed" or "Voided" when detail.IndexOf(": ", StringComparison.Ordinal) is var colon and > 0 =>
            detail[(colon + 2)..],
        _ => null,
    };
}
