using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Thresholds;
using BackOffice.Core.Wallets;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Data.Providers;
using BackOffice.Web.Features.Subscriptions;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Alerts;

/// <summary>Sets an alert on a subscription or a wallet. What is there already is taken as seen.</summary>
public sealed class DefineAlert(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <exception cref="RuleBroken">He may not, there is no such subscription, wallet or metric, or a level is refused.</exception>
    public async Task<AlertId> Run(AlertInput input, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ManageCustomers, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var now = clock.GetCurrentInstant();
        var (alert, customer, on) = input.Wallet is { } wallet
            ? await OnWallet(db, input, wallet, cancel)
            : await OnUsage(db, input, now, cancel);
        await db.LockCustomer(customer, cancel);
        if (await (await AlertValues.Of(db, customer, now, cancel)).Of(alert, cancel) is { } present)
        {
            alert.Begin(present.Value, now, present.PeriodFrom);
        }

        db.Alerts.Add(alert);
        db.Record(actor.AsPerson(), now, "Defined", "Alert", alert.Id.Value, $"{alert.Name} on {on}: {AlertWords.Levels(alert)}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return alert.Id;
    }

    private static async Task<(Alert Alert, CustomerId Customer, string On)> OnUsage(
        BackOfficeDb db, AlertInput input, Instant now, CancellationToken cancel)
    {
        var id = input.Subscription ?? throw new RuleBroken("Choose what the alert looks at: a subscription or a wallet.");
        var inHand = await new LifeBook(db).Of(id, cancel);
        if (input.MetricCode is { } metric && !await db.Metrics.AnyAsync(m => m.Code == metric, cancel))
        {
            throw new RuleBroken($"There is no metric with the code \"{metric}\".");
        }

        var units = input.Subject is AlertSubject.MetricUnits or AlertSubject.LifetimeMetricUnits;
        var currency = units ? null : SubscriptionQueries.NowOf(inHand.Life, now).Terms.Currency;
        var alert = Alert.OnUsage(
            id, input.Name, input.Subject, Levels(input, currency, AlertDirection.Rising), currency, input.MetricCode);
        return (alert, inHand.Customer.Id, inHand.Life.Code);
    }

    private static async Task<(Alert Alert, CustomerId Customer, string On)> OnWallet(
        BackOfficeDb db, AlertInput input, WalletId id, CancellationToken cancel)
    {
        var wallet = await db.Wallets.AsNoTracking().SingleOrDefaultAsync(w => w.Id == id, cancel)
            ?? throw new RuleBroken("There is no such wallet.");
        var levels = Levels(input, wallet.Currency, AlertDirection.Falling);
        return (Alert.OnWallet(id, input.Name, input.Subject, levels, wallet.Currency), wallet.CustomerId, wallet.Code);
    }

    private static AlertLevels Levels(AlertInput input, Currency? currency, AlertDirection direction)
    {
        decimal Value(decimal typed) => currency is null ? typed : Money.Of(typed, currency).MinorUnits;
        return new AlertLevels([.. input.Levels.Select(Value)], input.Step is { } step ? Value(step) : null, direction);
    }
}
