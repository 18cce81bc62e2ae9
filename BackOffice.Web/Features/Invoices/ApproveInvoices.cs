namespace BackOffice.Web.Features.Invoices;

/// <summary>Approves many invoices, each for itself: one that is refused does not hold up the others.</summary>
public sealed class ApproveInvoices(ApproveInvoice approve)
{
    public Task<BulkResult> Run(IReadOnlyList<InvoiceSeen> invoices, CancellationToken cancel = default) =>
        Bulk.Each(invoices, seen => approve.Run(seen.Id, seen.Revision, cancel));
}
