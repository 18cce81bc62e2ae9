using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Pricing;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Thresholds;
using LocalDate = NodaTime.LocalDate;

namespace BackOffice.Vectors.Kinds;

/// <summary>A subscription with one metric, told event by event to the engine.</summary>
internal static class ProgressiveFacts
{
    public static BillingInterval Interval(string word) => word switch
    {
        "weekly" => BillingInterval.Weekly,
        "monthly" => BillingInterval.Monthly,
        "quarterly" => BillingInterval.Quarterly,
        "semiannual" => BillingInterval.SemiAnnual,
        "yearly" => BillingInterval.Yearly,
        _ => throw new FormatException($"There is no interval \"{word}\"."),
    };

    /// <summary>A day, or the day of a moment in UTC.</summary>
    public static LocalDate Day(Facts facts) => facts.IsDay ? facts.Day : facts.Moment.InUtc().Date;

    internal sealed class Life(BillingGrid grid, Price price, ThresholdLadder ladder)
    {
        private static readonly Currency Eur = Currency.Of("EUR");
        private readonly Dictionary<Period, decimal> _units = [];
        private readonly Dictionary<Period, List<ProgressiveInvoice>> _invoices = [];

        /// <returns>The progressive invoice that the event causes, if it does.</returns>
        public ProgressiveInvoice? Use(LocalDate day, decimal units)
        {
            var period = grid.Containing(day);
            _units[period] = _units.GetValueOrDefault(period) + units;
            var earlier = _units.Keys.Where(other => other.End <= period.Start).Select(Usage).Sum(Eur);
            var before = InvoicesOf(period);
            var invoice = ProgressiveBilling.InvoiceFor(ladder, Money.Zero(Eur), earlier, [Line(period)], before);
            if (invoice is not null)
            {
                before.Add(invoice);
            }

            return invoice;
        }

        /// <summary>The invoice of a period, with its base fee for the days that are billed.</summary>
        public Dictionary<string, object?> Final(Period whole, Period billed, Money planAmount, bool isDraft)
        {
            var step = new PriceStep("Base fee", billed.Days, planAmount.Amount, whole.Days);
            var fee = new ProgressiveLine("base fee", Money.Rounded(step.Amount, Eur));
            List<ProgressiveLine> lines = [fee, Line(whole)];
            var credit = ProgressiveCredit.Of(lines, [.. InvoicesOf(whole).Select(invoice => invoice.Lines)], Eur);
            var fees = lines.Select(line => line.Amount).Sum(Eur);
            return new()
            {
                ["fees_cents"] = fees.MinorUnits,
                ["progressive_credit_cents"] = credit.Total.MinorUnits,
                ["total_cents"] = (fees - credit.Total).MinorUnits,
                ["status"] = isDraft ? "draft" : "finalized",
            };
        }

        private List<ProgressiveInvoice> InvoicesOf(Period period) =>
            _invoices.TryGetValue(period, out var invoices) ? invoices : _invoices[period] = [];

        private ProgressiveLine Line(Period period) => new("usage", Usage(period));

        private Money Usage(Period period) => Money.Rounded(price.AmountFor(_units.GetValueOrDefault(period)), Eur);
    }
}
