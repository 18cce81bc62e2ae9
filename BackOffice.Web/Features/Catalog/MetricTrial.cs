using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using BackOffice.Web.Shared;
using NodaTime;

namespace BackOffice.Web.Features.Catalog;

/// <summary>A metric tried on some events: which count, with what value, and what comes out.</summary>
/// <param name="Rows">In the order of the events.</param>
/// <param name="Measured">Null when it cannot be computed.</param>
/// <param name="Problem">Why not.</param>
public sealed record MetricTrial(IReadOnlyList<TriedEvent> Rows, Measured? Measured, string? Problem)
{
    /// <summary>Events are measured over the whole days they are on, counted in UTC.</summary>
    public static MetricTrial Of(Metric metric, IReadOnlyList<UsageEvent> events)
    {
        if (events.Count == 0)
        {
            return new MetricTrial([], Measured.Nothing, null);
        }

        try
        {
            var meter = new Meter(metric, Window(events));
            var rows = events.Select(usage => Row(metric, usage)).ToList();
            foreach (var usage in events)
            {
                meter.Add(usage);
            }

            return new MetricTrial(rows, meter.Result, null);
        }
        catch (ArithmeticException)
        {
            return new MetricTrial([], null, "These values need more digits than a quantity can have.");
        }
    }

    private static TriedEvent Row(Metric metric, UsageEvent usage) => Reading.Take(metric, usage, out var reading) switch
    {
        null => new(usage, true, reading.Item is null
            ? MoneyText.Quantity(reading.Value)
            : (reading.Removes ? "removes " : "adds ") + reading.Item),
        Exclusion.OtherName => new(usage, false, $"has another name, {usage.Name}"),
        Exclusion.NoValue => new(usage, false, $"lacks {metric.Property}"),
        Exclusion.NotANumber => new(usage, false, $"{metric.Property} is no number: {usage.TextOf(metric.Property!)}"),
        Exclusion.NoResult => new(usage, false, "the expression has no result: a property is missing, or it divides by zero"),
        _ => new(usage, false, $"{UsageEvent.OperationProperty} is neither add nor remove"),
    };

    private static UsageWindow Window(IReadOnlyList<UsageEvent> events)
    {
        var days = new Core.Common.Period(
            events.Min(usage => usage.At).InUtc().Date, events.Max(usage => usage.At).InUtc().Date.PlusDays(1));
        return UsageWindow.Of(days, days, DateTimeZone.Utc);
    }
}

/// <summary>An event of a trial.</summary>
/// <param name="Counts">Whether the metric takes something from it.</param>
/// <param name="Taken">The value it takes, else why none.</param>
public sealed record TriedEvent(UsageEvent Event, bool Counts, string Taken);
