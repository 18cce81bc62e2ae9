using BackOffice.Core.Billing;
using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Data;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Billing;

/// <summary>One customer's share of a preview: the invoices he would get, or why he would be parked.</summary>
public sealed record PreviewItem(string CustomerCode, string CustomerName, IReadOnlyList<DueInvoice> Invoices, string? Problem);

/// <summary>Shows what a billing run would make. Stores nothing.</summary>
public sealed class PreviewBilling(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    public async Task<IReadOnlyList<PreviewItem>> Run(LocalDate through, CancellationToken cancel = default)
    {
        await gate.Require(Permission.Read, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var items = new List<PreviewItem>();
        var now = clock.GetCurrentInstant();
        foreach (var id in await db.DueThrough(through, now, cancel))
        {
            var customer = await db.Customers.AsNoTracking().SingleAsync(c => c.Id == id, cancel);
            items.Add(await Preview(customer.Code, customer.Name));

            async Task<PreviewItem> Preview(string code, string name)
            {
                try
                {
                    var due = await new BillingBook(db).Due(id, through, now, cancel);
                    return new PreviewItem(code, name, [.. due.Where(d => d.Content.Lines.Count > 0).Select(Checked)], null);
                }
                catch (Exception refused) when (refused is RuleBroken or ArithmeticException)
                {
                    return new PreviewItem(code, name, [], refused.Message);
                }
            }
        }

        return [.. items.Where(item => item.Invoices.Count > 0 || item.Problem is not null)];
    }

    private static DueInvoice Checked(DueInvoice due)
    {
        SafetyBounds.Check(due.Content);
        return due;
    }
}
