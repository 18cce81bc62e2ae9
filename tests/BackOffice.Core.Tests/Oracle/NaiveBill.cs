using BackOffice.Core.Billing;
using BackOffice.Core.Coupons;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;

namespace BackOffice.Core.Tests.Oracle;

/// <summary>
/// What an account is asked to pay, a second time: written from the rules (blueprint §5, guide §3 to §16) apart from the engine, with
/// fractions that have no limit of digits, days that are counted one by one, and no eye to speed.
/// </summary>
internal sealed class NaiveBill
{
    private readonly Account _account;
    private readonly NaiveRating _rating;
    private readonly List<NaiveItem> _done = [];
    private readonly List<(CouponTerms Terms, LocalDate? Until, long Used, int Times)> _coupons;
    private readonly List<long> _credits = [];
    private readonly NaiveWallets _wallets;

    private NaiveBill(Account account, IReadOnlyList<IReadOnlyList<UsageEvent>> usage)
    {
        (_account, _rating) = (account, new NaiveRating(account.Metrics, usage));
        _coupons = [.. account.Coupons.Select(coupon => (coupon.InHand.Terms, coupon.ExpiresOn, 0L, 0))];
        _wallets = new NaiveWallets(account.Wallets);
    }

    public static IReadOnlyList<NaiveDocument> Of(Account account, IReadOnlyList<IReadOnlyList<UsageEvent>> usage, Instant through)
    {
        var bill = new NaiveBill(account, usage);
        var advance = new NaiveAdvance(account.Metrics, usage);
        var items = account.Lives.SelectMany((life, i) => NaiveItems.Of(i, life, through).Concat(advance.Of(i, life, through)));
        return [.. items.GroupBy(item => item.DueAt).OrderBy(group => group.Key).Select(group => bill.Document(
            group.Key, group.OrderBy(item => item.LifeNumber).ThenBy(item => item.Phase.Number).ThenBy(item => item.Kind)))];
    }

    private NaiveDocument Document(Instant at, IEnumerable<NaiveItem> items)
    {
        var document = new NaiveDocument { DueAt = at };
        foreach (var item in items)
        {
            if (item.Kind == DueKind.UnusedFee)
            {
                TakeBack(item, document);
                continue;
            }

            item.Lines.AddRange([.. _rating.Lines(item, _done)]);
            item.Document = document;
            document.Lines.AddRange(item.Lines);
            _done.Add(item);
        }

        Reduce(document, at.InZone(_account.Zone).Date);
        Tax(document);
        document.Total = document.Lines.Sum(line => line.Amount - line.Discount) + document.Taxes.Values.Sum(tax => tax.Tax);
        Settle(document);
        return document;
    }

    // Guide §7 and §15: price × unused ÷ days of the whole period, less its share of the coupon, rounded; each tax on that (EN 16931).
    private void TakeBack(NaiveItem item, NaiveDocument on)
    {
        if (item.Of is not { Document: { } document, Lines: [var fee] })
        {
            return;
        }

        var share = Fraction.Min((Fraction)item.Phase.Terms.BaseFee.MinorUnits * item.Share, fee.Amount);
        if (share.Rounded() == 0 || fee.Amount == 0)
        {
            return;
        }

        var net = (share - (share * fee.Discount / fee.Amount)).Rounded();
        if (net == 0)
        {
            return;
        }

        var total = Math.Min(WithTax(fee, net), document.Total - document.GivenBack.Sum(each => each.Total));
        var note = Split(item, fee, document, total);
        document.GivenBack.Add(note);
        on.Notes.Add(note);
        _credits.Add(note.Credit);
    }

    private long WithTax(NaiveLine line, long net) => net + Codes(line).Sum(code => ((Fraction)net * Percent(code) / 100).Rounded());

    // What was paid for the fee beyond the days that were used is paid back, all with tax; the rest is kept, or lowers what is open.
    private NaiveNote Split(NaiveItem item, NaiveLine fee, NaiveDocument document, long total)
    {
        var wish = item.Phase.End!.Unused;
        if (wish == UnusedFee.Credit)
        {
            return new NaiveNote(total, 0, 0);
        }

        var net = fee.Amount - fee.Discount;
        var back = document.GivenBack.Sum(each => each.Refund);
        var paid = ((Fraction)(document.Paid - back) * WithTax(fee, net) / document.Total).Rounded();
        var price = (Fraction)item.Phase.Terms.BaseFee.MinorUnits * (item.Of!.Days - item.Days) / item.Whole.Days;
        var used = WithTax(fee, (price * net / fee.Amount).Rounded());
        var refund = Math.Clamp(paid - used, 0, total);
        var offset = wish == UnusedFee.Offset ? Math.Clamp(document.Open, 0, total - refund) : 0;
        return new NaiveNote(total - refund - offset, refund, offset);
    }

    // Guide §10: limited to metrics first, then to plans, then the rest; each on what the ones before it left.
    private void Reduce(NaiveDocument document, LocalDate day)
    {
        foreach (var place in Enumerable.Range(0, _coupons.Count).OrderBy(i => _coupons[i].Terms.Scope switch
                 {
                     { MetricCodes.Count: > 0 } => 0,
                     { PlanCodes.Count: > 0 } => 1,
                     _ => 2,
                 }))
        {
            var (terms, until, used, times) = _coupons[place];
            var covered = document.Lines.Where(line => Covers(terms.Scope, line) && line.Amount > line.Discount).ToList();
            var sum = covered.Sum(line => line.Amount - line.Discount);
            var credit = terms.Reduction switch
            {
                FixedReduction { Amount.MinorUnits: var most } => Math.Min(sum, most - used),
                PercentReduction { Percent: var percent } => ((Fraction)sum * percent / 100).Rounded(),
                _ => 0,
            };
            var spent = terms.Frequency switch
            {
                CouponFrequency.Recurring => times >= terms.Invoices,
                CouponFrequency.Once when terms.Reduction is PercentReduction => times >= 1,
                _ => false,
            };
            if (credit > 0 && !spent && !(until < day))
            {
                Spread(covered, credit, sum);
                var once = terms is { Frequency: CouponFrequency.Once, Reduction: FixedReduction };
                _coupons[place] = (terms, until, once ? used + credit : 0, times + 1);
            }
        }
    }

    private static bool Covers(CouponScope scope, NaiveLine line) =>
        scope.MetricCodes.Count > 0 ? line.Metric is { } metric && scope.MetricCodes.Contains(metric)
        : scope.PlanCodes.Count == 0 || scope.PlanCodes.Contains(line.Plan);

    // Whole cents by weight; what is missing goes to the largest remainders, the earlier line first.
    private static void Spread(List<NaiveLine> lines, long credit, long sum)
    {
        var exact = lines.Select(line => new Fraction(credit, 1) * (line.Amount - line.Discount) / sum).ToList();
        var shares = exact.Select(share => share.Floor()).ToList();
        var missing = (int)(credit - shares.Sum());
        foreach (var i in Enumerable.Range(0, lines.Count).OrderByDescending(i => exact[i] - shares[i]).Take(missing))
        {
            shares[i]++;
        }

        for (var i = 0; i < lines.Count; i++)
        {
            lines[i].Discount += shares[i];
        }
    }

    // Guide §16 and EN 16931: the first level that names a tax; each tax once on the sum of its lines.
    private void Tax(NaiveDocument document)
    {
        foreach (var line in document.Lines)
        {
            foreach (var code in Codes(line))
            {
                var so = document.Taxes.GetValueOrDefault(code);
                document.Taxes[code] = (so.Base + line.Amount - line.Discount, 0);
            }
        }

        foreach (var (code, (net, _)) in document.Taxes.ToList())
        {
            document.Taxes[code] = (net, ((Fraction)net * Percent(code) / 100).Rounded());
        }
    }

    private IReadOnlyList<string> Codes(NaiveLine line) =>
        line.Taxes.Count > 0 ? line.Taxes
        : _account.Taxes.CustomerCodes.Count > 0 ? _account.Taxes.CustomerCodes
        : _account.Taxes.CompanyCodes;

    private decimal Percent(string code) => _account.Taxes.Rates[code].Percentages[0].Percent;

    // Credit notes pay first, the oldest first; then the wallets.
    private void Settle(NaiveDocument document)
    {
        for (var i = 0; i < _credits.Count; i++)
        {
            var used = Math.Min(_credits[i], document.Total - document.Credits);
            document.Credits += used;
            _credits[i] -= used;
        }

        document.Wallets = _wallets.Pay(document, line => Codes(line).Aggregate(Fraction.Zero, (sum, code) => sum + Percent(code)));
    }
}
