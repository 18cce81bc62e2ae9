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

    /// <summary>Due for each period, after it has ended (in arrears).</summary>
    public Money BaseFee => Money.OfMinor(BaseFeeMinor, Currency);

    public Instant? PublishedAt { get; private set; }

    public bool IsPublished => PublishedAt is not null;

    /// <summary>In the order of the invoice.</summary>
    public IReadOnlyList<Charge> Charges => [.. _charges.OrderBy(charge => charge.Position)];

    internal static PlanVersion Empty(int number, Currency currency) =>
        new() { Id = Guid.CreateVersion7(), Number = number, Currency = currency };

    internal void Edit(Money baseFee, IReadOnlyList<Charge> charges)
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

        BaseFeeMinor = baseFee.MinorUnits;
        _charges.Clear();
        _charges.AddRange(charges.Select((charge, i) => charge.At(i + 1)));
    }

    internal void Publish(Instant now)
    {
        if (BaseFeeMinor == 0 && _charges.Count == 0)
        {
            throw new RuleBroken("The plan charges nothing yet. Add a base fee or a usage charge before publishing.");
        }

        PublishedAt = now;
    }
}

/// <summary>A metric at a price.</summary>
public sealed class Charge
{
    private Charge()
    {
    }

    public Guid Id { get; private init; }

    public int Position { get; private init; }

    /// <summary>What the invoice line says.</summary>
    public string Name { get; private init; } = null!;

    public MetricId MetricId { get; private init; }

    public Price Price { get; private init; } = null!;

    /// <exception cref="RuleBroken">The name is missing.</exception>
    public static Charge Of(string name, MetricId metric, Price price) =>
        new() { Id = Guid.CreateVersion7(), Name = Text.Required(name, "Charge name"), MetricId = metric, Price = price };

    /// <summary>The charge in a version of its own: two versions never share one.</summary>
    internal Charge At(int position) =>
        new() { Id = Guid.CreateVersion7(), Position = position, Name = Name, MetricId = MetricId, Price = Price };
}
