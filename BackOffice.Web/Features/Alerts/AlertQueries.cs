using BackOffice.Core.Subscriptions;
using BackOffice.Core.Thresholds;
using BackOffice.Core.Wallets;
using BackOffice.Data;
using BackOffice.Web.Features.Billing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Alerts;

/// <summary>Whose usage or wallet an alert looks at.</summary>
public sealed record AlertOwner(string Text, string Href);

/// <summary>A level that was crossed.</summary>
/// <param name="Words">What happened, without the alert's name.</param>
/// <param name="SeenBy">Null while nobody took note of it.</param>
public sealed record AlertEntryRow(Guid Id, Instant At, string Name, string Subject, AlertOwner On, string Words, string? SeenBy);

/// <summary>One page of what alerts told, newest first.</summary>
/// <param name="New">How many nobody took note of, on all pages.</param>
public sealed record AlertEntryList(IReadOnlyList<AlertEntryRow> Rows, int All, int New, DateTimeZone Zone);

/// <summary>An alert that looks.</summary>
/// <param name="Value">What it saw last.</param>
public sealed record AlertRow(AlertId Id, string Name, string Subject, AlertOwner On, string Levels, string Value, Instant? CheckedAt);

/// <summary>One page of alerts.</summary>
public sealed record AlertList(IReadOnlyList<AlertRow> Rows, int All, DateTimeZone Zone);

/// <summary>Reads alerts and what they told.</summary>
public sealed class AlertQueries(IDbContextFactory<BackOfficeDb> dbs)
{
    public const int PageSize = 50;

    /// <param name="onlyNew">Only what nobody took note of.</param>
    public async Task<AlertEntryList> Entries(bool onlyNew, int page, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var entries = db.AlertEntries.AsNoTracking().Where(e => !onlyNew || e.SeenAt == null);
        var shown = await entries.OrderByDescending(e => e.At).ThenByDescending(e => e.Id)
            .Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(cancel);
        return new AlertEntryList(
            await Rows(db, shown, cancel), await entries.CountAsync(cancel),
            await db.AlertEntries.CountAsync(e => e.SeenAt == null, cancel), await db.ZoneOfCompany(cancel));
    }

    public async Task<AlertList> Defined(int page, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var alerts = db.Alerts.AsNoTracking().Where(a => a.EndedAt == null);
        var shown = await alerts.OrderBy(a => a.Name).ThenBy(a => a.Id).Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(cancel);
        return new AlertList(await Rows(db, shown, cancel), await alerts.CountAsync(cancel), await db.ZoneOfCompany(cancel));
    }

    /// <summary>The alerts of a subscription or a wallet, and the last they told.</summary>
    public async Task<(AlertList Alerts, IReadOnlyList<AlertEntryRow> Entries)> Of(
        SubscriptionId? subscription, WalletId? wallet, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var all = db.Alerts.AsNoTracking().Where(a => a.SubscriptionId == subscription && a.WalletId == wallet);
        var alerts = await all.Where(a => a.EndedAt == null).OrderBy(a => a.Name).ThenBy(a => a.Id).ToListAsync(cancel);
        var entries = await db.AlertEntries.AsNoTracking().Where(e => all.Any(a => a.Id == e.AlertId))
            .OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(10).ToListAsync(cancel);
        var list = new AlertList(await Rows(db, alerts, cancel), alerts.Count, await db.ZoneOfCompany(cancel));
        return (list, await Rows(db, entries, cancel));
    }

    private static async Task<IReadOnlyList<AlertEntryRow>> Rows(
        BackOfficeDb db, IReadOnlyList<AlertEntry> entries, CancellationToken cancel)
    {
        var ids = entries.Select(e => e.AlertId).Distinct().ToList();
        var alerts = await db.Alerts.AsNoTracking().Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, cancel);
        var owners = await Owners(db, alerts.Values, cancel);
        return
        [
            .. entries.Select(e => (Entry: e, Alert: alerts[e.AlertId])).Select(pair => new AlertEntryRow(
                pair.Entry.Id, pair.Entry.At, pair.Alert.Name, AlertWords.Of(pair.Alert), owners[pair.Alert.Id],
                AlertWords.Crossed(pair.Alert, pair.Entry.Level, pair.Entry.Value), pair.Entry.SeenBy?.Name)),
        ];
    }

    private static async Task<IReadOnlyList<AlertRow>> Rows(BackOfficeDb db, IReadOnlyList<Alert> alerts, CancellationToken cancel)
    {
        var owners = await Owners(db, alerts, cancel);
        return
        [
            .. alerts.Select(a => new AlertRow(
                a.Id, a.Name, AlertWords.Of(a), owners[a.Id], AlertWords.Levels(a),
                AlertWords.Value(a.LastValue, a.Currency), a.CheckedAt)),
        ];
    }

    private static async Task<Dictionary<AlertId, AlertOwner>> Owners(
        BackOfficeDb db, IReadOnlyCollection<Alert> alerts, CancellationToken cancel)
    {
        var subscriptions = alerts.Select(a => a.SubscriptionId).OfType<SubscriptionId>().Distinct().ToList();
        var wallets = alerts.Select(a => a.WalletId).OfType<WalletId>().Distinct().ToList();
        var ofSubscriptions = await db.Subscriptions.AsNoTracking().Where(s => subscriptions.Contains(s.Id))
            .Join(db.Customers, s => s.CustomerId, c => c.Id, (s, c) => new { s.Id, s.Code, c.Name }).ToDictionaryAsync(s => s.Id, cancel);
        var ofWallets = await db.Wallets.AsNoTracking().IgnoreAutoIncludes().Where(w => wallets.Contains(w.Id))
            .Join(db.Customers, w => w.CustomerId, c => c.Id, (w, c) => new { w.Id, w.Name, Customer = c.Name })
            .ToDictionaryAsync(w => w.Id, cancel);
        return alerts.ToDictionary(a => a.Id, a => a.SubscriptionId is { } subscription
            ? new AlertOwner($"{ofSubscriptions[subscription].Code}, {ofSubscriptions[subscription].Name}",
                $"/subscriptions/{subscription.Value}")
            : new AlertOwner($"Wallet {ofWallets[a.WalletId!.Value].Name}, {ofWallets[a.WalletId!.Value].Customer}",
                $"/wallets/{a.WalletId!.Value.Value}"));
    }
}
