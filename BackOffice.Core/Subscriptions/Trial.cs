using BackOffice.Core.Common;
using NodaTime;

namespace BackOffice.Core.Subscriptions;

/// <summary>Days from the very first start in which the base fee is free. Usage, fixed charges and commitments are not (§9).</summary>
/// <remarks>On the customer's calendar, from the first start under the code: a change of plan does not begin it anew.</remarks>
public sealed record Trial
{
    /// <param name="firstStart">The first day of the first subscription under the code.</param>
    /// <param name="days">0 to 3,660.</param>
    /// <exception cref="RuleBroken">The days are out of bounds.</exception>
    public Trial(LocalDate firstStart, int days) => (FirstStart, Days) = days is >= 0 and <= 3_660
        ? (firstStart, days)
        : throw new RuleBroken($"A trial of {days} days is not possible. Use 0 to 3,660 days.");

    /// <summary>The first free day.</summary>
    public LocalDate FirstStart { get; }

    /// <summary>How many days are free.</summary>
    public int Days { get; }

    /// <summary>The first day that costs something; a fee in advance that waited for the end of the trial is due on it.</summary>
    public LocalDate FirstPaidDay => FirstStart.PlusDays(Days);

    /// <summary>The days of a stretch that are after the trial; null when all of them are free.</summary>
    public Period? PaidPart(Period days) =>
        FirstPaidDay <= days.Start ? days
        : FirstPaidDay < days.End ? new(FirstPaidDay, days.End)
        : null;
}
