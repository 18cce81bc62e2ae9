using BackOffice.Core.Catalog;

namespace BackOffice.Web.Features.Usage.Files;

/// <summary>What a long file's name of a metric means for us.</summary>
/// <param name="Name">As the file writes it.</param>
/// <param name="Code">The metric's code.</param>
/// <param name="EventName">The event the metric listens to; its code when it listens to all.</param>
/// <param name="Property">Where it reads its number; null when it counts events or has a formula.</param>
public sealed record MetricTarget(string Name, string Code, string EventName, string? Property)
{
    public static MetricTarget Of(Metric metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return new(metric.Code, metric.Code, metric.EventName ?? metric.Code, metric.Property);
    }
}

/// <summary>A code of the file that means another one here, as somebody has decided.</summary>
public sealed record CodeAlias(string Name, string Code);
