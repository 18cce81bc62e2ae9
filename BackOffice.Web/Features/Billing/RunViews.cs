using BackOffice.Core.Billing;
using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using NodaTime;

namespace BackOffice.Web.Features.Billing;

/// <summary>How many customers of a run are in which state.</summary>
public sealed record RunCounts(int Customers, int Waiting, int Parked, int NothingDue, bool IsClosed)
{
    public int Done => Customers - Waiting;

    /// <summary>True while the worker has customers to bill, at first or again after a retry.</summary>
    public bool IsWorking => !IsClosed || Waiting > 0;

    public string InWords => (IsWorking, Customers, Parked) switch
    {
        (true, _, _) => $"Working {Done} of {Customers}",
        (_, 0, _) => "Finished, nothing was due",
        (_, _, 0) => "Finished",
        _ => $"Finished, {Parked} parked",
    };
}

/// <summary>Sums of a run's invoices in one currency.</summary>
public sealed record RunTotal(int Invoices, Money Net, Money Tax, Money Total);

/// <summary>A run as the list shows it.</summary>
/// <param name="StartedBy">The person's name, or "Schedule".</param>
public sealed record RunRow(
    BillingRunId Id, long Number, LocalDate Through, string StartedBy, Instant StartedAt, RunCounts Counts, IReadOnlyList<RunTotal> Totals)
{
    public string Title => $"Run {Number}";

    public int Invoices => Totals.Sum(total => total.Invoices);
}

/// <summary>One page of the list of runs.</summary>
public sealed record RunList(IReadOnlyList<RunRow> Rows, int All, DateTimeZone Zone);

/// <summary>An invoice of a run, with what is needed to decide on it.</summary>
/// <param name="Revision">What the reader sees; approval is for this and nothing newer.</param>
/// <param name="IsMine">The reader prepared it and so may not approve it.</param>
public sealed record RunInvoice(
    InvoiceId Id, int Revision, string? Number, string Buyer, Period Period, InvoiceStatus Status, Money Total, bool IsMine);

/// <summary>A customer of a run.</summary>
public sealed record RunItemRow(
    Guid Id, string CustomerCode, string CustomerName, RunItemStatus Status, string? Reason, IReadOnlyList<RunInvoice> Invoices);

/// <summary>A run with its customers and their invoices.</summary>
public sealed record RunView(RunRow Run, Instant? FinishedAt, string ZoneData, IReadOnlyList<RunItemRow> Items, DateTimeZone Zone)
{
    public IEnumerable<RunInvoice> Invoices => Items.SelectMany(item => item.Invoices);

    /// <summary>Waiting for approval and not prepared by the reader.</summary>
    public IReadOnlyList<RunInvoice> ToApprove => [.. Invoices.Where(i => i is { Status: InvoiceStatus.NeedsApproval, IsMine: false })];

    /// <summary>Waiting for approval by somebody else, because the reader prepared them.</summary>
    public int NotMineToApprove => Invoices.Count(i => i is { Status: InvoiceStatus.NeedsApproval, IsMine: true });

    public IReadOnlyList<RunInvoice> ToIssue => [.. Invoices.Where(i => i.Status == InvoiceStatus.Approved)];

    public int CountOf(InvoiceStatus status) => Invoices.Count(i => i.Status == status);
}

/// <summary>Sums in words; amounts of different currencies stand side by side and are never added.</summary>
internal static class RunSums
{
    /// <summary>"3 invoices, 176.49 USD and 20.00 EUR".</summary>
    public static string InWords(IReadOnlyCollection<RunInvoice> invoices)
    {
        var sums = invoices.GroupBy(i => i.Total.Currency).OrderBy(g => g.Key.Code, StringComparer.Ordinal)
            .Select(g => Shared.MoneyText.Of(g.Select(i => i.Total).Sum(g.Key)));
        return $"{(invoices.Count == 1 ? "1 invoice" : $"{invoices.Count} invoices")}, {string.Join(" and ", sums)}";
    }
}
