using BackOffice.Core.Common;
using BackOffice.Core.Pricing;
using NodaTime;

namespace BackOffice.Core.Catalog;

/// <summary>The prices of a plan at one time. Invoices name the version they were made from.</summary>
public sealed class PlanVersion
{
    private readonly List<Charge> _charges = [];

    private PlanVersion()
    {
    }

    public Guid Id { get; private init; }

    /// <summary>1, 2, 3 … within the plan.</summary>
    public int Number { get; private init; }

    public Currency Currency { get; private init; } = null!;

    /// <summary>The base fee of a whole period, in minor units of <see cref="Currency"/>.</summary>
    public long BaseFeeMinor { get; private set; }

    /// <summary>Due for each period: after it has ended, unless <see cref="PlanSettings.PayInAdvance"/>.</summary>
    public Money BaseFee => Money.OfMinor(BaseFeeMinor, Currency);

    /// <summary>How the version is billed, beside base fee and charges.</summary>
    public PlanSettings Settings { get; private set; } = PlanSettings.Plain;

    /// <summary>The first day on which new subscriptions get this version; null from its publication on.</summary>
    public LocalDate? EffectiveFrom { get; private set; }

    public Instant? PublishedAt { get; private set; }

    public bool IsPublished => PublishedAt is not null;

    /// <summary>In the order of the invoice.</summary>
    public IReadOnlyList<Charge> Charges => [.. _charges.OrderBy(charge => charge.Position)];

    internal static PlanVersion Empty(int number, Currency currency) =>
        new() { Id = Guid.CreateVersion7(), Number = number, Currency = currency };

    internal void Edit(Money baseFee, IReadOnlyList<Charge> charges, PlanSettings settings)
    {
        if (IsPublished)
        {
            throw new RuleBroken($"Version {Number} is published and can never change. Edit the plan to start a new version.");
        }

        if (baseFee.MinorUnits < 0)
        {
            throw new RuleBroken("The base fee must not be negative.");
        }

        if (charges.GroupBy(charge => charge.MetricId).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new RuleBroken(
                $"\"{twice.Last().Name}\" charges a metric that \"{twice.First().Name}\" charges already. It would be billed twice.");
        }

        foreach (var charge in charges)
        {
            charge.Settings.Check(charge.Name, Currency);
        }

        (BaseFeeMinor, Settings) = (baseFee.MinorUnits, settings);
        _charges.Clear();
        _charges.AddRange(charges.Select((charge, i) => charge.At(i + 1)));
    }

    internal void Publish(Instant now, LocalDate? effectiveFrom)
    {
        if (BaseFeeMinor == 0 && _charges.Count == 0 && Settings.FixedCharges.Count == 0 && Settings.Commitment is null)
        {
            throw new RuleBroken("The plan charges nothing yet. Add a base fee or a usage charge before publishing.");
        }

        (PublishedAt, EffectiveFrom) = (now, effectiveFrom);
    }
}
