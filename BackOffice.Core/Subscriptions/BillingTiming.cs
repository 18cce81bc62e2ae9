using BackOffice.Core.Common;

namespace BackOffice.Core.Subscriptions;

/// <summary>On which days the periods of a subscription begin. There are three ways, and no others.</summary>
public abstract record BillingTiming
{
    private BillingTiming()
    {
    }

    /// <summary>Weeks begin on Monday; months, quarters, half-years and years on the 1st, as the calendar has them.</summary>
    public static BillingTiming Calendar { get; } = new CalendarTiming();

    /// <summary>Periods begin on the subscription's own day: its weekday, or its day of the month.</summary>
    public static BillingTiming Anniversary { get; } = new AnniversaryTiming();

    /// <summary>Periods begin on a fixed day of the month; in shorter months on the last day, and then on the fixed day again.</summary>
    /// <param name="day">1 to 31.</param>
    /// <exception cref="RuleBroken">The day is out of bounds.</exception>
    public static BillingTiming OnDay(int day) => new FixedDayTiming(day);

    /// <summary>See <see cref="Calendar"/>.</summary>
    public sealed record CalendarTiming : BillingTiming
    {
        internal CalendarTiming()
        {
        }

        /// <inheritdoc/>
        public override string ToString() => "calendar";
    }

    /// <summary>See <see cref="Anniversary"/>.</summary>
    public sealed record AnniversaryTiming : BillingTiming
    {
        internal AnniversaryTiming()
        {
        }

        /// <inheritdoc/>
        public override string ToString() => "anniversary";
    }

    /// <summary>See <see cref="OnDay"/>.</summary>
    public sealed record FixedDayTiming : BillingTiming
    {
        internal FixedDayTiming(int day) => Day = day is >= 1 and <= 31
            ? day
            : throw new RuleBroken($"{day} is not a billing day. Use a day of the month, 1 to 31.");

        /// <summary>The day of the month, 1 to 31.</summary>
        public int Day { get; }

        /// <inheritdoc/>
        public override string ToString() => $"on day {Day}";
    }
}
