using BackOffice.Core.Common;
using NodaTime;

namespace BackOffice.Core.Invoices;

/// <summary>Which day a recurring invoice is dated from.</summary>
public enum IssuingAnchor
{
    /// <summary>The last day of the period that is billed.</summary>
    CurrentPeriodEnd,

    /// <summary>The first day of the next one, which is the billing day.</summary>
    NextPeriodStart,
}

/// <summary>What a grace period does to the date.</summary>
public enum IssuingAdjustment
{
    /// <summary>The date stays on the anchor, however long the invoice was a draft.</summary>
    KeepAnchor,

    /// <summary>The date moves to the day on which the grace period ends.</summary>
    AlignWithFinalizationDate,
}

/// <summary>The date an invoice carries, counted from the day on which it was billed (guide §13).</summary>
/// <param name="GraceDays">Days that it stays a draft; zero or more.</param>
public sealed record IssuingDate(IssuingAnchor Anchor, IssuingAdjustment Adjustment, int GraceDays)
{
    public int GraceDays { get; } = GraceDays >= 0 ? GraceDays : throw new RuleBroken("A grace period has no less than zero days.");

    /// <summary>Days from the billing day to the date; −1 is the last day of the period that ended.</summary>
    /// <param name="isRecurring">Whether it bills a period; what is billed at once waits for its grace period only.</param>
    public int OffsetDays(bool isRecurring) => (isRecurring, Anchor, Adjustment) switch
    {
        (false, _, _) => GraceDays,
        (_, IssuingAnchor.CurrentPeriodEnd, IssuingAdjustment.KeepAnchor) => -1,
        (_, IssuingAnchor.CurrentPeriodEnd, _) => GraceDays == 0 ? -1 : GraceDays,
        (_, _, IssuingAdjustment.KeepAnchor) => 0,
        _ => GraceDays,
    };

    public LocalDate For(LocalDate billedOn, bool isRecurring) => billedOn.PlusDays(OffsetDays(isRecurring));
}
