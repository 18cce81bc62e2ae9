using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Core.Wallets;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Data.Mapping;
using BackOffice.Web.Features.Billing;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace BackOffice.Web.Features.Wallets;

/// <summary>A rule with all that decides whether it fires.</summary>
internal sealed class RuleAtWork(
    WalletRule rule, Wallet wallet, DateTimeZone zone, (decimal Ongoing, decimal Pending) credits, Instant now)
{
    private (decimal Ongoing, decimal Pending) _credits = credits;

    public Wallet Wallet => wallet;

    private LocalDate Today => now.InZone(zone).Date;

    public static async Task<RuleAtWork> Load(BackOfficeDb db, WalletRuleId id, Instant now, CancellationToken cancel)
    {
        var rule = await db.WalletRules.SingleAsync(r => r.Id == id, cancel);
        var wallet = await db.Wallets.SingleAsync(w => w.Id == rule.WalletId, cancel);
        var zone = (await db.Customers.AsNoTracking().SingleAsync(c => c.Id == wallet.CustomerId, cancel)).Zone;
        var sees = rule.Rule is { Trigger: BelowThreshold } or { Method: TargetTopUp };
        var ongoing = sees ? (await WalletForecast.Of(db, wallet.CustomerId, now, null, cancel)).Ongoing(wallet).Ongoing
            : wallet.BalanceAt(now);
        return new RuleAtWork(rule, wallet, zone, (wallet.Rate.CreditsFor(ongoing), wallet.Rate.CreditsFor(wallet.Pending)), now);
    }

    /// <summary>What it fires for now. Looking may wake it: that is a change to be saved.</summary>
    public IReadOnlyList<string> Occasions() => rule.Rule.Trigger is BelowThreshold
        ? rule.Crosses(_credits.Ongoing, _credits.Pending) ? [rule.NextCrossing] : []
        : [.. rule.DueDays(Today, rule.CreatedAt.InZone(zone).Date).Select(WalletRule.Named)];

    public async Task TopUp(BackOfficeDb db, string occasion, Person by, CancellationToken cancel)
    {
        var day = rule.Rule.Trigger is EveryInterval ? LocalDatePattern.Iso.Parse(occasion).Value : Today;
        var expires = rule.ExpiryOf(day, zone);
        if (expires <= now)
        {
            rule.Fire(occasion, _credits.Ongoing, null, null, now); // Slept through: these credits could never be used.
            return;
        }

        var due = rule.Rule.Due(_credits.Ongoing, _credits.Pending, wallet.Limits, wallet.Rate);
        var bought = await Add(db, GrantKind.Purchased, due.Paid, expires, by, cancel);
        var granted = await Add(db, GrantKind.Granted, due.Granted, expires, by, cancel);
        var firing = rule.Fire(occasion, _credits.Ongoing, bought?.Id, granted?.Id, now);
        _credits = (_credits.Ongoing + due.Granted, _credits.Pending + due.Paid);
        db.Touch(rule);
        db.Touch(wallet);
        db.Record(
            by, now, "Topped up", "Wallet", wallet.Id.Value,
            $"{wallet.Code}, {firing.Occasion}: {bought?.Amount ?? Money.Zero(wallet.Currency)} bought, "
            + $"{granted?.Amount ?? Money.Zero(wallet.Currency)} granted");
    }

    private async Task<WalletGrant?> Add(
        BackOfficeDb db, GrantKind kind, decimal amount, Instant? expires, Person by, CancellationToken cancel)
    {
        if (wallet.Rate.MoneyFor(amount).MinorUnits <= 0)
        {
            return null;
        }

        var grant = wallet.Add(new TopUp(kind, amount, "Top-up", ExpiresAt: expires, IgnoresLimits: rule.Rule.IgnoresLimits
            || rule.Rule.Method is TargetTopUp), now);
        if (kind == GrantKind.Purchased)
        {
            await db.Sell(wallet, grant, by, now, cancel);
        }

        return grant;
    }
}
