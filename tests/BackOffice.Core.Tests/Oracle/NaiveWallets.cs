using BackOffice.Core.Rating;
using BackOffice.Core.Wallets;

namespace BackOffice.Core.Tests.Oracle;

/// <summary>Which wallet pays what of a document (guide §14).</summary>
internal sealed class NaiveWallets(IReadOnlyList<WalletInHand> wallets)
{
    private readonly long[] _left = [.. wallets.Select(wallet => wallet.Balance.MinorUnits)];

    /// <summary>Lines of one kind and metric together, the largest sum first; wallets by priority, then as they were made.</summary>
    /// <param name="percentOf">The taxes of a line, added up.</param>
    public long[] Pay(NaiveDocument document, Func<NaiveLine, Fraction> percentOf)
    {
        var withTax = document.Lines.Select(line => (Fraction)(line.Amount - line.Discount) * (1 + (percentOf(line) / 100))).ToList();
        var rounded = withTax.Sum(amount => amount.Rounded());
        var open = document.Lines.Select((line, i) => (line, Exact: withTax[i] - (rounded == 0 ? 0
                : FiveDecimals((Fraction)document.Credits * withTax[i].Rounded() / rounded))))
            .GroupBy(each => (Kind: KindOf(each.line.Kind), each.line.Metric))
            .Select(group => new Sum(group.Key.Kind, group.Key.Metric,
                group.Aggregate(Fraction.Zero, (sum, each) => sum + each.Exact).Rounded()))
            .Where(sum => sum.Minor > 0).OrderByDescending(sum => sum.Minor).ToList();

        // Each sum is rounded, so together they may miss what is asked: the largest takes the difference.
        var (asked, missed) = (document.Total - document.Credits, document.Total - document.Credits - open.Sum(sum => sum.Minor));
        if (open.Count > 0 && Math.Abs(missed) <= open.Count)
        {
            open[0] = open[0] with { Minor = Math.Max(0, open[0].Minor + missed) };
        }

        var paid = new long[wallets.Count];
        foreach (var sum in open)
        {
            var rest = sum.Minor;
            foreach (var i in Enumerable.Range(0, wallets.Count).OrderBy(i => wallets[i].Priority).Where(i => Pays(wallets[i].Scope, sum)))
            {
                var part = Math.Max(0, Math.Min(_left[i], Math.Min(rest, asked - paid.Sum())));
                (paid[i], _left[i], rest) = (paid[i] + part, _left[i] - part, rest - part);
            }
        }

        return paid;
    }

    private static bool Pays(WalletScope scope, Sum sum) => scope is { Kinds: [], MetricCodes: [] }
        || scope.Kinds.Contains(sum.Kind) || (sum.Metric is not null && scope.MetricCodes.Contains(sum.Metric));

    private static PaidFor KindOf(LineKind kind) => kind switch
    {
        LineKind.BaseFee => PaidFor.BaseFee,
        LineKind.FixedCharge => PaidFor.FixedCharge,
        LineKind.TrueUp => PaidFor.Commitment,
        _ => PaidFor.Usage,
    };

    private static Fraction FiveDecimals(Fraction amount) => new((amount * 100_000).Rounded(), 100_000);

    private sealed record Sum(PaidFor Kind, string? Metric, long Minor);
}
