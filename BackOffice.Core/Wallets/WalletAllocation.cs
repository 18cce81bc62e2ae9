using BackOffice.Core.Common;

namespace BackOffice.Core.Wallets;

/// <summary>A wallet as an invoice meets it.</summary>
/// <param name="Priority">The lowest number pays first.</param>
/// <param name="RefillsItself">Whether a threshold rule tops it up, so that its ongoing balance may fall below zero.</param>
public sealed record WalletInHand(
    string Code, int Priority, Money Balance, WalletScope Scope, bool RefillsItself = false)
{
    /// <summary>The part of the balance that bore tax when it was bought: it is taken off before tax, so that nothing is taxed
    /// twice.</summary>
    public Money Taxed { get; init; } = Money.Zero(Balance.Currency);

    /// <summary>Names the wallet to whoever spends it when the document is issued; null in a simulation.</summary>
    public Guid? Id { get; init; }

    /// <summary>Only the credits that bear tax where they are used: what is paid with them is paid with its tax.</summary>
    internal WalletInHand Untaxed => this with { Balance = Balance - Taxed };
}

/// <summary>A line as wallets see it.</summary>
/// <param name="ExactMinor">What is to be paid in minor units: after coupons, with exact tax, without its share of credit notes.</param>
/// <param name="TargetWallet">The code of the only wallet that may pay it; null when any may.</param>
public sealed record PayableLine(PaidFor Kind, decimal ExactMinor, string? MetricCode = null, string? TargetWallet = null);

/// <summary>What one wallet pays of the lines of one kind and metric.</summary>
/// <param name="Wallet">The place of the wallet in the list that was handed over, from 0.</param>
public sealed record WalletPart(int Wallet, PaidFor Kind, string? MetricCode, Money Amount);

/// <summary>Which wallet pays what of an invoice, or will pay of what is used by now.</summary>
/// <remarks>
/// Lines of one kind and metric are paid together, the largest sum first; wallets pay by priority, then in order of creation (guide §14).
/// Only wallets in the invoice's currency pay.
/// </remarks>
public sealed class WalletAllocation
{
    private readonly IReadOnlyList<WalletInHand> _wallets;
    private readonly List<WalletPart> _parts = [];
    private readonly long[] _used;

    private WalletAllocation(IReadOnlyList<WalletInHand> wallets, Currency currency) =>
        (_wallets, Currency, _used) = (wallets, currency, new long[wallets.Count]);

    public Currency Currency { get; }

    public IReadOnlyList<WalletPart> Parts => _parts;

    /// <summary>What all wallets pay together.</summary>
    public Money Total => Money.OfMinor(_used.Sum(), Currency);

    /// <summary>What a wallet pays, by its place in the list that was handed over.</summary>
    public Money UsedOf(int wallet) => Money.OfMinor(_used[wallet], Currency);

    /// <summary>The payment of an invoice: no wallet falls below zero, and no more is paid than the invoice asks.</summary>
    /// <param name="wallets">In order of creation.</param>
    /// <param name="due">What the invoice asks before wallets.</param>
    public static WalletAllocation OfInvoice(IReadOnlyList<WalletInHand> wallets, IReadOnlyList<PayableLine> lines, Money due)
    {
        var allocation = new WalletAllocation(wallets, due.Currency);
        var order = allocation.Order();
        var rest = due.MinorUnits;
        foreach (var bucket in Buckets(lines, due.Currency, due))
        {
            var open = Math.Min(bucket.Minor, rest);
            foreach (var i in order.Where(i => bucket.IsPaidBy(wallets[i])))
            {
                var paid = Math.Clamp(wallets[i].Balance.MinorUnits - allocation._used[i], 0, open);
                allocation.Pay(i, bucket, paid);
                (open, rest) = (open - paid, rest - paid);
            }
        }

        return allocation;
    }

    /// <summary>
    /// What is used by now, spread over the wallets that will pay it. The last wallet that may pay a kind of line, or one that refills
    /// itself, takes all that is left, and its ongoing balance may fall below zero.
    /// </summary>
    /// <param name="wallets">In order of creation.</param>
    /// <param name="billedAlready">Part of the lines that progressive or in-advance invoices billed; it is taken from the largest sums
    /// first.</param>
    public static WalletAllocation OfUsage(
        IReadOnlyList<WalletInHand> wallets, IReadOnlyList<PayableLine> lines, Money billedAlready)
    {
        var allocation = new WalletAllocation(wallets, billedAlready.Currency);
        var order = allocation.Order();
        var billed = billedAlready.MinorUnits;
        foreach (var bucket in Buckets(lines, billedAlready.Currency, due: null))
        {
            var skipped = Math.Min(billed, bucket.Minor);
            var open = bucket.Minor - skipped;
            billed -= skipped;
            var payers = order.Where(i => bucket.IsPaidBy(wallets[i])).ToList();
            for (var n = 0; n < payers.Count; n++)
            {
                var i = payers[n];
                var takesAll = wallets[i].RefillsItself || n == payers.Count - 1;
                var paid = takesAll ? open : Math.Clamp(wallets[i].Balance.MinorUnits - allocation._used[i], 0, open);
                allocation.Pay(i, bucket, paid);
                open -= paid;
            }
        }

        return allocation;
    }

    private List<int> Order() => [.. Enumerable.Range(0, _wallets.Count)
        .Where(i => _wallets[i].Balance.Currency == Currency).OrderBy(i => _wallets[i].Priority).ThenBy(i => i)];

    private void Pay(int wallet, Bucket bucket, long minor)
    {
        if (minor > 0)
        {
            _used[wallet] = checked(_used[wallet] + minor);
            _parts.Add(new(wallet, bucket.Kind, bucket.MetricCode, Money.OfMinor(minor, Currency)));
        }
    }

    // Each sum is rounded on its own, so that together they may miss the invoice by a cent for each; the largest takes the difference.
    private static List<Bucket> Buckets(IReadOnlyList<PayableLine> lines, Currency currency, Money? due)
    {
        var buckets = lines.GroupBy(line => (line.Kind, line.MetricCode, line.TargetWallet))
            .Select(group => new Bucket(group.Key.Kind, group.Key.MetricCode, group.Key.TargetWallet,
                Money.RoundedMinor(Exact.Sum(group.Select(line => line.ExactMinor)), currency).MinorUnits))
            .Where(bucket => bucket.Minor > 0)
            .OrderByDescending(bucket => bucket.Minor)
            .ToList();
        var missed = due is null ? 0 : due.MinorUnits - buckets.Sum(bucket => bucket.Minor);
        if (buckets.Count > 0 && missed != 0 && Math.Abs(missed) <= buckets.Count)
        {
            buckets[0] = buckets[0] with { Minor = Math.Max(0, buckets[0].Minor + missed) };
        }

        return buckets;
    }

    private sealed record Bucket(PaidFor Kind, string? MetricCode, string? TargetWallet, long Minor)
    {
        public bool IsPaidBy(WalletInHand wallet) =>
            (TargetWallet is null || TargetWallet == wallet.Code) && wallet.Scope.Covers(Kind, MetricCode);
    }
}
