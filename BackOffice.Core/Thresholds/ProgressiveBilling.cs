using BackOffice.Core.Common;

namespace BackOffice.Core.Thresholds;

/// <summary>The usage of one charge – or of one of its filters or groups – in a period.</summary>
/// <param name="Key">Names the charge, filter and group; unique within an invoice. The same key is the same line on later invoices.</param>
/// <param name="Amount">Before coupons and tax; zero or more.</param>
public sealed record ProgressiveLine(string Key, Money Amount)
{
    /// <summary>What coupons and earlier credits took off the line; null for nothing.</summary>
    public Money? Reduced { get; init; }

    public Money Net => Reduced is null ? Amount : Amount - Reduced;
}

/// <summary>An invoice within a period, because usage passed a threshold.</summary>
/// <param name="Lines">All usage of the period so far, so that each invoice contains the ones before.</param>
/// <param name="BilledBefore">What earlier progressive invoices of the period billed; shown as a credit before tax.</param>
/// <param name="Passed">Why it is made.</param>
public sealed record ProgressiveInvoice(IReadOnlyList<ProgressiveLine> Lines, Money BilledBefore, IReadOnlyList<ThresholdPassed> Passed)
{
    public Money Usage => Lines.Select(line => line.Amount).Sum(BilledBefore.Currency);

    /// <summary>What this invoice adds, before coupons and tax.</summary>
    public Money Total => Usage - BilledBefore;

    /// <summary>Why there is an invoice, as a sentence.</summary>
    public string InWords() => string.Join(" ", Passed.Select(passed =>
        $"Usage passed {passed.Reached}{(passed.Threshold.Name is { } name ? $" ({name})" : "")}.")
        .Append($"{Usage} used so far in this period, {BilledBefore} billed before, {Total} now."));
}

/// <summary>Invoices within a period, and what the invoice at its end takes off for them (guide §11).</summary>
public static class ProgressiveBilling
{
    /// <summary>The invoice that is due now; null while no threshold is passed.</summary>
    /// <param name="imported">Usage from before the subscription was billed here.</param>
    /// <param name="earlierPeriods">Usage invoiced for earlier periods.</param>
    /// <param name="usage">All usage of this period so far.</param>
    /// <param name="before">The progressive invoices of this period, oldest first.</param>
    public static ProgressiveInvoice? InvoiceFor(
        ThresholdLadder ladder, Money imported, Money earlierPeriods, IReadOnlyList<ProgressiveLine> usage,
            IReadOnlyList<ProgressiveInvoice> before)
    {
        var currency = imported.Currency;
        var billed = before.Count == 0 ? Money.Zero(currency) : before[^1].Usage;
        var lifetime = new LifetimeUsage(imported, earlierPeriods, usage.Select(line => line.Amount).Sum(currency), billed);
        var passed = ladder.Passed(lifetime);
        return passed.Count == 0 ? null : new(usage, billed, passed);
    }
}
