using BackOffice.Data;
using BackOffice.Data.Usage;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Features.Billing;

/// <summary>What became of late usage.</summary>
internal static class LateBilling
{
    /// <summary>The issued documents that bill late events after all, by the event; others wait or are only listed.</summary>
    public static async Task<IReadOnlyDictionary<long, string>> DocumentsOf(
        BackOfficeDb db, IReadOnlyList<StoredEvent> late, CancellationToken cancel)
    {
        if (late.Count == 0)
        {
            return new Dictionary<long, string>();
        }

        var ids = late.Select(e => e.SubscriptionId).Distinct().ToList();
        var customers = await db.Subscriptions.Where(s => ids.Contains(s.Id)).Select(s => s.CustomerId).Distinct().ToListAsync(cancel);
        var billed = await BilledBefore.Load(db, customers, ids, null, cancel);
        return late.Select(e => (e.Id, Document: billed.DocumentOf(e))).Where(pair => pair.Document is not null)
            .ToDictionary(pair => pair.Id, pair => pair.Document!);
    }
}
