using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Pricing;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;
using BackOffice.Web.Features.Billing;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Billing;

public sealed class StoredUsageTests
{
    private static readonly Metric Calls = Metric.Create("calls", "Calls", Aggregation.Count, null, "calls");
    private static readonly SubscriptionId Subscription = SubscriptionId.New();
    private static readonly Dictionary<(SubscriptionId, MetricId, Interval), Measured> Nothing = [];
    private static readonly Period March = new(new LocalDate(2026, 3, 1), new LocalDate(2026, 4, 1));

    [Fact]
    public void A_plain_charge_is_answered_from_what_was_added_up()
    {
        var question = Question(ChargeSettings.Plain);
        var known = new Dictionary<(SubscriptionId, MetricId, Interval), Measured>
        {
            [(Subscription, Calls.Id, question.Window.When)] = new(8_819, 8_819, 0),
        };

        var group = Assert.Single(new StoredUsage(known, UsageLog.Empty, new Dictionary<SubscriptionId, Interval>()).Measure(question));

        Assert.Equal((null, 8_819m), (group.Filter, group.Measured.Quantity));
    }

    [Fact]
    public void A_charge_with_groups_is_answered_from_the_events()
    {
        var question = Question(ChargeSettings.Plain with { GroupKeys = ["model"] });
        var call = new UsageEvent(1, "call", question.Window.When.Start, new Dictionary<string, decimal>());
        var log = UsageLog.Empty.With(Subscription, [call]);
        var read = new Dictionary<SubscriptionId, Interval> { [Subscription] = question.Window.When };

        var group = Assert.Single(new StoredUsage(Nothing, log, read).Measure(question));

        Assert.Equal(1, group.Measured.Quantity);
    }

    [Fact]
    public void Usage_that_nobody_read_is_never_taken_for_none()
    {
        var usage = new StoredUsage(Nothing, UsageLog.Empty, new Dictionary<SubscriptionId, Interval>());

        Assert.Throws<InvalidOperationException>(() => usage.Measure(Question(ChargeSettings.Plain)));
        Assert.Throws<InvalidOperationException>(() => usage.Events(Question(ChargeSettings.Plain)));
    }

    private static UsageQuestion Question(ChargeSettings settings) => new(
        Subscription, Charge.Of("Calls", Calls.Id, new PerUnitPrice(1), settings), Calls,
        UsageWindow.Of(March.In(DateTimeZone.Utc), March, March, DateTimeZone.Utc), MeterNeeds.Nothing);
}
