using BackOffice.Core.Common;
using BackOffice.Core.Wallets;
using static BackOffice.Vectors.Kinds.Wallets;

namespace BackOffice.Vectors.Kinds;

/// <summary>Which wallet pays what of an invoice, or will pay of what is used by now.</summary>
internal static class WalletPayments
{
    public static IEnumerable<KeyValuePair<string, Translate>> Kinds =>
    [
        new("allocation", Allocation),
        new("two_limited_wallets", Several),
        new("two_wallets_by_priority", Several),
        new("ongoing_allocation", Ongoing),
        new("ongoing_balance", WalletStory.Tell),
    ];

    private static void Allocation(Vector vector, Check check)
    {
        var input = vector.Input;
        var wallets = WalletsOf(input["wallets_in_creation_order"]);
        var due = Money.OfMinor(input["invoice_total_cents"].Minor, CurrencyOf(input));
        var allocation = WalletAllocation.OfInvoice([.. wallets.Select(wallet => wallet.InHand)], Lines(input), due);
        check.That("used_cents", wallets.Select((wallet, i) => (wallet.Name, Minor: allocation.UsedOf(i).MinorUnits))
            .Where(used => used.Minor > 0).ToDictionary(used => used.Name, used => (object?)used.Minor));
        check.IfExpected("total_used_cents", () => allocation.Total.MinorUnits);
    }

    private static void Several(Vector vector, Check check)
    {
        var input = vector.Input;
        var wallets = WalletsOf(input["wallets"]);
        var lines = input["fees"].IsThere ? Lines(input) : [new PayableLine(PaidFor.Other, input["invoice_cents"].Number)];
        var due = Money.RoundedMinor(lines.Sum(line => line.ExactMinor), CurrencyOf(input));
        var allocation = WalletAllocation.OfInvoice([.. wallets.Select(wallet => wallet.InHand)], lines, due);
        check.That("used_cents", wallets.Select((_, i) => allocation.UsedOf(i).MinorUnits));
        check.That("remaining_cents", wallets.Select((wallet, i) => (wallet.InHand.Balance - allocation.UsedOf(i)).MinorUnits));
    }

    private static void Ongoing(Vector vector, Check check)
    {
        var input = vector.Input;
        var wallets = WalletsOf(input["wallets"]);
        var lines = input["usage_cents"].Given
            .Select(usage => new PayableLine(PaidFor.Usage, usage.Value.Number, AsCode(usage.Name))).ToList();
        var billed = Money.OfMinor(
            input["already_billed_progressively_cents"].IsThere ? input["already_billed_progressively_cents"].Minor : 0, CurrencyOf(input));
        var allocation = WalletAllocation.OfUsage([.. wallets.Select(wallet => wallet.InHand)], lines, billed);
        var balances = wallets.Select((wallet, i) => new OngoingBalance(wallet.InHand.Balance, allocation.UsedOf(i))).ToList();
        check.IfExpected("ongoing_usage_cents", () => balances.Select(balance => balance.Usage.MinorUnits));
        check.IfExpected("ongoing_balance_cents", () => balances.Select(balance => balance.Ongoing.MinorUnits));
    }

    private static List<(string Name, WalletInHand InHand)> WalletsOf(Facts wallets) => [.. wallets.Items.Select((wallet, i) => (
        wallet["name"].TextOrNull ?? $"{i}",
        new WalletInHand(
            wallet["code"].TextOrNull ?? $"wallet-{i}",
            wallet["priority"].WholeOrNull ?? 50,
            Money.OfMinor(wallet["balance_cents"].Minor, CurrencyOf(wallet)),
            WalletScope.Of(
                [.. wallet["fee_types"].Items.Select(type => KindOf(type.Text))],
                [.. wallet["metrics"].Items.Select(metric => AsCode(metric.Text))]),
            wallet["threshold_rule"].IsThere)))];

    private static List<PayableLine> Lines(Facts input) => [.. input["fees"].Items.Select(fee => new PayableLine(
        KindOf(fee["type"].TextOrNull ?? "charge"),
        fee["amount_cents"].Number + (fee["tax_cents"].NumberOrNull ?? 0)
            - (fee["coupon_share_cents"].NumberOrNull ?? 0) - (fee["credit_note_share_cents"].NumberOrNull ?? 0),
        fee["metric"].TextOrNull is { } metric ? AsCode(metric) : null,
        fee["target_wallet"].TextOrNull))];

    private static PaidFor KindOf(string type) => type switch
    {
        "subscription" => PaidFor.BaseFee,
        "charge" => PaidFor.Usage,
        "fixed_charge" => PaidFor.FixedCharge,
        "commitment" => PaidFor.Commitment,
        _ => PaidFor.Other,
    };

    private static string AsCode(string name) => name.Replace(' ', '-');
}
