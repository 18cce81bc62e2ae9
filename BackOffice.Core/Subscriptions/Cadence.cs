using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using NodaTime;

namespace BackOffice.Core.Subscriptions;

/// <summary>A stretch of the calendar that repeats from an anchor: every so many months, or every so many days.</summary>
/// <remarks>
/// The n-th repetition is always computed from the anchor, never from the one before, so that 31 January gives 28 February and then
/// 31 March (blueprint §5). Billing intervals, rules that top up wallets and schedules all repeat this way.
/// </remarks>
public readonly record struct Cadence
{
    private readonly int _months;
    private readonly int _days;

    private Cadence(int months, int days) => (_months, _days) = (months, days);

    /// <summary>Every so many months, on the anchor's day or the last day of a shorter month.</summary>
    /// <param name="count">1 to 1,200.</param>
    /// <exception cref="RuleBroken">The count is out of bounds.</exception>
    public static Cadence Months(int count) => new(Bounded(count, 1_200, "months"), 0);

    /// <summary>Every so many days. A week is seven of them.</summary>
    /// <param name="count">1 to 36,525.</param>
    /// <exception cref="RuleBroken">The count is out of bounds.</exception>
    public static Cadence Days(int count) => new(0, Bounded(count, 36_525, "days"));

    /// <summary>How a billing interval repeats.</summary>
    /// <exception cref="RuleBroken">There is no such interval.</exception>
    public static Cadence Of(BillingInterval interval) => interval switch
    {
        BillingInterval.Weekly => new(0, 7),
        BillingInterval.Monthly => new(1, 0),
        BillingInterval.Quarterly => new(3, 0),
        BillingInterval.SemiAnnual => new(6, 0),
        BillingInterval.Yearly => new(12, 0),
        _ => throw new RuleBroken($"{interval} is not a billing interval."),
    };

    /// <summary>Whether it counts months and not days.</summary>
    public bool IsMonths => _months > 0;

    /// <summary>The day of the n-th repetition, which may lie before the anchor.</summary>
    public LocalDate From(LocalDate anchor, int n) => IsMonths ? anchor.PlusMonths(_months * n) : anchor.PlusDays(_days * n);

    /// <summary>The same for an anchor with a time of day, which every repetition keeps.</summary>
    public LocalDateTime From(LocalDateTime anchor, int n) => From(anchor.Date, n) + anchor.TimeOfDay;

    /// <summary>How many whole repetitions lie between the anchor and a day; negative, and rounded down, before the anchor.</summary>
    public int WholeBetween(LocalDate anchor, LocalDate day)
    {
        var n = Guess(anchor, day);
        while (From(anchor, n) > day)
        {
            n--;
        }

        while (From(anchor, n + 1) <= day)
        {
            n++;
        }

        return n;
    }

    /// <summary>The same for an anchor with a time of day.</summary>
    public int WholeBetween(LocalDateTime anchor, LocalDateTime moment)
    {
        var n = WholeBetween(anchor.Date, moment.Date);
        return From(anchor, n) > moment ? n - 1 : n;
    }

    /// <summary>The last repetition at or before a moment; negative repetitions lie before the anchor.</summary>
    public LocalDateTime LastThrough(LocalDateTime anchor, LocalDateTime moment) => From(anchor, WholeBetween(anchor, moment));

    /// <summary>The last repetition before a moment, and not at it.</summary>
    public LocalDateTime LastBefore(LocalDateTime anchor, LocalDateTime moment)
    {
        var n = WholeBetween(anchor, moment);
        return From(anchor, From(anchor, n) == moment ? n - 1 : n);
    }

    // Within one of the answer; the caller corrects it for clamped days and for fractions.
    private int Guess(LocalDate anchor, LocalDate day) => IsMonths
        ? (((day.Year - anchor.Year) * 12) + day.Month - anchor.Month) / _months
        : NodaTime.Period.DaysBetween(anchor, day) / _days;

    private static int Bounded(int count, int most, string unit) => count >= 1 && count <= most
        ? count
        : throw new RuleBroken($"A period of {count} {unit} cannot be repeated. Use 1 to {most} {unit}.");
}
