using BackOffice.Vectors.Kinds;

namespace BackOffice.Vectors;

/// <summary>Hands a vector's input to the engine and its results to the check. Holds no rule of its own.</summary>
public delegate void Translate(Vector vector, Check check);

/// <summary>Which kinds there are, and which are only good reading.</summary>
public static class KindTable
{
    /// <summary>Other systems' rules that ours differ from on purpose (see tests/vectors/README.md). They are skipped.</summary>
    private static readonly HashSet<string> ReadingMatter = new(StringComparer.Ordinal)
    {
        "anchored_lines", "billing_dates", "capacity_tiers", "capacity_tiers_periods", "due_lines_and_next_date", "existing_lines_invalid",
        "fixed_month_days_between", "grant_burn_down_large", "invoice_sequence", "late_usage_period_preserving", "max_spend_overage",
        "net_coverage", "phase_price", "progressive_delta", "prorate_amount", "prorate_amount_by_days", "prorate_recurring_amount",
        "proration_fraction", "rate_usage_line_with_credits", "rebill_delta", "rebill_delta_by_tier", "reconcile_lines", "recurring_cycles",
        "service_periods", "service_periods_over_dst", "sum_of_block_charges", "usage_discount", "usage_discount_progressive",
        "usage_rollup", "validation",
    };

    private static readonly Dictionary<string, Translate> Known = new[]
    {
        ChargeModels.Kinds, BlockTiers.Kinds, Aggregations.Kinds, Periods.Kinds, BillingDays.Kinds, Proration.Kinds, Commitments.Kinds,
        Coupons.Kinds, Taxes.Kinds, CreditNotes.Kinds, Invoices.Kinds, Wallets.Kinds, Progressive.Kinds, Alerts.Kinds,
        Lives.Kinds, LifeInvoices.Kinds, LifePreviews.Kinds, LifeCommitments.Kinds,
    }.SelectMany(kinds => kinds).ToDictionary(StringComparer.Ordinal);

    /// <summary>Whether another system's rule is shown that ours need not follow.</summary>
    public static bool IsReadingMatter(Vector vector) => ReadingMatter.Contains(vector.Kind)
        || (vector.Kind == "rate_usage_line" && vector.Input["position_in_period"].TextOrNull is not "whole_period");

    public static Translate? For(string kind) => Known.GetValueOrDefault(kind);
}
