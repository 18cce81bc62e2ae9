using BackOffice.Core.Common;
using NodaTime;

namespace BackOffice.Core.Wallets;

/// <summary>An amount that is there for some time, in whatever unit the uses are counted in.</summary>
/// <param name="Id">Unique among the grants it is used with.</param>
/// <param name="Amount">Zero or more.</param>
/// <param name="Priority">The lowest number is used first.</param>
/// <param name="EffectiveAt">From this moment on it may be used.</param>
/// <param name="ExpiresAt">From this moment on it may not; null when it does not expire.</param>
/// <param name="VoidedAt">From this moment on it may not, because somebody took it back.</param>
/// <param name="Refill">When it is filled up to its amount again; what was left is not added.</param>
public sealed record Grant(
    string Id, decimal Amount, int Priority, Instant EffectiveAt, Instant? ExpiresAt = null, Instant? VoidedAt = null,
        GrantRefill? Refill = null)
{
    public decimal Amount { get; } = Amount >= 0 ? Amount : throw new RuleBroken("A grant must not be negative.");

    /// <summary>The first moment at which it cannot be used any more; null when there is none.</summary>
    public Instant? ClosedAt => ExpiresAt is { } expires && VoidedAt is { } voided ? Instant.Min(expires, voided) : ExpiresAt ?? VoidedAt;

    public bool IsOpenAt(Instant moment) => EffectiveAt <= moment && !(ClosedAt <= moment);
}

/// <summary>Moments at regular distance, counted in UTC from an anchor so that none drifts: 31 January, 28 February, 31 March.</summary>
/// <param name="Every">Such as one day, one week, one month; more than nothing.</param>
public sealed record GrantRefill(NodaTime.Period Every, Instant Anchor)
{
    public NodaTime.Period Every { get; } = Anchor.InUtc().LocalDateTime + Every > Anchor.InUtc().LocalDateTime
        ? Every
        : throw new RuleBroken("A grant is refilled at a regular distance of more than nothing.");

    /// <summary>The moments after <paramref name="start"/> and before <paramref name="end"/>.</summary>
    public IEnumerable<Instant> Between(Instant start, Instant end)
    {
        var times = 0;
        while (Nth(times) > start)
        {
            times--;
        }

        for (var moment = Nth(times); moment < end; moment = Nth(++times))
        {
            if (moment > start)
            {
                yield return moment;
            }
        }
    }

    private Instant Nth(int times)
    {
        var distance = new PeriodBuilder
        {
            Years = Every.Years * times,
            Months = Every.Months * times,
            Weeks = Every.Weeks * times,
            Days = Every.Days * times,
            Hours = Every.Hours * times,
            Minutes = Every.Minutes * times,
            Seconds = Every.Seconds * times,
        }.Build();
        return (Anchor.InUtc().LocalDateTime + distance).InUtc().ToInstant();
    }
}
