using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Wallets;
using static BackOffice.Vectors.Kinds.Wallets;

namespace BackOffice.Vectors.Kinds;

/// <summary>Rules that top a wallet up by themselves.</summary>
internal static class WalletRules
{
    public static IEnumerable<KeyValuePair<string, Translate>> Kinds =>
    [
        new("threshold_rule", ThresholdRule),
        new("rule_amount", Amount),
        new("threshold_trigger", Trigger),
        new("interval_rule_due", IntervalDue),
    ];

    private static void ThresholdRule(Vector vector, Check check)
    {
        var input = vector.Input;
        var rate = Rate(input);
        var limits = LimitsOf(input, "min_top_up_cents", "max_top_up_cents", rate);
        var wallet = Holding(input["balance_credits"].Number, rate, limits);
        if (input["invoice_paid_by_wallet_cents"].IsThere)
        {
            wallet.Spend(Money.OfMinor(input["invoice_paid_by_wallet_cents"].Minor, rate.Currency), "invoice", Start);
        }

        var ongoing = OngoingBalance.Of(
            wallet.BalanceAt(Start), [new(rate.MoneyFor(input["usage_credits"].NumberOrNull ?? 0))], []).Ongoing;
        var rule = Rule(input["rule"], "threshold");
        var due = ((BelowThreshold)rule.Trigger).Fires(rate.CreditsFor(ongoing), 0)
            ? rule.Due(rate.CreditsFor(ongoing), 0, limits, rate)
            : TopUpDue.Nothing;
        var invoices = 0;
        if (due.Paid > 0)
        {
            wallet.Paid(wallet.Add(new(GrantKind.Purchased, due.Paid, IgnoresLimits: rule.IgnoresLimits), Start).Id, Start);
            invoices++;
        }

        if (due.Granted > 0)
        {
            wallet.Add(new(GrantKind.Granted, due.Granted), Start);
        }

        check.IfExpected("top_up_credits", () => due.Paid + due.Granted);
        check.IfExpected("top_up", () => new Dictionary<string, object?>
        {
            ["credits"] = due.Paid + due.Granted,
            ["kind"] = due.Granted > 0 ? "granted" : "purchased",
        });
        check.IfExpected("credits_after", () => wallet.CreditsAt(Start));
        check.IfExpected("invoices", () => invoices);
    }

    private static void Amount(Vector vector, Check check)
    {
        var input = vector.Input;
        var rate = Rate(input);
        var most = input["max_top_up"].NumberOrNull is { } credits ? rate.MoneyFor(credits)
            : LimitsOf(input, "min_top_up_cents", "max_top_up_cents", rate).Most;
        var limits = new TopUpLimits(LimitsOf(input, "min_top_up_cents", "max_top_up_cents", rate).Least, most);
        var due = Rule(input, input["trigger"].TextOrNull ?? "threshold")
            .Due(input["ongoing_balance"].Number, Pending(input), limits, rate);
        check.IfExpected("paid_credits", () => due.Paid);
        check.IfExpected("granted_credits", () => due.Granted);
    }

    private static void Trigger(Vector vector, Check check)
    {
        var input = vector.Input;
        var rate = Rate(input);
        var rule = Rule(input, "threshold");
        var fires = ((BelowThreshold)rule.Trigger).Fires(input["ongoing_balance"].Number, Pending(input));
        var due = fires
            ? rule.Due(input["ongoing_balance"].Number, Pending(input), LimitsOf(input, "min_top_up_cents", "max_top_up_cents", rate), rate)
            : TopUpDue.Nothing;
        check.That("fires", fires);
        check.IfExpected("paid_credits", () => due.Paid);
        check.IfExpected("granted_credits", () => due.Granted);
    }

    private static decimal Pending(Facts input) => input["pending"].NumberOrNull ?? input["pending_credits"].NumberOrNull ?? 0;

    private static void IntervalDue(Vector vector, Check check)
    {
        var interval = vector.Input["interval"].Text switch
        {
            "weekly" => BillingInterval.Weekly,
            "monthly" => BillingInterval.Monthly,
            "quarterly" => BillingInterval.Quarterly,
            "semiannual" => BillingInterval.SemiAnnual,
            "yearly" => BillingInterval.Yearly,
            var other => throw new FormatException($"There is no interval \"{other}\"."),
        };
        var last = vector.Input["last_top_up"];
        check.That("due", new EveryInterval(interval, vector.Input["anchor"].Day).IsDueOn(vector.Input["day"].Day, last.IsThere
            ? last.Day : null));
    }

    /// <summary>A rule as vectors describe it: a target, or a fixed number of credits.</summary>
    private static TopUpRule Rule(Facts facts, string trigger)
    {
        var isGranted = facts["granted"].Element.ValueKind == System.Text.Json.JsonValueKind.True;
        TopUpMethod method = facts["method"].TextOrNull == "target"
            ? new TargetTopUp(facts["target"].Number, isGranted)
            : new FixedTopUp(facts["paid"].NumberOrNull ?? 0, isGranted ? 0 : facts["granted"].NumberOrNull ?? 0);
        TopUpTrigger when = trigger == "interval"
            ? new EveryInterval(BillingInterval.Monthly, Start.InUtc().Date)
            : new BelowThreshold(facts["threshold"].NumberOrNull ?? 0);
        return new(when, method, facts["ignore_limits"].Flag);
    }
}
