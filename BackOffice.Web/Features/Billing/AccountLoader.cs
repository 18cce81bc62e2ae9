using System.Collections.Immutable;
using BackOffice.Core.Billing;
using BackOffice.Core.Common;
using BackOffice.Core.Coupons;
using BackOffice.Core.CreditNotes;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;
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
    public Task<LoadedAccount> Load(CustomerId id, Instant now, InvoiceId? without = null, CancellationToken cancel = default) =>
        Load(id, now, without, null, cancel);

    /// <summary>The account as it is, with what the bills of a life need that a change would make.</summary>
    public Task<LoadedAccount> Load(CustomerId id, Instant now, SubscriptionLife planned, CancellationToken cancel) =>
        Load(id, now, null, planned, cancel);

    private async Task<LoadedAccount> Load(
        CustomerId id, Instant now, InvoiceId? without, SubscriptionLife? planned, CancellationToken cancel)
    {
        var customer = await db.Customers.AsNoTracking().SingleAsync(c => c.Id == id, cancel);
        var lives = await Lives(customer, cancel);
        var read = planned is null ? lives : [.. lives, planned];
        var metricIds = read.SelectMany(life => life.Phases).SelectMany(phase => phase.Terms.Charges)
            .Select(charge => charge.MetricId).Distinct().ToList();
        var subscriptions = lives.Select(life => life.Subscription).ToList();
        var drafts = await db.Invoices.AsNoTracking().IgnoreAutoIncludes()
            .Where(i => i.CustomerId == id && i.Number == null && i.Id != without)
            .Select(i => new Reserved(i.Discounts, i.Settlements)).ToListAsync(cancel);
        var metrics = await db.Metrics.AsNoTracking().Where(m => metricIds.Contains(m.Id)).ToDictionaryAsync(m => m.Id, cancel);
        var billed = await BilledBefore.Load(db, id, subscriptions, without, cancel);
        var account = new Core.Billing.Account
        {
            Zone = customer.Zone,
            Lives = [.. lives.Select(life => life with { Borders = BilledBorders.Of(life, billed.Borders(life.Subscription)) })],
            Metrics = metrics,
            Taxes = await Taxes(customer, cancel),
            Coupons = await Coupons(id, drafts, cancel),
            Wallets = await Wallets(id, drafts, now, cancel),
            Credits = await Credits(id, drafts, cancel),
            Billed = await billed.Items(cancel),
            Generations = billed.Generations,
            Late = without is null ? await billed.Late(lives, metrics, cancel) : billed.Adjusted,
            Documents = await Documents(read, cancel),
        };
        return new LoadedAccount(customer, account);
    }

    private async Task<IReadOnlyList<SubscriptionLife>> Lives(Customer customer, CancellationToken cancel)
    {
        var subscriptions = await db.Subscriptions.AsNoTracking().Where(s => s.CustomerId == customer.Id).OrderBy(s => s.Code)
            .ToListAsync(cancel);
        var ids = subscriptions.SelectMany(s => s.Course.Phases.Select(phase => phase.Plan).Append(s.PlanId)).Distinct().ToList();
        var plans = await db.Plans.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancel);
        return [.. subscriptions.Select(s => s.Life(customer.Zone, (plan, version) => plans[plan].Terms(version)))];
    }

    private async Task<AccountTaxes> Taxes(Customer customer, CancellationToken cancel)
    {
        var rates = await db.TaxRates.AsNoTracking().ToDictionaryAsync(rate => rate.Code, StringComparer.Ordinal, cancel);
        return new AccountTaxes(rates, customer.TaxCode is { } code ? [code] : [], [], customer.TaxNote);
    }

    private async Task<IReadOnlyList<AccountCoupon>> Coupons(CustomerId id, IReadOnlyList<Reserved> drafts, CancellationToken cancel)
    {
        var coupons = await db.AppliedCoupons.AsNoTracking().Where(c => c.CustomerId == id && c.Status == AppliedCouponStatus.Active)
            .OrderBy(c => c.AppliedAt).ThenBy(c => c.Id).ToListAsync(cancel);
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

    private async Task<IReadOnlyList<WalletInHand>> Wallets(
        CustomerId id, IReadOnlyList<Reserved> drafts, Instant now, CancellationToken cancel)
    {
        var wallets = await db.Wallets.AsNoTracking().Where(w => w.CustomerId == id && w.TerminatedAt == null)
            .OrderBy(w => w.CreatedAt).ThenBy(w => w.Id).ToListAsync(cancel);
        var reserved = drafts.SelectMany(draft => draft.Settled).Where(settled => settled.Kind == SettlementKind.Wallet)
            .ToLookup(settled => settled.Reference, StringComparer.Ordinal);
        return [.. wallets.Select(wallet => wallet.InHand(now)).Select(wallet => wallet with
        {
            Balance = reserved[wallet.Code].Aggregate(wallet.Balance, (left, settled) => left - settled.Amount),
        })];
    }

    // What the engine takes back by itself counts from the draft on: it is issued with the first invoice that it pays.
    private async Task<IReadOnlyList<CreditBalance>> Credits(CustomerId id, IReadOnlyList<Reserved> drafts, CancellationToken cancel)
    {
        var notes = await db.CreditNotes.AsNoTracking().IgnoreAutoIncludes().Where(n => n.CustomerId == id
                && ((n.Status == CreditNoteStatus.Issued && n.BalanceMinor > 0)
                    || (n.Status == CreditNoteStatus.Draft && n.PreparedBy == null && n.CreditMinor > 0)))
            .OrderBy(n => n.IssuedOn).ThenBy(n => n.Id).ToListAsync(cancel);
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

    // Only a fee paid in advance is ever taken back, and only after the end of its phase: for all others no document is read.
    private async Task<ImmutableDictionary<string, BilledDocument>> Documents(
        IReadOnlyList<SubscriptionLife> lives, CancellationToken cancel)
    {
        var ended = lives.Where(life => life.Phases.Any(phase =>
            phase is { End: { Unused: not UnusedFee.Skip }, Terms.Settings.PayInAdvance: true }))
            .Select(life => life.Subscription).ToList();
        if (ended.Count == 0)
        {
            return ImmutableDictionary<string, BilledDocument>.Empty;
        }

        var ids = await db.Set<InvoiceLine>().Where(l => ended.Contains(l.SubscriptionId) && l.Kind == LineKind.BaseFee && l.InAdvance)
            .Select(l => EF.Property<InvoiceId>(l, "InvoiceId")).Distinct().ToListAsync(cancel);
        var invoices = await db.Invoices.AsNoTracking().Where(i => ids.Contains(i.Id)).ToListAsync(cancel);
        var notes = (await db.CreditNotes.AsNoTracking().Where(n => ids.Contains(n.InvoiceId) && n.Status != CreditNoteStatus.Voided)
            .OrderBy(n => n.PreparedAt).ThenBy(n => n.Id).ToListAsync(cancel)).ToLookup(n => n.InvoiceId);
        return invoices.ToImmutableDictionary(i => i.Id.Value.ToString(), i => Document(i, [.. notes[i.Id]]), StringComparer.Ordinal);
    }

    private static BilledDocument Document(Invoice invoice, IReadOnlyList<CreditNote> notes) => new(
        CreditableInvoice.Of(invoice).After(notes), invoice.Total, invoice.Settled,
        notes.Select(note => note.Split.Refund).Sum(invoice.Currency),
        notes.Select(note => note.Split.Offset).Sum(invoice.Currency));

    /// <summary>What a draft counts on.</summary>
    private sealed record Reserved(IReadOnlyList<LineDiscount> Discounts, IReadOnlyList<Settled> Settled);
}
