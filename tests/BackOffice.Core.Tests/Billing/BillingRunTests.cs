using BackOffice.Core.Billing;
using BackOffice.Core.Invoices;
using BackOffice.Core.Subscriptions;

namespace BackOffice.Core.Tests.Billing;

public sealed class BillingRunTests
{
    [Fact]
    public void Remembers_who_started_it_when_and_with_which_zone_data()
    {
        var run = BillingRun.Start(7, Day("2026-10-31"), Mara, Now);

        Assert.Equal((7L, Day("2026-10-31"), Mara, Now), (run.Number, run.Through, run.StartedBy, run.StartedAt));
        Assert.Equal((Zone.DataVersion, null, null), (run.ZoneData, run.FinishedAt, run.ScheduledFor));
    }

    [Fact]
    public void Finishes_once()
    {
        var run = BillingRun.Start(7, Day("2026-10-31"), Schedule, Now, scheduledFor: Now);
        run.Finish(Now + Duration.FromMinutes(1));
        run.Finish(Now + Duration.FromMinutes(2));

        Assert.Equal((Now + Duration.FromMinutes(1), Now), (run.FinishedAt!.Value, run.ScheduledFor!.Value));
    }

    [Fact]
    public void A_billed_period_is_the_same_whenever_it_is_billed()
    {
        var (subscription, invoice) = (SubscriptionId.New(), InvoiceId.New());
        var billed = BilledPeriod.Of(subscription, Days("2026-10-01", "2026-10-31"), invoice);

        Assert.Equal((subscription, "Recurring", Day("2026-10-01"), Day("2026-11-01"), 0),
            (billed.SubscriptionId, billed.Kind, billed.Start, billed.End, billed.Generation));
        Assert.Equal(invoice, billed.InvoiceId!.Value);
        Assert.Null(BilledPeriod.Of(subscription, Days("2026-10-01", "2026-10-31"), null).InvoiceId);
    }
}
