using BackOffice.Core.Common;

namespace BackOffice.Core.Coupons;

/// <summary>The coupons of one invoice, used one after the other on what the ones before left.</summary>
/// <remarks>
/// Order: limited to metrics, limited to plans, unlimited, and among equals in order of creation (Lago's rule, guide §10).
/// Pure: nothing is used up by asking, so a preview and the invoice are made alike.
/// </remarks>
public sealed class CouponApplication
{
    private const long FinePerMinor = 100_000;
    private readonly IReadOnlyList<CouponLine> _lines;
    private readonly List<CouponCredit> _credits = [];
    private readonly long[] _left;
    private readonly Int128[] _fineLeft;

    private CouponApplication(IReadOnlyList<CouponLine> lines, Currency currency)
    {
        (_lines, Currency) = (lines, currency);
        (_left, _fineLeft) = (new long[lines.Count], new Int128[lines.Count]);
        for (var i = 0; i < lines.Count; i++)
        {
            _left[i] = lines[i].Amount.Currency == currency ? Math.Max(0, lines[i].Amount.MinorUnits)
                : throw new InvalidOperationException($"A line in {lines[i].Amount.Currency} is not on an invoice in {currency}.");
            _fineLeft[i] = (Int128)_left[i] * FinePerMinor;
        }
    }

    public Currency Currency { get; }

    /// <summary>One for each coupon that took something off, in the order they were used.</summary>
    public IReadOnlyList<CouponCredit> Credits => _credits;

    /// <summary>What all coupons took off together; never more than the positive lines.</summary>
    public Money Total => _credits.Select(credit => credit.Amount).Sum(Currency);

    /// <param name="coupons">In order of creation.</param>
    /// <exception cref="OverflowException">The amounts are beyond ±10^14 minor units; a billing run parks such a customer.</exception>
    public static CouponApplication Of(IReadOnlyList<CouponInHand> coupons, IReadOnlyList<CouponLine> lines, Currency currency)
    {
        var application = new CouponApplication(lines, currency);
        for (var rank = 0; rank <= 2; rank++)
        {
            for (var i = 0; i < coupons.Count; i++)
            {
                if (coupons[i].Terms.Scope.Rank == rank)
                {
                    application.Use(i, coupons[i]);
                }
            }
        }

        return application;
    }

    /// <summary>What all coupons took off one line, in whole minor units.</summary>
    public Money OffLine(int line) => _credits.SelectMany(credit => credit.Shares).Where(share => share.Line == line)
        .Select(share => share.Amount).Sum(Currency);

    /// <summary>The same in minor units with five decimal places: the sum of the fine shares.</summary>
    public decimal FineOffLine(int line) =>
        _credits.SelectMany(credit => credit.Shares).Where(share => share.Line == line).Sum(share => share.FineMinor);

    private void Use(int place, CouponInHand coupon)
    {
        var covered = new List<int>(_lines.Count);
        var (sum, fineSum) = (0L, (Int128)0);
        for (var i = 0; i < _lines.Count; i++)
        {
            if (_left[i] > 0 && coupon.Terms.Scope.Covers(_lines[i]))
            {
                covered.Add(i);
                sum = checked(sum + _left[i]);
                fineSum = checked(fineSum + _fineLeft[i]);
            }
        }

        var amount = coupon.Progress.AmountOf(coupon.Terms, Money.OfMinor(sum, Currency));
        if (amount.MinorUnits > 0)
        {
            var shares = Spread(covered, amount, fineSum);
            _credits.Add(new(place, coupon.Name, coupon.Terms, Money.OfMinor(sum, Currency), amount, shares));
        }
    }

    // Whole cents make the bill. The fine shares are kept beside them, each in proportion to what the fine shares before left.
    private List<CouponShare> Spread(List<int> covered, Money amount, Int128 fineSum)
    {
        var whole = covered.Count == 1 ? [amount] : amount.Allocate([.. covered.Select(line => (decimal)_left[line])]);
        var shares = new List<CouponShare>(covered.Count);
        for (var i = 0; i < covered.Count; i++)
        {
            var line = covered[i];
            var fine = fineSum == 0 ? 0 : checked(2 * amount.MinorUnits * FinePerMinor * _fineLeft[line] + fineSum) / (2 * fineSum);
            shares.Add(new(line, whole[i], (decimal)fine / FinePerMinor));
            _left[line] -= whole[i].MinorUnits;
            _fineLeft[line] = Int128.Max(0, _fineLeft[line] - fine);
        }

        return shares;
    }
}
