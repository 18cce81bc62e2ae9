using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using NodaTime;

namespace BackOffice.Core.Subscriptions;

public readonly record struct SubscriptionId(Guid Value) : IId<SubscriptionId>
{
    public static SubscriptionId From(Guid value) => new(value);

    public static SubscriptionId New() => new(Guid.CreateVersion7());
}

/// <summary>A customer on a plan version since a day. Usage is recorded against its code.</summary>
public sealed class Subscription
{
    private Subscription()
    {
    }

    public SubscriptionId Id { get; private init; }

    /// <summary>How usage files name the subscription; unique.</summary>
    public string Code { get; private init; } = null!;

    public CustomerId CustomerId { get; private init; }

    public PlanId PlanId { get; private init; }

    public int PlanVersion { get; private init; }

    /// <summary>The first day that is billed, on the customer's calendar.</summary>
    public LocalDate StartsOn { get; private init; }

    /// <summary>The last day that is billed; null while it goes on.</summary>
    public LocalDate? EndsOn { get; private set; }

    /// <summary>Subscribes a customer to the plan's latest published version.</summary>
    /// <exception cref="RuleBroken">The code is malformed or the plan has no published version.</exception>
    public static Subscription Start(string code, CustomerId customer, Plan plan, LocalDate startsOn) => new()
    {
        Id = SubscriptionId.New(),
        Code = Common.Code.Check(code, "Subscription code"),
        CustomerId = customer,
        PlanId = plan.Id,
        PlanVersion = plan.Latest?.Number ?? throw new RuleBroken($"Plan {plan.Code} is not published yet, so nobody can subscribe to it."),
        StartsOn = startsOn,
    };

    /// <summary>Ends the subscription; the last day is still billed.</summary>
    /// <param name="billedThrough">The last day that has been billed; null when none has.</param>
    /// <exception cref="RuleBroken">It has ended already, or the day is before the start or inside what has been billed.</exception>
    public void End(LocalDate lastDay, LocalDate? billedThrough)
    {
        if (EndsOn is not null)
        {
            throw new RuleBroken($"Subscription {Code} has an end already: {EndsOn:uuuu-MM-dd}.");
        }

        if (lastDay < StartsOn || lastDay < billedThrough)
        {
            throw new RuleBroken(
                $"Subscription {Code} cannot end before {(billedThrough > StartsOn ? billedThrough : StartsOn):uuuu-MM-dd}.");
        }

        EndsOn = lastDay;
    }
}
