using BackOffice.Core.Common;
using BackOffice.Core.Pricing;
using BackOffice.Core.Thresholds;

namespace BackOffice.Core.Catalog;

/// <summary>What one subscription pays instead of what its plan says. Whatever is null stays as the plan has it.</summary>
public sealed record TermsOverride
{
    public Money? BaseFee { get; init; }

    public int? TrialDays { get; init; }

    /// <summary>For a whole period; zero when this customer promises nothing.</summary>
    public Money? Commitment { get; init; }

    /// <summary>When usage is billed early, instead of the plan's thresholds.</summary>
    public ThresholdLadder? EarlyBilling { get; init; }

    /// <summary>Usage is never billed early, whatever the plan says.</summary>
    public bool NoEarlyBilling { get; init; }

    public IReadOnlyList<ChargeOverride> Charges { get; init; } = [];

    public IReadOnlyList<FixedChargeOverride> FixedCharges { get; init; } = [];

    internal PlanTerms Apply(PlanTerms terms)
    {
        if (NoEarlyBilling && EarlyBilling is not null)
        {
            throw new RuleBroken("Usage is billed early, or it is not: the agreed sums and the switch contradict each other.");
        }

        foreach (var metric in Charges.Select(o => o.Metric).Where(metric => terms.Charges.All(charge => charge.MetricId != metric)))
        {
            throw new RuleBroken($"Plan {terms.PlanCode} has no charge for one of the agreed prices ({metric.Value}).");
        }

        foreach (var code in FixedCharges.Select(o => o.Code).Where(code => terms.Settings.FixedCharges.All(charge => charge.Code != code)))
        {
            throw new RuleBroken($"Plan {terms.PlanCode} has no fixed charge {code}, whose price or units were agreed.");
        }

        return terms with
        {
            Agreed = this,
            BaseFee = Same(BaseFee, terms) ?? terms.BaseFee,
            Charges = Charges.Count == 0 ? terms.Charges : [.. terms.Charges.Select(charge => Agreed(charge, terms.Currency))],
            Settings = Agreed(terms.Settings, terms).Checked(terms.Interval, terms.Currency),
        };
    }

    private PlanSettings Agreed(PlanSettings settings, PlanTerms terms) => settings with
    {
        TrialDays = TrialDays ?? settings.TrialDays,
        Commitment = Same(Commitment, terms) switch
        {
            null => settings.Commitment,
            { MinorUnits: 0 } => null,
            var amount => new MinimumCommitment(amount, settings.Commitment?.Name) { TaxCodes = settings.Commitment?.TaxCodes ?? [] },
        },
        FixedCharges = [.. settings.FixedCharges.Select(Agreed)],
        EarlyBilling = NoEarlyBilling ? null : EarlyBilling ?? settings.EarlyBilling,
    };

    private Charge Agreed(Charge charge, Currency currency)
    {
        if (Charges.FirstOrDefault(agreed => agreed.Metric == charge.MetricId) is not { } found)
        {
            return charge;
        }

        var settings = charge.Settings with
        {
            Minimum = found.Minimum ?? charge.Settings.Minimum,
            Maximum = found.Maximum ?? charge.Settings.Maximum,
        };
        settings.Check(charge.Name, currency);
        return charge.At(found.Price ?? charge.Price, charge.Position, settings);
    }

    private FixedCharge Agreed(FixedCharge charge) => FixedCharges.FirstOrDefault(agreed => agreed.Code == charge.Code) is { } found
        ? charge with { Units = found.Units ?? charge.Units, Price = found.Price ?? charge.Price }
        : charge;

    private static Money? Same(Money? amount, PlanTerms terms) => amount is null || amount.Currency == terms.Currency
        ? amount
        : throw new RuleBroken($"An agreed amount is in {amount.Currency}, the plan in {terms.Currency}.");
}

/// <summary>What is agreed about the charge of a metric; null leaves it as the plan has it.</summary>
/// <param name="Price">For usage that no filter has a price of its own for.</param>
/// <param name="Minimum">For a whole period; zero for no minimum.</param>
/// <param name="Maximum">For a period.</param>
public sealed record ChargeOverride(MetricId Metric, Price? Price = null, Money? Minimum = null, Money? Maximum = null);

/// <summary>The agreed units or price of a fixed charge; null leaves it as the plan has it.</summary>
public sealed record FixedChargeOverride(string Code, decimal? Units = null, Price? Price = null);
