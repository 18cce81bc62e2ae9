using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Pricing;
using BackOffice.Core.Subscriptions;
using BackOffice.Web.Features.Catalog;
using NodaTime;

namespace BackOffice.Web.Features.Subscriptions;

/// <summary>A subscription with its life.</summary>
/// <param name="Timing">When periods begin, as words.</param>
/// <param name="TrialThrough">The last day without a base fee; null without a trial.</param>
/// <param name="Days">What happens on which day, oldest first; also what is planned.</param>
/// <param name="Prices">What it pays today.</param>
/// <param name="Units">The history of each fixed charge's units.</param>
/// <param name="Revision">What the reader saw, for <see cref="ChangeSubscription"/>.</param>
public sealed record SubscriptionView(
    SubscriptionRow Row, string Timing, LocalDate PeriodEnds, LocalDate? TrialThrough, LocalDate? BillFrom, string ZoneId,
    IReadOnlyList<LifeDay> Days, IReadOnlyList<PriceInForce> Prices, IReadOnlyList<UnitsInForce> Units, int Revision)
{
    /// <summary>Whether it can change: it has begun and is not over. Ended at once it is over, although today is billed.</summary>
    public required bool IsRunning { get; init; }

    /// <summary>What it is billed in today.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>Whether an end can be agreed or moved.</summary>
    public required bool CanEnd { get; init; }
}

/// <summary>Something that happened or will happen to a subscription.</summary>
/// <param name="Remark">When it was decided and what follows; null when there is nothing to add.</param>
public sealed record LifeDay(LocalDate Day, string Text, string? Remark, bool IsPlanned);

/// <summary>A part of the price.</summary>
/// <param name="IsAgreed">Whether this customer pays something else than the plan says.</param>
public sealed record PriceInForce(string Name, string InWords, bool IsAgreed)
{
    /// <summary>What the plan says instead; null when nothing else was agreed.</summary>
    public string? ThePlan { get; init; }
}

/// <summary>Units of a fixed charge.</summary>
/// <param name="Today">What counts now.</param>
/// <param name="Changes">Oldest first, the planned ones too.</param>
public sealed record UnitsInForce(string Code, string Name, decimal Today, IReadOnlyList<UnitChange> Changes);

/// <summary>Other terms a subscription can change to.</summary>
/// <param name="IsUpgrade">Whether they cost at least as much in a year, so that the rule changes at once.</param>
/// <param name="IsSamePlan">Another version of the plan it is on.</param>
public sealed record TermsChoice(
    string PlanCode, string PlanName, int Version, Money BaseFee, string Interval, bool IsUpgrade, bool IsSamePlan)
{
    /// <summary>What tells it from the other choices.</summary>
    public string Key => $"{PlanCode} {Version}";
}

/// <summary>What a plan offers a new subscription.</summary>
/// <param name="Fee">The base fee in words.</param>
/// <param name="IsMonthlyInArrears">The plainest plan there is: billed after each calendar month.</param>
public sealed record PlanOffer(string CurrencyCode, string Fee, bool IsMonthlyInArrears, IReadOnlyList<FixedCharge> FixedCharges)
{
    public IReadOnlyList<ChargeOffer> Charges { get; init; } = [];

    /// <summary>Null when nothing is promised.</summary>
    public Money? Commitment { get; init; }
}

/// <summary>A usage charge of a plan, about which something else may be agreed.</summary>
public sealed record ChargeOffer(MetricId Metric, string MetricCode, string Name, Price Price, ChargeSettings Settings)
{
    /// <summary>The price and everything beside it.</summary>
    public string InWords(Currency currency) =>
        string.Join("; ", [Price.InWords(currency), .. TermsInWords.Of(Settings, currency)]);
}
