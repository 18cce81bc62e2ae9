using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using NodaTime;

namespace BackOffice.Core.Thresholds;

/// <summary>A level that was crossed: what an alert told, and who has seen it.</summary>
public sealed class AlertEntry
{
    private AlertEntry()
    {
    }

    public Guid Id { get; private init; }

    public AlertId AlertId { get; private init; }

    /// <summary>Which of the alert's looks told it, from 1; unique with the level.</summary>
    public int Look { get; private init; }

    /// <summary>Minor units of the alert's currency, or units of its metric.</summary>
    public decimal Level { get; private init; }

    /// <summary>The value that crossed it.</summary>
    public decimal Value { get; private init; }

    /// <summary>When it was noticed.</summary>
    public Instant At { get; private init; }

    /// <summary>The first day of the period the value is of; null when it is of none.</summary>
    public LocalDate? PeriodFrom { get; private init; }

    /// <summary>Null while nobody has.</summary>
    public Person? SeenBy { get; private set; }

    public Instant? SeenAt { get; private set; }

    /// <summary>Somebody took note of it.</summary>
    /// <exception cref="RuleBroken">Somebody has before.</exception>
    public void See(Person by, Instant now) => (SeenBy, SeenAt) = SeenBy is null
        ? (by, now)
        : throw new RuleBroken($"{SeenBy.Name} has taken note of this already.");

    internal static AlertEntry Of(Alert alert, decimal level, decimal value, Instant now) => new()
    {
        Id = Guid.CreateVersion7(),
        AlertId = alert.Id,
        Look = alert.Told,
        Level = level,
        Value = value,
        At = now,
        PeriodFrom = alert.PeriodFrom,
    };
}
