using System.Globalization;
using BackOffice.Core.Billing;
using BackOffice.Core.Invoices;
using BackOffice.Core.Subscriptions;

namespace BackOffice.Web.Features.Billing;

/// <summary>A document, as much of it as its proofs need.</summary>
internal sealed record BilledOn(
    InvoiceId Id, InvoiceStatus Status, string? Number, bool IsBilledAgain, long? UsageThrough, bool LeavesOutLate)
{
    /// <summary>The order in which documents were issued; null for drafts.</summary>
    public (long, int, string)? Issued => Number is null ? null : (UsageThrough ?? 0, Number.Length, Number);
}

/// <summary>A proof that something was billed, and the document it is on; null when nothing was owed.</summary>
internal sealed record BilledRow(BilledPeriod Proof, BilledOn? Document)
{
    private static readonly string[] Adjustments = [DueItem.Prefix(DueKind.UsageAdjustment), DueItem.Prefix(DueKind.TrueUpAdjustment)];

    /// <summary>Whether its document was voided, or issued without it, so that it is due again.</summary>
    public bool IsReleased => Document is { IsBilledAgain: true } || (Document is { LeavesOutLate: true } && Adjustment is not null);

    /// <summary>The last usage event it bills; null for documents from before and for drafts.</summary>
    public long? Through => Proof.UsageThrough ?? Document?.UsageThrough;

    /// <summary>Which adjustment it is: 1 for the first; null for everything else.</summary>
    public int? Adjustment => Adjustments.Any(prefix => Proof.Kind.StartsWith(prefix, StringComparison.Ordinal))
        ? int.Parse(Proof.Kind.Split(':')[1], CultureInfo.InvariantCulture)
        : null;

    public DueKind Kind => Proof.Kind == BilledPeriod.Recurring ? DueKind.Usage : DueItem.ReadKind(Proof.Kind).Kind;

    /// <summary>Of usage and of its adjustments: the key of the usage.</summary>
    public ItemKey Of => new(
        Proof.SubscriptionId, DueItem.NameOf(DueKind.Usage, Proof.Kind == BilledPeriod.Recurring ? 1 : DueItem.ReadKind(Proof.Kind).Phase),
        Proof.Start, Proof.End);

    /// <summary>Whether usage that comes now is late for it, and may be adjusted: what was voided for good is not.</summary>
    public bool ClosesForGood => Proof.ClosesUsage && Document is null or { Status: InvoiceStatus.Issued };

    /// <summary>Whether it takes off what was billed early for its period.</summary>
    public bool TakesOff(BilledRow early) => Proof.SubscriptionId == early.Proof.SubscriptionId
        && early.Proof.Items([]).Any(before => Proof.Items([]).Any(before.IsTakenOffBy));

    /// <summary>Whether a document counted on it when it was issued itself.</summary>
    public bool WasThereBefore(BilledOn issued) =>
        Document is not { } document || string.CompareOrdinal(document.Id.Value.ToString(), issued.Id.Value.ToString()) < 0
        || (document.Issued is { } order && issued.Issued is { } mine && order.CompareTo(mine) < 0);
}
