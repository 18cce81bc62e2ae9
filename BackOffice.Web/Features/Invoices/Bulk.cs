using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Features.Invoices;

/// <summary>An invoice somebody saw and wants to decide on.</summary>
/// <param name="Label">How a report of what was refused names it.</param>
public sealed record InvoiceSeen(InvoiceId Id, int Revision, string Label);

/// <summary>What became of many decisions.</summary>
public sealed record BulkResult(int Done, IReadOnlyList<BulkRefusal> Refused);

public sealed record BulkRefusal(InvoiceId Id, string Label, string Sentence);

internal static class Bulk
{
    public static async Task<BulkResult> Each(IReadOnlyList<InvoiceSeen> invoices, Func<InvoiceSeen, Task> decide)
    {
        var refused = new List<BulkRefusal>();
        foreach (var invoice in invoices)
        {
            try
            {
                await decide(invoice);
            }
            catch (RuleBroken refusal)
            {
                refused.Add(new BulkRefusal(invoice.Id, invoice.Label, refusal.Message));
            }
            catch (DbUpdateConcurrencyException)
            {
                refused.Add(new BulkRefusal(invoice.Id, invoice.Label, Act.Stale));
            }
        }

        return new BulkResult(invoices.Count - refused.Count, refused);
    }
}
