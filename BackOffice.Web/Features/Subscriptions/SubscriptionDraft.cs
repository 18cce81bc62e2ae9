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

    /// <summary>What this customer pays instead of what the plan says.</summary>
    public AgreedDraft Agreed { get; set; } = AgreedDraft.Of(null);

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
        Agreed = Agreed.ToOverride(Currency.Of(currencyCode)),
    };

    private LocalTime? Time() => string.IsNullOrWhiteSpace(StartsAt) ? null
        : Clock.Parse(StartsAt.Trim()) is { Success: true } time ? time.Value
        : throw new RuleBroken("Enter the time of the start such as 14:30, or leave it empty.");
}
