using BackOffice.Core.Common;

namespace BackOffice.Core.Wallets;

/// <summary>What credits of one wallet that were taxed when they were bought take off an invoice before tax.</summary>
/// <param name="Wallet">The place of the wallet in the list that was handed over, from 0.</param>
/// <param name="Amount">Above zero.</param>
/// <param name="Shares">A share for each line in major units, exact; they add up to the amount.</param>
public sealed record TaxedCredit(int Wallet, Money Amount, IReadOnlyList<decimal> Shares);

/// <summary>
/// Credits whose tax was charged at their purchase pay net amounts: were they a payment after tax, the customer would be taxed twice
/// (EN 16931: an allowance in the same category, not BT-113).
/// </summary>
public static class TaxedCredits
{
    /// <param name="wallets">In order of creation; those of the currency pay by priority.</param>
    /// <param name="nets">The lines after coupons, before tax. A line of zero or less is not paid.</param>
    /// <returns>One for each wallet that takes something off; no line gets below zero. The largest line is paid first.</returns>
    public static IReadOnlyList<TaxedCredit> Of(IReadOnlyList<WalletInHand> wallets, IReadOnlyList<PayableLine> nets, Currency currency)
    {
        var credits = new List<TaxedCredit>();
        var open = nets.Select(line => Math.Max(0, line.ExactMinor)).ToArray();
        var order = Enumerable.Range(0, nets.Count).OrderByDescending(line => open[line]).ThenBy(line => line).ToList();
        foreach (var place in Enumerable.Range(0, wallets.Count).Where(i => wallets[i].Taxed.Currency == currency)
                     .OrderBy(i => wallets[i].Priority).ThenBy(i => i))
        {
            var wallet = wallets[place];
            var covered = order.Where(line => wallet.Scope.Covers(nets[line].Kind, nets[line].MetricCode)).ToList();
            var amount = Math.Min(wallet.Taxed.MinorUnits, Whole(covered.Sum(line => open[line])));
            if (amount > 0)
            {
                credits.Add(new(place, Money.OfMinor(amount, currency), Fill(covered, amount, open, currency)));
            }
        }

        return credits;
    }

    // Coupons leave fractions on a line; on all lines together they leave none, but for the last digits of their shares.
    private static long Whole(decimal minor) => (long)decimal.Floor(minor + 0.005m);

    private static decimal[] Fill(IReadOnlyList<int> covered, long amount, decimal[] open, Currency currency)
    {
        var (shares, rest) = (new decimal[open.Length], (decimal)amount);
        foreach (var line in covered)
        {
            var taken = Math.Min(rest, open[line]);
            shares[line] = taken / currency.Scale;
            (open[line], rest) = (open[line] - taken, rest - taken);
        }

        return shares;
    }
}
