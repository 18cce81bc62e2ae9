using System.Collections.Immutable;
using BackOffice.Core.Billing;
using BackOffice.Core.Common;
using BackOffice.Core.Coupons;
using BackOffice.Core.CreditNotes;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Taxes;
using BackOffice.Core.Wallets;
using BackOffice.Data;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Billing;

/// <summary>A customer with everything that decides what he is asked to pay.</summary>
public sealed record LoadedAccount(Customer Customer, Core.Billing.Account Account)
{
    /// <summary>The last moment that billing through a day looks at: the end of the day, or now if that is earlier.</summary>
    public Instant Through(LocalDate day, Instant now) =>
        Instant.Min(new Core.Common.Period(day, day.PlusDays(1)).In(Customer.Zone).End, now);
}

/// <summary>
/// Reads a customer's account as the engine takes it. What drafts ask of coupons and wallets is reserved: it is spent when they are
/// issued, and no other document may count on it.
/// </summary>
public sealed class AccountLoader(BackOfficeDb db)
{
    /// <param name="now">When wallets are looked into: what has expired by then pays nothing.</param>
    /// <param name="without">A document that is computed again: what it billed and reserved is taken to be open.</param>
    public async Task<LoadedAccount> Load(CustomerId id, Instant now, InvoiceId? without = null, CancellationToken cancel = default) =>
        (await Load([id], now, without, null, cancel))[0];

    /// <summary>The account as it is, with what the bills of a life need that a change would make.</summary>
    public async Task<LoadedAccount> Load(CustomerId id, Instant now, SubscriptionLife planned, CancellationToken cancel) =>
        (await Load([id], now, null, planned, cancel))[0];

    /// <summary>Many accounts for the price of one: each table is asked once.</summary>
    public Task<IReadOnlyList<LoadedAccount>> Load(IReadOnlyList<CustomerId> ids, Instant now, CancellationToken cancel) =>
        Load(ids, now, null, null, cancel);

    private async Task<IReadOnlyList<LoadedAccount>> Load(
        IReadOnlyList<CustomerId> ids, Instant now, InvoiceId? without, SubscriptionLife? planned, CancellationToken cancel)
    {
        var customers = await db.Customers.AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancel);
        var lives = await Lives(customers, cancel);
        var all = lives.SelectMany(group => group).ToList();
        var read = planned is null ? all : [.. all, planned];
        var metricIds = read.SelectMany(life => life.Phases).SelectMany(phase => phase.Terms.Charges)
            .Select(charge => charge.MetricId).Distinct().ToList();
        var metrics = await db.Metrics.AsNoTracking().Where(m => metricIds.Contains(m.Id)).ToDictionaryAsync(m => m.Id, cancel);
        var rates = await Rates(cancel);
        var drafts = (await db.Invoices.AsNoTracking().IgnoreAutoIncludes()
            .Where(i => ids.Contains(i.CustomerId) && i.Number == null && i.Id != without)
            .Select(i => new Reserved(i.CustomerId, i.Discounts, i.Settlements)).ToListAsync(cancel)).ToLookup(draft => draft.Customer);
        var coupons = await Coupons(ids, cancel);
        var wallets = await Wallets(ids, cancel);
        var credits = await Credits(ids, cancel);
        var billed = await BilledBefore.Load(db, ids, [.. all.Select(life => life.Subscription)], without, cancel);
        var items = await billed.Items(cancel);
        var late = (without is null ? await billed.Late(all, metrics, cancel) : billed.Adjusted).ToLookup(late => late.Of.Subscription);
        var documents = await Documents(read, items, cancel);
        return [.. ids.Select(id => new LoadedAccount(customers[id], new Core.Billing.Account
        {
            Zone = customers[id].Zone,
            Lives = [.. lives[id].Select(life => life with { Borders = BilledBorders.Of(life, billed.Borders(life.Subscription)) })],
            Metrics = metrics,
            Taxes = Taxes(customers[id], rates),
            Coupons = Left(coupons[id], drafts[id]),
            Wallets = Left(wallets[id], drafts[id], now),
            Credits = Left(credits[id], drafts[id]),
            Billed = ByKey(lives[id].SelectMany(life => items[life.Subscription])),
            Generations = billed.Generations,
            Late = [.. lives[id].SelectMany(life => late[life.Subscription])],
            Documents = documents,
        }))];
    }

    private async Task<ILookup<CustomerId, SubscriptionLife>> Lives(
        IReadOnlyDictionary<CustomerId, Customer> customers, CancellationToken cancel)
    {
        var owners = customers.Keys.ToList();
        var subscriptions = await db.Subscriptions.AsNoTracking().Where(s => owners.Contains(s.CustomerId)).OrderBy(s => s.Code)
            .ToListAsync(cancel);
        var ids = subscriptions.SelectMany(s => s.Course.Phases.Select(phase => phase.Plan).Append(s.PlanId)).Distinct().ToList();
        var plans = await db.Plans.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancel);
        return subscriptions.ToLookup(
            s => s.CustomerId, s => s.Life(customers[s.CustomerId].Zone, (plan, version) => plans[plan].Terms(version)));
    }

    /// <summary>The taxes of a customer, where nothing else of his account is needed.</summary>
    internal async Task<AccountTaxes> Taxes(Customer customer, CancellationToken cancel) => Taxes(customer, await Rates(cancel));

    private static AccountTaxes Taxes(Customer customer, IReadOnlyDictionary<string, TaxRate> rates) =>
        new(rates, customer.TaxCode is { } code ? [code] : [], [], customer.TaxNote);

    private async Task<IReadOnlyDictionary<string, TaxRate>> Rates(CancellationToken cancel) =>
        await db.TaxRates.AsNoTracking().ToDictionaryAsync(rate => rate.Code, StringComparer.Ordinal, cancel);

    private async Task<ILookup<CustomerId, AppliedCoupon>> Coupons(IReadOnlyList<CustomerId> ids, CancellationToken cancel) =>
        (await db.AppliedCoupons.AsNoTracking().Where(c => ids.Contains(c.CustomerId) && c.Status == AppliedCouponStatus.Active)
            .OrderBy(c => c.AppliedAt).ThenBy(c => c.Id).ToListAsync(cancel)).ToLookup(coupon => coupon.CustomerId);

    private async Task<ILookup<CustomerId, Wallet>> Wallets(IReadOnlyList<CustomerId> ids, CancellationToken cancel) =>
        (await db.Wallets.AsNoTracking().Where(w => ids.Contains(w.CustomerId) && w.TerminatedAt == null)
            .OrderBy(w => w.CreatedAt).ThenBy(w => w.Id).ToListAsync(cancel)).ToLookup(wallet => wallet.CustomerId);

    // What the engine takes back by itself counts from the draft on: it is issued with the first invoice that it pays.
    private async Task<ILookup<CustomerId, CreditNote>> Credits(IReadOnlyList<CustomerId> ids, CancellationToken cancel) =>
        (await db.CreditNotes.AsNoTracking().IgnoreAutoIncludes().Where(n => ids.Contains(n.CustomerId)
                && ((n.Status == CreditNoteStatus.Issued && n.BalanceMinor > 0)
                    || (n.Status == CreditNoteStatus.Draft && n.PreparedBy == null && n.CreditMinor > 0)))
            .OrderBy(n => n.IssuedOn).ThenBy(n => n.Id).ToListAsync(cancel)).ToLookup(note => note.CustomerId);

    private static IReadOnlyList<AccountCoupon> Left(IEnumerable<AppliedCoupon> coupons, IEnumerable<Reserved> drafts)
    {
        var reserved = drafts.SelectMany(draft => draft.Discounts).ToLookup(discount => discount.Source);
        return
        [
            .. coupons.Select(coupon => new AccountCoupon(
                coupon.InHand() with
                {
                    Progress = reserved[coupon.Id.Value]
                        .Aggregate(coupon.Progress, (progress, discount) => progress.After(coupon.Terms, discount.Amount)),
                },
                coupon.ExpiresOn, coupon.Id.Value))
                .Where(coupon => !coupon.InHand.Progress.IsUsedUp(coupon.InHand.Terms)),
        ];
    }

    private static IReadOnlyList<WalletInHand> Left(IEnumerable<Wallet> wallets, IEnumerable<Reserved> drafts, Instant now)
    {
        var reserved = drafts.SelectMany(draft => draft.Settled).Where(settled => settled.Kind == SettlementKind.Wallet)
            .ToLookup(settled => settled.Reference, settled => settled.Amount, StringComparer.Ordinal);
        var taxed = drafts.SelectMany(draft => draft.Discounts).Where(discount => discount.Kind == DiscountKind.TaxedCredits)
            .ToLookup(discount => discount.Source, discount => discount.Amount);
        return [.. wallets.Select(wallet => wallet.InHand(now)).Select(wallet => wallet with
        {
            Balance = wallet.Balance - reserved[wallet.Code].Concat(taxed[wallet.Id]).Sum(wallet.Balance.Currency),
            Taxed = wallet.Taxed - taxed[wallet.Id].Sum(wallet.Balance.Currency),
        })];
    }

    private static IReadOnlyList<CreditBalance> Left(IEnumerable<CreditNote> notes, IEnumerable<Reserved> drafts)
    {
        var reserved = drafts.SelectMany(draft => draft.Settled).Where(settled => settled.Kind == SettlementKind.CreditNote)
            .ToLookup(settled => settled.Reference, StringComparer.Ordinal);
        return [.. notes.Select(note => new CreditBalance(
                note.Number ?? note.Id.Value.ToString(), note.IssuedOn ?? LocalDate.MaxIsoValue,
                note.Number is null ? note.Split.Credit : note.Balance))
            .Select(credit => credit with
            {
                Balance = reserved[credit.Number].Aggregate(credit.Balance, (left, settled) => left - settled.Amount),
            }).Where(credit => credit.Balance.MinorUnits > 0)];
    }

    private static ImmutableDictionary<ItemKey, BilledItem> ByKey(IEnumerable<BilledItem> items)
    {
        var billed = ImmutableDictionary.CreateBuilder<ItemKey, BilledItem>();
        foreach (var item in items)
        {
            billed[item.Key] = item;
        }

        return billed.ToImmutable();
    }

    // Only a fee paid in advance is ever taken back, and only after the end of its phase; and what was billed early is taken off the
    // invoice of its period. For all others no document is read.
    private async Task<ImmutableDictionary<string, BilledDocument>> Documents(
        IReadOnlyList<SubscriptionLife> lives, ILookup<SubscriptionId, BilledItem> billed, CancellationToken cancel)
    {
        var ended = lives.Where(life => life.Phases.Any(phase =>
            phase is { End: { Unused: not UnusedFee.Skip }, Terms.Settings.PayInAdvance: true }))
            .Select(life => life.Subscription).ToList();
        var early = billed.SelectMany(EarlyInvoices.Open).ToList();
        if (ended.Count == 0 && early.Count == 0)
        {
            return ImmutableDictionary<string, BilledDocument>.Empty;
        }

        var ids = ended.Count == 0 ? [] : await db.Set<InvoiceLine>()
            .Where(l => ended.Contains(l.SubscriptionId) && l.Kind == LineKind.BaseFee && l.InAdvance)
            .Select(l => EF.Property<InvoiceId>(l, "InvoiceId")).Distinct().ToListAsync(cancel);
        ids = [.. ids.Union(early)];
        var invoices = await db.Invoices.AsNoTracking().Where(i => ids.Contains(i.Id)).ToListAsync(cancel);
        var notes = (await db.CreditNotes.AsNoTracking().Where(n => ids.Contains(n.InvoiceId) && n.Status != CreditNoteStatus.Voided)
            .OrderBy(n => n.PreparedAt).ThenBy(n => n.Id).ToListAsync(cancel)).ToLookup(n => n.InvoiceId);
        return invoices.ToImmutableDictionary(i => i.Id.Value.ToString(), i => Document(i, [.. notes[i.Id]]), StringComparer.Ordinal);
    }

    private static BilledDocument Document(Invoice invoice, IReadOnlyList<CreditNote> notes) => new(
        CreditableInvoice.Of(invoice).After(notes), invoice.Total, invoice.Settled,
        notes.Select(note => note.Split.Refund).Sum(invoice.Currency),
        notes.Select(note => note.Split.Offset).Sum(invoice.Currency))
    {
        IsIssued = invoice.Number is not null,
    };

    /// <summary>What a draft counts on.</summary>
    private sealed record Reserved(CustomerId Customer, IReadOnlyList<LineDiscount> Discounts, IReadOnlyList<Settled> Settled);
}
