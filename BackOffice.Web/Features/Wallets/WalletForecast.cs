using BackOffice.Core.Billing;
using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using BackOffice.Core.Rating;
using BackOffice.Core.Wallets;
using BackOffice.Data;
using BackOffice.Data.Usage;
using BackOffice.Web.Features.Billing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Wallets;

/// <summary>What a customer's wallets will be worth when all that is used by now is paid, as the engine bills it.</summary>
/// <remarks>Usage comes from the rollups where they suffice, so the cost is that of a preview, not of the events.</remarks>
internal sealed class WalletForecast
{
    private readonly Dictionary<WalletId, (Money Drafts, Money Usage)> _taken = [];

    private WalletForecast(IReadOnlyList<UnbilledLine> lines, Instant at) => (Lines, At) = (lines, at);

    /// <summary>Everything used and not billed, whoever pays it.</summary>
    public IReadOnlyList<UnbilledLine> Lines { get; }

    /// <summary>When it was added up.</summary>
    public Instant At { get; }

    /// <param name="atMost">How many events of a subscription may be read one by one; null for all there are.</param>
    /// <exception cref="RuleBroken">The usage cannot be billed, or there is too much of it to be added up.</exception>
    public static async Task<WalletForecast> Of(
        BackOfficeDb db, CustomerId customer, Instant now, long? atMost, CancellationToken cancel)
    {
        var account = (await new AccountLoader(db).Load(customer, now, cancel: cancel)).Account;
        var taxedOnly = account with { Wallets = [.. account.Wallets.Select(w => w with { Balance = w.Taxed })], Credits = [] };
        var alone = account.Lives.Select(life => (account with { Lives = [life] }, BillingEngine.Horizon(life, now)));
        var usage = await db.UsageOf([.. alone], KnownUsage.Now, cancel, atMost: atMost);
        var documents = BillingEngine.Forecast(taxedOnly, usage, now);
        var forecast = new WalletForecast([.. documents.SelectMany(Unbilled).GroupBy(line => line.What).Select(Together)], now);
        await forecast.Spread(db, customer, documents, taxedOnly.Wallets, cancel);
        return forecast;
    }

    /// <summary>What invoices that are not issued will take of a wallet.</summary>
    public Money Drafts(Wallet wallet) => _taken.TryGetValue(wallet.Id, out var taken) ? taken.Drafts : Money.Zero(wallet.Currency);

    /// <summary>What usage that no invoice holds yet will take of it.</summary>
    public Money Usage(Wallet wallet) => _taken.TryGetValue(wallet.Id, out var taken) ? taken.Usage : Money.Zero(wallet.Currency);

    public OngoingBalance Ongoing(Wallet wallet) => OngoingBalance.Of(wallet.BalanceAt(At), [], [Drafts(wallet), Usage(wallet)]);

    private async Task Spread(
        BackOfficeDb db, CustomerId customer, IReadOnlyList<BillingDocument> documents, IReadOnlyList<WalletInHand> inEngine,
        CancellationToken cancel)
    {
        var wallets = await db.LiveWallets(customer, cancel);
        var ids = wallets.Select(w => w.Id).ToList();
        var rules = await db.WalletRules.AsNoTracking().IgnoreAutoIncludes().Where(r => r.EndedAt == null && ids.Contains(r.WalletId))
            .ToListAsync(cancel);
        var refilled = rules.Where(r => r.Rule.Trigger is BelowThreshold).Select(r => r.WalletId).ToHashSet();
        var drafts = await db.Invoices.AsNoTracking()
            .Where(i => i.CustomerId == customer && i.Number == null && i.Purchase == null).ToListAsync(cancel);
        foreach (var currency in wallets.Select(w => w.Currency).Distinct())
        {
            var mine = drafts.Where(draft => draft.Currency == currency).ToList();
            var document = documents.SingleOrDefault(d => d.Currency == currency);
            Money Reserved(Wallet w) => mine.SelectMany(draft => draft.Discounts)
                .Where(d => d.Kind == DiscountKind.TaxedCredits && d.Source == w.Id.Value).Select(d => d.Amount).Sum(currency);
            Money Taxed(Wallet w) => (document?.TaxedCredits ?? []).Where(c => inEngine[c.Wallet].Id == w.Id.Value)
                .Select(c => c.Amount).Sum(currency);
            var hands = wallets.Select(w => w.InHand(At, refilled.Contains(w.Id)))
                .Select((hand, i) => wallets[i].Currency == currency
                    ? hand with { Balance = hand.Balance - Reserved(wallets[i]) - Taxed(wallets[i]) }
                    : hand).ToList();
            var ofDrafts = mine.SelectMany(Payable).ToList();
            var first = WalletAllocation.OfUsage(hands, ofDrafts, Money.Zero(currency));
            var both = WalletAllocation.OfUsage(
                hands, [.. ofDrafts, .. document is null ? [] : DocumentLines(document)], Money.Zero(currency));
            foreach (var (wallet, i) in wallets.Select((wallet, i) => (wallet, i)).Where(w => w.wallet.Currency == currency))
            {
                _taken[wallet.Id] = (Reserved(wallet) + first.UsedOf(i), Taxed(wallet) + both.UsedOf(i) - first.UsedOf(i));
            }
        }
    }

    // Each is rounded from the sum so far, so that together they are what the wallets are asked for, to the cent.
    private static IEnumerable<UnbilledLine> Unbilled(BillingDocument document)
    {
        var (exact, told) = (0m, Money.Zero(document.Currency));
        foreach (var (line, taxed) in document.Lines.Zip(document.Totals.Taxes.Lines))
        {
            exact = Exact.Add(exact, Exact.Add(taxed.Net, taxed.ExactTax));
            var withTax = Money.Rounded(exact, document.Currency) - told;
            told += withTax;
            yield return new UnbilledLine(
                line.SubscriptionCode, line.Name, line.Period, line.Unit, line.Quantity, KindOf(line.Kind), line.MetricCode, withTax);
        }
    }

    // Nobody reads three years of base fees line by line.
    private static UnbilledLine Together(IEnumerable<UnbilledLine> lines) => lines.Aggregate((all, line) => all with
    {
        Period = new(LocalDate.Min(all.Period.Start, line.Period.Start), LocalDate.Max(all.Period.End, line.Period.End)),
        Quantity = Exact.Add(all.Quantity, line.Quantity),
        WithTax = all.WithTax + line.WithTax,
    });

    private static IEnumerable<PayableLine> DocumentLines(BillingDocument document) => document.Lines.Select((line, i) => new PayableLine(
        KindOf(line.Kind),
        (document.Totals.Taxes.Lines[i].Net + document.Totals.Taxes.Lines[i].ExactTax) * document.Currency.Scale, line.MetricCode));

    // What is asked after credit notes, spread over the lines: a forecast needs no more.
    private static IEnumerable<PayableLine> Payable(Invoice draft)
    {
        var asked = draft.TotalMinor
            - draft.Settlements.Where(paid => paid.Kind == SettlementKind.CreditNote).Sum(paid => paid.Amount.MinorUnits);
        return draft.SubtotalMinor <= 0 ? [] : draft.Lines.Select(line => new PayableLine(
            KindOf(line.Kind), (decimal)line.AmountMinor * asked / draft.SubtotalMinor, line.MetricCode));
    }

    private static PaidFor KindOf(LineKind kind) => kind switch
    {
        LineKind.BaseFee => PaidFor.BaseFee,
        LineKind.Usage or LineKind.Minimum => PaidFor.Usage,
        LineKind.FixedCharge => PaidFor.FixedCharge,
        LineKind.TrueUp => PaidFor.Commitment,
        _ => PaidFor.Other,
    };
}

/// <summary>Usage or a fee that no invoice holds yet.</summary>
/// <param name="WithTax">After coupons, with tax.</param>
public sealed record UnbilledLine(
    string SubscriptionCode, string Name, Core.Common.Period Period, string? Unit, decimal Quantity, PaidFor Kind, string? MetricCode,
    Money WithTax)
{
    internal (string, string, PaidFor, string?, Currency) What => (SubscriptionCode, Name, Kind, MetricCode, WithTax.Currency);
}
