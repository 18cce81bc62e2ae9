using BackOffice.Core.Common;

namespace BackOffice.Core.Catalog;

/// <summary>Everything a plan version says about money, as a subscription sees it: with its own overrides, if it has any.</summary>
/// <remarks>Immutable; the engine reads these and nothing else of the catalogue.</remarks>
public sealed record PlanTerms
{
    public required PlanId PlanId { get; init; }

    public required string PlanCode { get; init; }

    public required string PlanName { get; init; }

    /// <summary>The number of the plan version.</summary>
    public required int Version { get; init; }

    public required BillingInterval Interval { get; init; }

    /// <summary>For a whole period.</summary>
    public required Money BaseFee { get; init; }

    /// <summary>In the order of the invoice.</summary>
    public IReadOnlyList<Charge> Charges { get; init; } = [];

    public PlanSettings Settings { get; init; } = PlanSettings.Plain;

    /// <summary>What was agreed for the subscription and is in these terms already; null for nothing.</summary>
    public TermsOverride? Agreed { get; init; }

    public Currency Currency => BaseFee.Currency;

    /// <summary>What the base fee comes to in a year; a change to a plan that is not cheaper is an upgrade (guide §5).</summary>
    public long YearlyMinor => checked(BaseFee.MinorUnits * PeriodsInAYear);

    private int PeriodsInAYear => Interval switch
    {
        BillingInterval.Weekly => 52,
        BillingInterval.Monthly => 12,
        BillingInterval.Quarterly => 4,
        BillingInterval.SemiAnnual => 2,
        _ => 1,
    };

    /// <summary>Whether a change to the other plan takes effect at once: it costs at least as much in a year.</summary>
    public bool IsUpgradeTo(PlanTerms other) => other.YearlyMinor >= YearlyMinor;

    /// <summary>The terms with what was agreed for one subscription.</summary>
    /// <exception cref="RuleBroken">An override names what the version does not have, or another currency.</exception>
    public PlanTerms With(TermsOverride agreed) => agreed.Apply(this);
}
