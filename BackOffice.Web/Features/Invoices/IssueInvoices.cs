namespace BackOffice.Web.Features.Invoices;

/// <summary>Issues many invoices in the order given, each for itself; refused ones take no number.</summary>
public sealed class IssueInvoices(IssueInvoice issue)
{
    public Task<BulkResult> Run(IReadOnlyList<InvoiceSeen> invoices, CancellationToken cancel = default) =>
        Bulk.Each(invoices, seen => issue.Run(seen.Id, cancel));
}
