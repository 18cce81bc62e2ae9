using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Subscriptions;
using BackOffice.Web.Features.Catalog;
using BackOffice.Web.Features.Customers;
using NodaTime;
using NodaTime.Text;

namespace BackOffice.Web.Features.Subscriptions;

/// <summary>When periods begin, as a form offers it.</summary>
public enum TimingChoice
{
    Calendar,
    Anniversary,
    Day,
}

/// <summary>Whether usage is billed before its period is over, as a form offers it.</summary>
public enum EarlyBillingChoice
{
    AsThePlan,
    Never,
    OwnSums,
}

/// <summary>A new subscription while it is typed. Whatever is left empty stays as the plan has it.</summary>
public sealed class SubscriptionDraft
{
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    public string? CustomerCode { get; set; }

    public string? PlanCode { get; set; }

    public string? Code { get; set; }

    public LocalDate? StartsOn { get; set; }

    /// <summary>A time such as 14:30, on the customer's clock.</summary>
    public string? StartsAt { get; set; }

    public TimingChoice Timing { get; set; }

    public decimal? BillingDay { get; set; } = 1;

    public LocalDate? BillFrom { get; set; }

    public LocalDate? LastDay { get; set; }

    public decimal? BaseFee { get; set; }

    public decimal? TrialDays { get; set; }

    public decimal? Commitment { get; set; }

    public EarlyBillingChoice Early { get; set; }

    /// <summary>The sums agreed with this customer, when they are not the plan's.</summary>
    public EarlyBillingDraft EarlyBilling { get; } = new();

    /// <summary>Agreed units of fixed charges, by code.</summary>
    public Dictionary<string, decimal?> Units { get; } = new(StringComparer.Ordinal);

    /// <param name="currencyCode">The plan's currency.</param>
    /// <exception cref="RuleBroken">Something is missing or malformed.</exception>
    public SubscriptionInput ToInput(string currencyCode) => new(
        Code ?? throw new RuleBroken("The code is missing."),
        CustomerCode is { Length: > 0 } customer ? customer : throw new RuleBroken("Choose a customer and a plan."),
        PlanCode is { Length: > 0 } plan ? plan : throw new RuleBroken("Choose a customer and a plan."),
        StartsOn ?? throw new RuleBroken("The first day is missing."))
    {
        StartsAt = Time(),
        Timing = Timing switch
        {
            TimingChoice.Calendar => BillingTiming.Calendar,
            TimingChoice.Anniversary => BillingTiming.Anniversary,
            _ => BillingTiming.OnDay(BillingDay is { } day && day == decimal.Truncate(day) && day is >= 1 and <= 31
                ? (int)day
                : throw new RuleBroken("The day of the month must be 1 to 31.")),
        },
        BillFrom = BillFrom,
        LastDay = LastDay,
        Agreed = Agreed(Currency.Of(currencyCode)),
    };

    private LocalTime? Time() => string.IsNullOrWhiteSpace(StartsAt) ? null
        : Clock.Parse(StartsAt.Trim()) is { Success: true } time ? time.Value
        : throw new RuleBroken("Enter the time of the start such as 14:30, or leave it empty.");

    private TermsOverride? Agreed(Currency currency)
    {
        var units = Units.Where(pair => pair.Value is not null).Select(pair => new FixedChargeOverride(pair.Key, pair.Value)).ToList();
        var early = Early == EarlyBillingChoice.OwnSums
            ? EarlyBilling.ToLadder(currency) ?? throw new RuleBroken("Name the sums at which usage is billed early.")
            : null;
        return BaseFee is null && TrialDays is null && Commitment is null && units.Count == 0 && Early == EarlyBillingChoice.AsThePlan
            ? null : new TermsOverride
        {
            EarlyBilling = early,
            NoEarlyBilling = Early == EarlyBillingChoice.Never,
            BaseFee = BaseFee is { } fee ? Money.Of(fee, currency) : null,
            TrialDays = TrialDays is null ? null : Days.Whole(TrialDays, "The trial"),
            Commitment = Commitment is { } commitment ? Money.Of(commitment, currency) : null,
            FixedCharges = units,
        };
    }
}
