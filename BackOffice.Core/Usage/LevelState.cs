using BackOffice.Core.Common;
using NodaTime;

namespace BackOffice.Core.Usage;

/// <summary>A level that events raise and lower, in a form that adds up: the average over time follows from three numbers.</summary>
/// <remarks>
/// A change v at time t holds until the end e, so it contributes v × (e − t). Over all events that is Σv × (e − o) − Σ v × (t − o) for any
/// moment o; kept are Σv, o and Σ v × (t − o). The moment o is the first event's, which keeps the numbers short.
/// </remarks>
/// <param name="Total">Σv: the level the events add up to.</param>
/// <param name="Moment">Σ v × (t − o), in units × microseconds.</param>
/// <param name="Since">o; null before the first event.</param>
/// <param name="Count">How many events.</param>
public sealed record LevelState(decimal Total, decimal Moment, Instant? Since, long Count) : MeterState
{
    public static new LevelState Empty { get; } = new(0, 0, null, 0);

    public override long Events => Count;

    public override decimal Level => Total;

    public override MeterState With(Reading reading) => Merge(new LevelState(reading.Value, 0, reading.At, 1));

    public override MeterState Merge(MeterState other)
    {
        var that = Same<LevelState>(other);
        if (Since is not { } mine || that.Since is not { } its)
        {
            return new LevelState(Exact.Add(Total, that.Total), Exact.Add(Moment, that.Moment), Since ?? that.Since, Count + that.Count);
        }

        var first = Instant.Min(mine, its);
        return new LevelState(
            Exact.Add(Total, that.Total), Exact.Add(MomentFrom(first), that.MomentFrom(first)), first, Count + that.Count);
    }

    /// <summary>Level × time, added up, divided by the real length of the whole period.</summary>
    /// <remarks>
    /// The length is that of the whole period in the customer's zone, so a level that holds all the time is the average on days of 23 and
    /// 25 hours too; Lago divides by days × 86,400 seconds there. A subscription that starts or ends inside has it for its part.
    /// </remarks>
    /// <exception cref="InvalidOperationException">There is no window.</exception>
    public override Quotient Finish(UsageWindow? window = null, MeterState? carried = null)
    {
        if (window is null)
        {
            throw new InvalidOperationException("An average over time needs the period it is taken over.");
        }

        var (start, end) = (window.When.Start, window.When.End);
        var area = Since is { } since
            ? Exact.Add(Exact.Multiply(Total, Micros(end - since)), -Moment)
            : Exact.Multiply(Total, Micros(end - start));
        if (carried is not null)
        {
            area = Exact.Add(area, Exact.Multiply(carried.Level, Micros(end - start)));
        }

        return InSeconds(area, Micros(window.WholeDuration));
    }

    private decimal MomentFrom(Instant first) => first == Since
        ? Moment
        : Exact.Add(Moment, Exact.Multiply(Total, Micros(Since!.Value - first)));

    // Periods last whole seconds, nearly always: shorter numbers, which people can check.
    private static Quotient InSeconds(decimal area, decimal length) => length % Million == 0
        ? new(Exact.DividePowerOfTen(area, Million), length / Million)
        : new(area, length);

    private const decimal Million = 1_000_000;

    private static decimal Micros(Duration duration) => (decimal)duration.BclCompatibleTicks / 10;
}
