using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Web.Features.Catalog;
using BackOffice.Web.Features.Customers;

namespace BackOffice.Web.Features.Subscriptions;

/// <summary>Whether usage is billed before its period is over, as a form offers it.</summary>
public enum EarlyBillingChoice
{
    AsThePlan,
    Never,
    OwnSums,
}

/// <summary>What one customer pays instead of what the plan says, while it is typed. What is left empty stays as the plan has it.</summary>
public sealed class AgreedDraft
{
    public decimal? BaseFee { get; set; }

    public decimal? TrialDays { get; set; }

    /// <summary>Zero for none.</summary>
    public decimal? Commitment { get; set; }

    public EarlyBillingChoice Early { get; set; }

    /// <summary>The sums agreed with this customer, when they are not the plan's.</summary>
    public EarlyBillingDraft EarlyBilling { get; } = new();

    public IReadOnlyList<AgreedFixedCharge> FixedCharges { get; private init; } = [];

    public IReadOnlyList<AgreedCharge> Charges { get; private init; } = [];

    /// <summary>Nothing agreed yet about what a plan offers.</summary>
    public static AgreedDraft Of(PlanOffer? offer) => new()
    {
        FixedCharges = [.. (offer?.FixedCharges ?? []).Select(charge => new AgreedFixedCharge(charge))],
        Charges = [.. (offer?.Charges ?? []).Select(charge => new AgreedCharge(charge))],
    };

    /// <returns>Null when nothing is agreed.</returns>
    /// <exception cref="RuleBroken">A price is not complete or refused; the message names the charge.</exception>
    public TermsOverride? ToOverride(Currency currency)
    {
        var charges = Charges.Where(charge => charge.SaysSomething).Select(charge => charge.ToOverride(currency)).ToList();
        var fixedCharges = FixedCharges.Where(charge => charge.SaysSomething).Select(charge => charge.ToOverride()).ToList();
        var early = Early == EarlyBillingChoice.OwnSums
            ? EarlyBilling.ToLadder(currency) ?? throw new RuleBroken("Name the sums at which usage is billed early.")
            : null;
        var agreed = new TermsOverride
        {
            BaseFee = BaseFee is { } fee ? Money.Of(fee, currency) : null,
            TrialDays = TrialDays is null ? null : Days.Whole(TrialDays, "The trial"),
            Commitment = Commitment is { } commitment ? Money.Of(commitment, currency) : null,
            EarlyBilling = early,
            NoEarlyBilling = Early == EarlyBillingChoice.Never,
            Charges = charges,
            FixedCharges = fixedCharges,
        };
        return BaseFee is null && TrialDays is null && Commitment is null && Early == EarlyBillingChoice.AsThePlan
            && charges.Count + fixedCharges.Count == 0 ? null : agreed;
    }
}

/// <summary>The agreed price of a charge, while it is typed. It begins with what the plan says.</summary>
public abstract class AgreedPrice(string name, PriceDraft price)
{
    public string Name { get; } = name;

    /// <summary>Whether the price counts; else the plan's does, whatever is typed.</summary>
    public bool HasPrice { get; set; }

    public PriceDraft Price { get; } = price;

    /// <exception cref="RuleBroken">The price is not complete or refused; the message names the charge.</exception>
    protected Core.Pricing.Price? Agreed()
    {
        try
        {
            return HasPrice ? Price.ToPrice() : null;
        }
        catch (RuleBroken refusal)
        {
            throw new RuleBroken($"\"{Name}\": {refusal.Message}");
        }
    }
}

/// <summary>What is agreed about a usage charge.</summary>
public sealed class AgreedCharge(ChargeOffer offer) : AgreedPrice(offer.Name, PriceDraft.Of(offer.Price))
{
    public ChargeOffer Offer { get; } = offer;

    /// <summary>In major units, like the maximum; zero for none.</summary>
    public decimal? Minimum { get; set; }

    public decimal? Maximum { get; set; }

    public bool SaysSomething => HasPrice || Minimum is not null || Maximum is not null;

    /// <exception cref="RuleBroken">The price is not complete or refused; the message names the charge.</exception>
    public ChargeOverride ToOverride(Currency currency) => new(
        Offer.Metric, Agreed(),
        Minimum is { } least ? Money.Of(least, currency) : null,
        Maximum is { } most ? Money.Of(most, currency) : null);
}

/// <summary>What is agreed about a fixed charge.</summary>
public sealed class AgreedFixedCharge(FixedCharge offer) : AgreedPrice(offer.Name, PriceDraft.Of(offer.Price))
{
    public FixedCharge Offer { get; } = offer;

    public decimal? Units { get; set; }

    public bool SaysSomething => HasPrice || Units is not null;

    /// <exception cref="RuleBroken">The price is not complete or refused; the message names the charge.</exception>
    public FixedChargeOverride ToOverride() => new(Offer.Code, Units, Agreed());
}
