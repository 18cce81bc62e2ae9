using BackOffice.Core.Common;
using BackOffice.Core.Pricing;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Taxes;
using NodaTime;

namespace BackOffice.Core.Invoices;

/// <summary>A rated line as the invoice remembers it.</summary>
public sealed class InvoiceLine
{
    private InvoiceLine()
    {
    }

    public Guid Id { get; private init; }

    /// <summary>1, 2, 3 … in the order of the document.</summary>
    public int Position { get; private init; }

    public LineKind Kind { get; private init; }

    public SubscriptionId SubscriptionId { get; private init; }

    public string SubscriptionCode { get; private init; } = null!;

    public string PlanName { get; private init; } = null!;

    public int PlanVersion { get; private init; }

    public string Name { get; private init; } = null!;

    public LocalDate PeriodStart { get; private init; }

    public LocalDate PeriodEnd { get; private init; }

    public string? MetricCode { get; private init; }

    public string? Unit { get; private init; }

    public decimal Quantity { get; private init; }

    public long Events { get; private init; }

    public long EventsWithoutValue { get; private init; }

    /// <summary>How files name the plan; null for lines from before.</summary>
    public string? PlanCode { get; private init; }

    /// <summary>See <see cref="RatedLine.ChargeCode"/>.</summary>
    public string? ChargeCode { get; private init; }

    /// <summary>See <see cref="RatedLine.Item"/>; null for lines from when a period was billed as a whole.</summary>
    public string? Item { get; private init; }

    /// <summary>The filter the usage met, in words; null for usage that met none.</summary>
    public string? Filter { get; private init; }

    /// <summary>The values the usage is grouped by, in words; null without group keys.</summary>
    public string? Group { get; private init; }

    /// <summary>Whether it is billed before the days it is for.</summary>
    public bool InAdvance { get; private init; }

    /// <summary>As they were on the day of the document; empty for lines from before, see <see cref="Invoice.TaxesOf"/>.</summary>
    public IReadOnlyList<LineTax> Taxes { get; private init; } = [];

    public string PriceInWords { get; private init; } = null!;

    public IReadOnlyList<PriceStep> Steps { get; private init; } = [];

    /// <summary>Unrounded, in major units.</summary>
    public decimal ExactAmount { get; private init; }

    public Currency Currency { get; private init; } = null!;

    public long AmountMinor { get; private init; }

    public Period Period => new(PeriodStart, PeriodEnd);

    public Money Amount => Money.OfMinor(AmountMinor, Currency);

    internal static InvoiceLine Of(RatedLine line, int position, IReadOnlyList<LineTax> taxes) => new()
    {
        Id = Guid.CreateVersion7(),
        Position = position,
        Kind = line.Kind,
        SubscriptionId = line.Subscription,
        SubscriptionCode = line.SubscriptionCode,
        PlanName = line.PlanName,
        PlanVersion = line.PlanVersion,
        Name = line.Name,
        PeriodStart = line.Period.Start,
        PeriodEnd = line.Period.End,
        MetricCode = line.MetricCode,
        Unit = line.Unit,
        Quantity = line.Quantity,
        Events = line.Events,
        EventsWithoutValue = line.EventsWithoutValue,
        PlanCode = line.PlanCode,
        ChargeCode = line.ChargeCode,
        Item = line.Item,
        Filter = line.Filter,
        Group = line.Group,
        InAdvance = line.InAdvance,
        Taxes = taxes,
        PriceInWords = line.PriceInWords,
        Steps = line.Steps,
        ExactAmount = line.ExactAmount,
        Currency = line.Amount.Currency,
        AmountMinor = line.Amount.MinorUnits,
    };

    internal bool Says(RatedLine line) =>
        (SubscriptionId, Name, PlanVersion, PeriodStart, PeriodEnd, Quantity, Events, EventsWithoutValue, ExactAmount, AmountMinor)
        == (line.Subscription, line.Name, line.PlanVersion, line.Period.Start, line.Period.End, line.Quantity, line.Events,
            line.EventsWithoutValue, line.ExactAmount, line.Amount.MinorUnits)
        && (Filter, Group) == (line.Filter, line.Group);
}

/// <summary>The tax of one rate as the invoice remembers it.</summary>
public sealed class InvoiceTax
{
    private InvoiceTax()
    {
    }

    public Guid Id { get; private init; }

    public int Position { get; private init; }

    /// <summary>Null when no tax is charged.</summary>
    public string? Code { get; private init; }

    public string Name { get; private init; } = null!;

    public decimal Percent { get; private init; }

    /// <summary>Null for documents from before: the usual one of such a percentage.</summary>
    public TaxCategory? Category { get; private init; }

    public Currency Currency { get; private init; } = null!;

    public long BaseMinor { get; private init; }

    public long TaxMinor { get; private init; }

    public Money Base => Money.OfMinor(BaseMinor, Currency);

    public Money Tax => Money.OfMinor(TaxMinor, Currency);

    internal static InvoiceTax Of(TaxAmount tax, int position) => new()
    {
        Id = Guid.CreateVersion7(),
        Position = position,
        Code = tax.Code,
        Name = tax.Name,
        Percent = tax.Percent,
        Category = tax.Category,
        Currency = tax.Base.Currency,
        BaseMinor = tax.Base.MinorUnits,
        TaxMinor = tax.Tax.MinorUnits,
    };
}
