using BackOffice.Core.Common;
using BackOffice.Core.Subscriptions;
using BackOffice.Data.Providers;
using BackOffice.Data.Usage;
using BackOffice.Web.Features.Usage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Usage;

/// <summary>Usage is added up by the subscription's own months, so that a bill on an anniversary reads no event either.</summary>
public sealed class AnniversaryUsageTests(PostgresServer server)
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    [Theory, ClassData<BothDatabases>]
    public async Task What_a_period_on_the_anniversary_measures_is_told_without_its_events(DatabaseProvider provider)
    {
        await using var office = await UsageOffice.Open(provider, server);
        await using var db = office.Db();
        var plan = await db.Plans.SingleAsync();
        var start = new LocalDate(2023, 10, 31).AtStartOfDayInZone(Berlin).ToInstant();
        var life = SubscriptionLife.Start(SubscriptionId.New(), "ANN", Berlin, BillingTiming.Anniversary, plan.Terms(1), start);
        db.Subscriptions.Add(Subscription.Start(office.Customer.Id, life));
        await db.SaveChangesAsync();
        await office.ImportText("id,at,customer,calls\n"
            + "a,2026-01-30T22:59:59Z,ANN,1\nb,2026-01-30T23:00:00Z,ANN,2\nc,2026-02-27T22:59:59Z,ANN,4\nd,2026-02-27T23:00:00Z,ANN,8\n");

        var period = new Core.Common.Period(new LocalDate(2026, 1, 31), new LocalDate(2026, 2, 28)).In(Berlin);
        var metrics = await db.Metrics.Where(m => m.Code == "calls").ToListAsync();
        var told = await db.FromRollups([life.Subscription], period, metrics, default);
        Assert.Equal("6", $"{Assert.Single(told).Measured.Quantity:0.##}");
        var quarter = new Core.Common.Period(new LocalDate(2025, 12, 31), new LocalDate(2026, 3, 31)).In(Berlin);
        Assert.Equal("15", $"{Assert.Single(await db.FromRollups([life.Subscription], quarter, metrics, default)).Measured.Quantity:0.##}");
    }
}
