using BackOffice.Core.Billing;
using BackOffice.Core.Catalog;
using BackOffice.Core.Customers;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Thresholds;
using BackOffice.Core.Wallets;
using BackOffice.Data;
using BackOffice.Data.Usage;
using BackOffice.Web.Features.Billing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Alerts;

/// <summary>What an alert looks at.</summary>
/// <param name="PeriodFrom">The first day of the period it is of; null when it is of none.</param>
internal sealed record AlertValue(decimal Value, LocalDate? PeriodFrom);

/// <summary>The values that alerts of one customer look at, as they are now. Usage is priced by the engine that bills it.</summary>
internal sealed class AlertValues
{
    private readonly Dictionary<SubscriptionId, UsageSoFar?> _soFar = [];
    private readonly BackOfficeDb _db;
    private readonly Core.Billing.Account _account;
    private readonly Instant _now;

    private AlertValues(BackOfficeDb db, Core.Billing.Account account, Instant now) => (_db, _account, _now) = (db, account, now);

    public static async Task<AlertValues> Of(BackOfficeDb db, CustomerId customer, Instant now, CancellationToken cancel) =>
        new(db, (await new AccountLoader(db).Load(customer, now, cancel: cancel)).Account, now);

    /// <returns>Null when there is nothing to look at: no period goes on, or the wallet has ended.</returns>
    public async Task<AlertValue?> Of(Alert alert, CancellationToken cancel)
    {
        if (alert.WalletId is { } wallet)
        {
            return await OfWallet(wallet, alert.Subject, cancel);
        }

        var life = _account.Lives.Single(life => life.Subscription == alert.SubscriptionId);
        return await SoFar(life, cancel) is { } soFar ? await OfUsage(life, soFar, alert, cancel) : null;
    }

    private async Task<UsageSoFar?> SoFar(SubscriptionLife life, CancellationToken cancel)
    {
        if (!_soFar.TryGetValue(life.Subscription, out var soFar))
        {
            var usage = await _db.UsageSoFar(_account, life, _now, cancel);
            _soFar.Add(life.Subscription, soFar = BillingEngine.SoFar(_account, usage, life, _now));
        }

        return soFar;
    }

    private async Task<AlertValue> OfUsage(SubscriptionLife life, UsageSoFar soFar, Alert alert, CancellationToken cancel)
    {
        var period = soFar.Item.Shown.Start;
        var lines = soFar.Lines.Where(line => line.MetricCode == alert.MetricCode).ToList();
        return alert.Subject switch
        {
            AlertSubject.UsageAmount => new AlertValue(soFar.Amount.MinorUnits, period),
            AlertSubject.MetricAmount => new AlertValue(lines.Sum(line => line.Amount.MinorUnits), period),
            AlertSubject.MetricUnits when lines.Count > 0 => new AlertValue(lines.Sum(line => line.Quantity), period),
            AlertSubject.MetricUnits => new AlertValue(await Units(life, soFar.Item.Moments, alert, cancel), period),
            AlertSubject.LifetimeAmount => new AlertValue(soFar.Lifetime.Total.MinorUnits, null),
            _ => new AlertValue(await Units(life, new Interval(life.First.From, _now), alert, cancel), null),
        };
    }

    // Also of a metric that the plan does not charge after the period.
    private async Task<decimal> Units(SubscriptionLife life, Interval when, Alert alert, CancellationToken cancel)
    {
        var metric = _account.Metrics.Values.FirstOrDefault(metric => metric.Code == alert.MetricCode)
            ?? await _db.Metrics.AsNoTracking().SingleAsync(metric => metric.Code == alert.MetricCode, cancel);
        return (await _db.Measure(life.Subscription, when, [metric], cancel))[metric.Id].Quantity;
    }

    private async Task<AlertValue?> OfWallet(WalletId id, AlertSubject subject, CancellationToken cancel)
    {
        var wallet = await _db.Wallets.AsNoTracking().SingleAsync(w => w.Id == id, cancel);
        return wallet.TerminatedAt is not null ? null
            : subject == AlertSubject.WalletBalance ? new AlertValue(wallet.BalanceAt(_now).MinorUnits, null)
            : new AlertValue(_account.Wallets.Single(inHand => inHand.Code == wallet.Code).Balance.MinorUnits, null);
    }
}
