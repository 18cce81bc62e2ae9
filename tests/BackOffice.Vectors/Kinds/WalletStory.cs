using System.Globalization;
using System.Text.RegularExpressions;
using BackOffice.Core.Common;
using BackOffice.Core.Pricing;
using BackOffice.Core.Thresholds;
using BackOffice.Core.Wallets;

namespace BackOffice.Vectors.Kinds;

/// <summary>
/// Subscriptions that one wallet pays for, told in sentences: "5 units in period 1", "billing run", "draft finalised". Each sentence is one
/// thing done to the engine; a sentence that is not understood fails the vector. Totals that a sentence mentions are not read: the
/// engine finds them.
/// </summary>
internal static partial class WalletStory
{
    private static readonly string[] Ordinals = ["first", "second", "third", "fourth", "fifth"];

    public static void Tell(Vector vector, Check check)
    {
        var story = new Story(vector.Input);
        var moments = vector.Input["steps"].Items.Select(step => story.Do(step.Text)).ToList();
        check.IfExpected("balance_cents", () => moments.Select(moment => moment.Balance.Balance.MinorUnits));
        check.IfExpected("ongoing_usage_cents", () => moments.Select(moment => moment.Balance.Usage.MinorUnits));
        check.IfExpected("ongoing_balance_cents", () => moments.Select(moment => moment.Balance.Ongoing.MinorUnits));
        check.IfExpected("credits", () => moments.Select(moment => moment.Credits));
        check.IfExpected("ongoing_credits", () => moments.Select(moment => story.Rate.CreditsFor(moment.Balance.Ongoing)));
        foreach (var (name, i) in Ordinals.Select((name, i) => (name, i)))
        {
            check.IfExpected($"{name}_subscription_invoices_cents", () => moments.Select(moment => moment.Invoices[i]));
        }
    }

    private sealed record Moment(OngoingBalance Balance, decimal Credits, IReadOnlyList<long?> Invoices);

    /// <summary>One subscription with one metric.</summary>
    private sealed class Metered(Price price, bool inAdvance, ThresholdLadder? ladder)
    {
        private decimal _units;
        private List<ProgressiveInvoice> _invoices = [];

        public bool InAdvance => inAdvance;

        public Money Usage(decimal units, Currency currency) => Money.Rounded(price.AmountFor(units), currency);

        /// <summary>Used in this period and on no invoice.</summary>
        public Money Unbilled(Currency currency) =>
            inAdvance ? Money.Zero(currency) : Usage(_units, currency) - (_invoices.Count > 0 ? _invoices[^1].Usage : Money.Zero(currency));

        /// <returns>What is invoiced at once, before tax.</returns>
        public Money? Use(decimal units, Currency currency)
        {
            _units += units;
            if (inAdvance)
            {
                return Usage(units, currency);
            }

            var invoice = ladder is null ? null : ProgressiveBilling.InvoiceFor(
                ladder, Money.Zero(currency), Money.Zero(currency), [new("usage", Usage(_units, currency))], _invoices);
            _invoices = invoice is null ? _invoices : [.. _invoices, invoice];
            return invoice?.Total;
        }

        public void StartPeriod() => (_units, _invoices) = (0, []);
    }

    private sealed partial class Story
    {
        private readonly Wallet _wallet;
        private readonly decimal _taxPercent;
        private readonly bool _hasGrace;
        private readonly Money _planAmount;
        private readonly List<Metered> _subscriptions;
        private readonly List<Money> _drafts = [];
        private int _invoices;

        public Story(Facts input)
        {
            Rate = Wallets.Rate(input);
            _wallet = Wallets.Holding(Rate.CreditsFor(Money.OfMinor(input["balance_cents"].Minor, Rate.Currency)), Rate);
            _taxPercent = input["tax_rate"].NumberOrNull ?? 0;
            _hasGrace = input["grace_days"].WholeOrNull is > 0;
            _planAmount = Money.OfMinor(input["plan_amount_cents"].IsThere ? input["plan_amount_cents"].Minor : 0, Rate.Currency);
            _subscriptions = input["subscriptions"].IsThere
                ? [.. input["subscriptions"].Items.Select(words => Subscription(words.Text, Rate.Currency))]
                : [new Metered(new PerUnitPrice(input["unit_price"].Number), inAdvance: false, ladder: null)];
        }

        public CreditRate Rate { get; }

        public Moment Do(string step)
        {
            var invoices = new long?[Ordinals.Length];
            if (Units().Match(step) is { Success: true } used)
            {
                Use(Number(used.Groups["units"].Value), used.Groups["which"].Value, invoices);
            }
            else if (step.Contains("billing run", StringComparison.OrdinalIgnoreCase))
            {
                var billed = _subscriptions.Select(subscription =>
                    subscription.Unbilled(Rate.Currency)).Append(_planAmount).Sum(Rate.Currency);
                _drafts.Add(WithTax(billed));
                _subscriptions.ForEach(subscription => subscription.StartPeriod());
                if (!_hasGrace)
                {
                    Issue();
                }
            }
            else if (step.Contains("finali", StringComparison.OrdinalIgnoreCase))
            {
                Issue();
            }
            else
            {
                throw new FormatException($"The step \"{step}\" is not understood.");
            }

            var unbilled = _subscriptions.Select(subscription => new UnbilledUsage(subscription.Unbilled(Rate.Currency),
                _taxPercent)).ToList();
            var balance = OngoingBalance.Of(_wallet.BalanceAt(Wallets.Start), unbilled, [.. _drafts]);
            return new(balance, _wallet.CreditsAt(Wallets.Start), invoices);
        }

        private void Issue()
        {
            _drafts.ForEach(Pay);
            _drafts.Clear();
        }

        private void Use(decimal units, string which, long?[] invoices)
        {
            for (var i = 0; i < _subscriptions.Count; i++)
            {
                if (which is "" or "each" ? i == 0 || which == "each" : which.EndsWith(Ordinals[i], StringComparison.Ordinal))
                {
                    if (_subscriptions[i].Use(units, Rate.Currency) is { } invoiced)
                    {
                        invoices[i] = WithTax(invoiced).MinorUnits;
                        Pay(WithTax(invoiced));
                    }
                }
            }
        }

        private Money WithTax(Money amount) => new UnbilledUsage(amount, _taxPercent).WithTax;

        private void Pay(Money due)
        {
            var paid = WalletAllocation.OfInvoice([_wallet.InHand(Wallets.Start)], [new(PaidFor.Usage, due.MinorUnits)], due).Total;
            if (paid.MinorUnits > 0)
            {
                _wallet.Spend(paid, $"invoice {++_invoices}", Wallets.Start);
            }
        }

        private static Metered Subscription(string words, Currency currency)
        {
            var match = Priced().Match(words);
            if (!match.Success)
            {
                throw new FormatException($"The subscription \"{words}\" is not understood.");
            }

            ThresholdLadder? ladder = null;
            if (match.Groups["threshold"].Value is { Length: > 0 } threshold)
            {
                var at = new UsageThreshold(Money.Of(Number(threshold), currency));
                ladder = match.Groups["recurring"].Success ? new([], at) : new([at], null);
            }

            return new(new PerUnitPrice(Number(match.Groups["price"].Value)), match.Groups["advance"].Success, ladder);
        }

        private static decimal Number(string text) => decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);

        [GeneratedRegex(@"^(?<units>[\d.,]+) units?(?: in period \d+)?(?: (?<which>each|of the \w+))?$")]
        private static partial Regex Units();

        [GeneratedRegex(@"^(?<price>[\d.]+)/unit(?: in arrears|(?<advance> in advance)"
            + @"| with an? (?<recurring>recurring )?threshold of (?<threshold>[\d.]+))?$")]
        private static partial Regex Priced();
    }
}
