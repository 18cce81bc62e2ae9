using BackOffice.Core.Common;
using BackOffice.Core.Coupons;
using BackOffice.Core.CreditNotes;
using BackOffice.Core.Invoices;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Taxes;
using BackOffice.Core.Wallets;
using NodaTime;

namespace BackOffice.Core.Billing;

/// <summary>
/// Makes one document in the order of blueprint §5: lines with minimums and commitment → progressive credit → coupons → taxes → credit
/// notes → wallets → due.
/// Credit notes of the same moment come first, so that they pay it.
/// </summary>
internal static class DocumentMaker
{
    /// <summary>
    /// The document with its adjustments. Nobody is asked for less than nothing: if late usage that was taken back makes the document come
    /// out below zero, its adjustments wait for the next one.
    /// </summary>
    public static BillingDocument Make(Account account, ItemRater rater, PendingDocument pending)
    {
        var document = MakeAll(account, rater, pending);
        return document.Content.Total.MinorUnits >= 0 || !pending.Items.Any(due => due.Item.IsAdjustment)
            ? document
            : MakeAll(account, rater, pending with { Items = [.. pending.Items.Where(due => !due.Item.IsAdjustment)] });
    }

    private static BillingDocument MakeAll(Account account, ItemRater rater, PendingDocument pending)
    {
        var day = pending.DueAt.InZone(account.Zone).Date;
        var items = Rate(account, rater, pending);
        var lines = items.SelectMany(item => item.Lines).ToList();
        var taxes = Taxes(account, lines, day);
        var early = ProgressiveCredits.Of(account, items, pending.Currency);
        var notes = Notes(account, pending);
        notes.AddRange(early.Notes);
        var (coupons, places) = Coupons(account, early, lines, (day, pending.Currency));
        List<LineDiscount> discounts =
            [.. early.Discounts, .. Discounts(coupons, lines.Count, place => account.Coupons[places[place]].Id)];
        var taxed = account.Wallets.Any(wallet => wallet.Taxed.MinorUnits > 0)
            ? TaxedCredits.Of(account.Wallets, Nets(lines, discounts), pending.Currency)
            : [];
        discounts.AddRange(taxed.Select(credit => Discount(credit, account.Wallets[credit.Wallet])));

        var invoiced = lines.Select((line, i) => new InvoicedLine(line, taxes[i])).ToList();
        var content = InvoiceContent.Of(invoiced, discounts, [], account.Taxes.Note, pending.Currency);
        var totals = InvoiceTotals.Of(
            [.. lines.Select((line, i) => new TaxableLine(line.Amount, content.LineTaxes[i]))], discounts, [], pending.Currency);
        var credits = CreditApplication.Of(content.Total, account.Credits.Concat(notes.Select(note => note.Balance)));
        var wallets = Wallets(account, content, totals, credits);
        return new BillingDocument(pending.DueAt, day, pending.Currency, items)
        {
            Content = content with { Settled = [.. Settled(credits, wallets, account)] },
            Totals = totals,
            CouponCredits = coupons.Credits,
            CouponPlaces = places,
            Credits = credits,
            Wallets = wallets,
            TaxedCredits = taxed,
            Notes = notes,
        };
    }

    private static LineDiscount Discount(TaxedCredit credit, WalletInHand wallet) =>
        new(DiscountKind.TaxedCredits, $"Credits of wallet {wallet.Code}, taxed when bought", credit.Amount, credit.Shares)
        {
            Source = wallet.Id,
        };

    // What is left of each line after coupons, as wallets see it.
    private static List<PayableLine> Nets(List<RatedLine> lines, List<LineDiscount> discounts) =>
    [
        .. lines.Select((line, i) => new PayableLine(
            KindOf(line), (line.Amount.Amount - discounts.Sum(discount => discount.Shares[i])) * line.Amount.Currency.Scale,
            line.MetricCode)),
    ];

    // Neighbours nearly always have the same taxes; then they share the list, and no two lists need be compared.
    private static List<IReadOnlyList<LineTax>> Taxes(Account account, List<RatedLine> lines, LocalDate day)
    {
        var taxes = new List<IReadOnlyList<LineTax>>(lines.Count);
        for (var i = 0; i < lines.Count; i++)
        {
            var on = LocalDate.Min(lines[i].Period.LastDay, day);
            taxes.Add(i > 0 && on == LocalDate.Min(lines[i - 1].Period.LastDay, day)
                && ReferenceEquals(lines[i].OwnTaxCodes, lines[i - 1].OwnTaxCodes)
                && ReferenceEquals(lines[i].PlanTaxCodes, lines[i - 1].PlanTaxCodes)
                    ? taxes[i - 1]
                    : account.Taxes.Of(lines[i], on));
        }

        return taxes;
    }

    // One after the other, because a true-up counts the lines before it on the same document.
    private static List<RatedItem> Rate(Account account, ItemRater rater, PendingDocument pending)
    {
        var reference = BillingDocument.ReferenceOf(
            pending.DueAt, pending.Currency, pending.Items.Select(due => due.Item));
        var items = new List<RatedItem>(pending.Items.Count);
        var billed = new BilledSoFar(account.Billed.Values);
        var place = 0;
        foreach (var (item, lines) in pending.Items)
        {
            var rated = new RatedItem(item, lines ?? (item.Kind == DueKind.UnusedFee ? [] : rater.Rate(item, billed)));
            billed.Add(BillingDocument.ProofOf(rated, place, reference));
            place += rated.Lines.Count;
            items.Add(rated);
        }

        return items;
    }

    private static List<UnusedNote> Notes(Account account, PendingDocument pending)
    {
        var notes = new List<UnusedNote>();
        foreach (var (item, _) in pending.Items.Where(due => due.Item.Kind == DueKind.UnusedFee))
        {
            if (account.Billed.GetValueOrDefault(item.Of!) is { Document: { } reference } fee
                && account.Documents.GetValueOrDefault(reference) is { } document && UnusedFees.Note(item, fee, document) is { } note)
            {
                notes.Add(note);
            }
        }

        return notes;
    }

    private static (CouponApplication Coupons, IReadOnlyList<int> Places) Coupons(
        Account account, ProgressiveCredits early, List<RatedLine> lines, (LocalDate Day, Currency Currency) on)
    {
        if (account.Coupons.Count == 0)
        {
            return (CouponApplication.Of([], [], on.Currency), []);
        }

        var places = Enumerable.Range(0, account.Coupons.Count).Where(i => !(account.Coupons[i].ExpiresOn < on.Day)).ToList();
        var application = CouponApplication.Of(
            [.. places.Select(i => account.Coupons[i].InHand)],
            [.. lines.Select((line, i) => new CouponLine(early.LeftOf(lines, i), line.PlanCode, line.MetricCode))],
            on.Currency);
        return (application, places);
    }

    private static List<LineDiscount> Discounts(CouponApplication coupons, int lines, Func<int, Guid?> idOf)
    {
        var discounts = new List<LineDiscount>(coupons.Credits.Count);
        foreach (var credit in coupons.Credits)
        {
            var shares = new decimal[lines];
            foreach (var share in credit.Shares)
            {
                shares[share.Line] = share.Amount.Amount;
            }

            discounts.Add(new LineDiscount(DiscountKind.Coupon, credit.Name, credit.Amount, shares) { Source = idOf(credit.Coupon) });
        }

        return discounts;
    }

    private static WalletAllocation Wallets(Account account, InvoiceContent content, InvoiceTotals totals, CreditApplication credits)
    {
        if (account.Wallets.Count == 0)
        {
            return WalletAllocation.OfInvoice([], [], Money.Zero(content.Currency));
        }

        var taxed = totals.Taxes.Lines;
        var credited = credits.FineSharesOver([.. taxed.Select(line => Money.Rounded(line.Net + line.ExactTax, content.Currency))]);
        var payable = content.Lines.Select((line, i) => new PayableLine(
            KindOf(line), ((taxed[i].Net + taxed[i].ExactTax) * content.Currency.Scale) - credited[i], line.MetricCode));
        return WalletAllocation.OfInvoice(
            [.. account.Wallets.Select(wallet => wallet.Untaxed)], [.. payable], content.Total - credits.Total);
    }

    private static PaidFor KindOf(RatedLine line) => line.Kind switch
    {
        LineKind.BaseFee => PaidFor.BaseFee,
        LineKind.FixedCharge => PaidFor.FixedCharge,
        LineKind.TrueUp => PaidFor.Commitment,
        _ => PaidFor.Usage,
    };

    private static IEnumerable<Settled> Settled(CreditApplication credits, WalletAllocation wallets, Account account)
    {
        foreach (var credit in credits.Applied)
        {
            yield return new Settled(SettlementKind.CreditNote, credit.Note.Number, credit.Amount);
        }

        for (var i = 0; i < account.Wallets.Count; i++)
        {
            if (wallets.UsedOf(i) is { MinorUnits: > 0 } used)
            {
                yield return new Settled(SettlementKind.Wallet, account.Wallets[i].Code, used);
            }
        }
    }
}
