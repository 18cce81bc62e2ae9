using BackOffice.Core.Billing;
using BackOffice.Core.Catalog;
using BackOffice.Core.Coupons;
using BackOffice.Core.Invoices;
using BackOffice.Core.Pricing;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Thresholds;
using BackOffice.Core.Usage;
using static BackOffice.Core.Tests.Billing.Lives;

namespace BackOffice.Core.Tests.Billing;

/// <summary>Usage that passes a threshold is billed before its period is over, and taken off when it is.</summary>
public sealed class ProgressiveInvoiceTests
{
    private static readonly Metric Calls = Metric.Create("calls", "Calls", Aggregation.Sum, "units", "calls", "calls");

    [Fact]
    public void The_month_of_the_page_is_billed_as_it_says()
    {
        var rows = DomainPage.Table("thresholds.md", "An example").ToList();
        var (events, before) = (new List<(string, int)>(), 0m);
        foreach (var row in rows)
        {
            var soFar = row.Amount("Usage so far");
            events.Add(($"2026-12-{row["Day"].Split(' ')[0].PadLeft(2, '0')}", (int)(soFar - before)));
            before = soFar;
        }

        var account = AccountOf(Start(Early("31", [200, 500, 700], 1_000), "2026-12-01T00:00:00Z"), Calls);
        var documents = Nightly(account, Used([.. events]), 31).Documents;

        Assert.Equal(
            [.. rows.Select(row => row["Invoice"] == "–" ? 0 : row.Amount("Invoice")).Where(amount => amount > 0), 31m],
            documents.Select(document => document.Totals.Net.Amount));
        Assert.Equal(
            """
            2026-12-07 Calls 220.00 = 220.00
            2026-12-17 Calls 660.00, billed early 220.00 = 440.00
            2026-12-22 Calls 880.00, billed early 660.00 = 220.00
            2026-12-27 Calls 3080.00, billed early 880.00 = 2200.00
            2027-01-01 Base fee 31.00, Calls 3080.00, billed early 3080.00 = 31.00
            """, Table(documents));
        Assert.Equal([true, true, true, true, false], documents.Select(document => document.IsProgressive));
    }

    [Fact]
    public void A_document_of_its_own_is_made_beside_what_else_is_due_at_the_moment()
    {
        var monthly = Start(Plan("10"), "2026-12-01T00:00:00Z");
        var early = Start(Early("0", [100]), "2026-12-15T00:00:00Z", BillingTiming.Anniversary) with
        {
            Subscription = SubscriptionId.New(), Code = "acme-early",
        };
        var account = AccountOf(monthly, Calls) with { Lives = [monthly, early] };
        var usage = UsageLog.Empty.With(early.Subscription, [Event(1, "2026-12-20T10:00:00Z", 150)]);

        var documents = BillingEngine.Due(account, usage, At("2027-01-01T00:00:00Z"));

        Assert.Equal("2027-01-01 Base fee 10.00 = 10.00\n2027-01-01 Calls 150.00 = 150.00", Table(documents));
        Assert.Equal(2, documents.Select(document => document.Reference).Distinct().Count());
    }

    [Theory]
    //          ended at                due  why
    [InlineData(
        "2026-12-16T00:00:00Z", "2026-12-16 Calls 150.00, billed early 150.00 = 0.00", "the days until then, less what was billed")]
    [InlineData("2026-12-09T00:00:00Z", "2026-12-09 nothing = 0.00, credit 150.00", "an end before the usage gives it back")]
    public void An_end_settles_what_was_billed_early(string end, string table, string why)
    {
        var life = Start(Early("0", [100]), "2026-12-01T00:00:00Z");
        var usage = Used(("2026-12-10", 150));
        var account = Billed(AccountOf(life, Calls), usage, At("2026-12-15T00:00:00Z"));

        var documents = BillingEngine.Due(account.With(life.Terminate(At(end))), usage, At("2026-12-20T00:00:00Z"));

        Assert.True(table == Table(documents), why);
    }

    [Fact]
    public void A_run_through_an_earlier_day_bills_nothing_that_is_billed()
    {
        var usage = Used(("2026-12-10", 150));
        var account = Billed(AccountOf(Start(Early("0", [100]), "2026-12-01T00:00:00Z"), Calls), usage, At("2027-01-01T00:00:00Z"));

        Assert.Empty(BillingEngine.Due(account, usage, At("2026-12-15T00:00:00Z")));
    }

    [Fact]
    public void Who_slept_over_the_period_bills_it_once_as_a_whole() => Assert.Equal(
        "2027-01-01 Calls 150.00 = 150.00",
        Table(BillingEngine.Due(
            AccountOf(Start(Early("0", [100]), "2026-12-01T00:00:00Z"), Calls), Used(("2026-12-10", 150)), At("2027-01-01T00:00:00Z"))));

    [Fact]
    public void A_threshold_is_passed_once_in_the_life_of_a_subscription()
    {
        var usage = Used(("2026-12-10", 150), ("2027-01-10", 150), ("2027-02-10", 150));

        var documents = Nightly(AccountOf(Start(Early("0", [100, 400]), "2026-12-01T00:00:00Z"), Calls), usage, 90).Documents;

        Assert.Equal(["2026-12-11", "2027-02-11"], documents.Where(document => document.IsProgressive).Select(d => $"{d.Day:uuuu-MM-dd}"));
    }

    [Fact]
    public void What_was_taken_back_is_given_back_as_the_page_says()
    {
        var life = Start(Early("10", [100]), "2026-12-01T00:00:00Z");
        var account = Billed(AccountOf(life, Calls).Taxed(20), Used(("2026-12-10", 150), ("2026-12-11", 30)), At("2026-12-15T00:00:00Z"));

        var document = BillingEngine.Due(account, Used(("2026-12-11", 30)), At("2027-01-01T00:00:00Z")).Single();

        var page = DomainPage.Table("thresholds.md", "Usage that was taken back").Select(row => row.Amount("Amount"));
        var off = document.Totals.DiscountBy(DiscountKind.ProgressiveCredit);
        Assert.Equal(page,
        [
            document.Lines[0].Amount.Amount, document.Lines[1].Amount.Amount, -off.Amount, document.Totals.Net.Amount,
            document.Notes.Single().Content.Net.Amount,
        ]);
        Assert.Equal((Money.Of(12, Eur), Money.Of(0, Eur)), (document.Content.Total, document.Content.Due));
        Assert.Equal(Money.Of(168, Eur), account.After(document).Credits.Single().Balance);
        Assert.Empty(BillingEngine.Due(account.After(document), Used(("2026-12-11", 30)), At("2027-01-01T00:00:00Z")));
    }

    [Fact]
    public void What_the_same_run_bills_before_counts_and_uses_up_what_it_uses()
    {
        var terms = new CouponTerms(new FixedReduction(Money.Of(30, Eur)), CouponFrequency.Once);
        var account = AccountOf(Start(Early("0", [400]), "2026-12-01T00:00:00Z"), Calls) with
        {
            Coupons = [new AccountCoupon(new CouponInHand("Welcome", terms, CouponProgress.Start(terms)))],
        };

        var documents = BillingEngine.Due(account, Used(("2026-12-10", 300), ("2027-01-10", 150)), At("2027-01-15T00:00:00Z"));

        Assert.Equal("2027-01-01 Calls 300.00 = 270.00\n2027-01-15 Calls 150.00 = 150.00", Table(documents));
    }

    [Fact]
    public void A_draft_is_computed_again_instead_of_being_corrected_by_a_note()
    {
        var account = Billed(
            AccountOf(Start(Early("0", [100]), "2026-12-01T00:00:00Z"), Calls), Used(("2026-12-10", 150)), At("2026-12-15T00:00:00Z"));
        account = account with { Documents = account.Documents.ToDictionary(pair => pair.Key, pair => pair.Value with { IsIssued = false })
            .Aggregate(account.Documents, (all, pair) => all.SetItem(pair.Key, pair.Value)) };

        var document = BillingEngine.Due(account, Used(("2026-12-10", 120)), At("2027-01-01T00:00:00Z")).Single();

        Assert.Equal("2027-01-01 Calls 120.00, billed early 120.00 = 0.00", Table([document]));
    }

    [Theory]
    [InlineData(130, "2026-12-15 Calls 130.00 = 130.00", "usage so far as it is known now")]
    [InlineData(99, "", "a threshold that is not passed any more bills nothing")]
    public void Computing_it_again_looks_at_the_same_moment(int units, string table, string why)
    {
        var account = AccountOf(Start(Early("0", [100]), "2026-12-01T00:00:00Z"), Calls);
        var at = At("2026-12-15T00:00:00Z");
        var first = BillingEngine.Due(account, Used(("2026-12-10", 150)), at).Single();

        var again = BillingEngine.Again(
            account, Used(("2026-12-10", units), ("2026-12-20", 1_000)), (at, Eur),
            first.Items.Select(rated => rated.Item.Key).ToHashSet());

        Assert.True(table == Table(again.IsEmpty ? [] : [again]), why);
    }

    [Fact]
    public void Commitments_count_usage_once_and_minimums_wait_for_the_end()
    {
        var settings = new PlanSettings { Commitment = new MinimumCommitment(Money.Of(500, Eur)), EarlyBilling = Ladder([100]) };
        var plan = Plan("0", settings, charges: Charge.Of(
            "Calls", Calls.Id, new PerUnitPrice(1), new ChargeSettings { Minimum = Money.Of(200, Eur) }));

        var documents = Nightly(AccountOf(Start(plan, "2026-12-01T00:00:00Z"), Calls), Used(("2026-12-10", 150)), 31).Documents;

        Assert.Equal(
            """
            2026-12-11 Calls 150.00 = 150.00
            2027-01-01 Calls 150.00, Calls: minimum 50.00, Minimum commitment 300.00, billed early 150.00 = 350.00
            """, Table(documents));
    }

    [Fact]
    public void A_coupon_that_was_used_early_is_not_taken_back_at_the_end()
    {
        var terms = new CouponTerms(new FixedReduction(Money.Of(30, Eur)), CouponFrequency.Once);
        var account = AccountOf(Start(Early("10", [100]), "2026-12-01T00:00:00Z"), Calls) with
        {
            Coupons = [new AccountCoupon(new CouponInHand("Welcome", terms, CouponProgress.Start(terms)))],
        };

        var documents = Nightly(account, Used(("2026-12-10", 150)), 31).Documents;

        Assert.Equal([120m, 10m], documents.Select(document => document.Content.Due.Amount));
    }

    [Fact]
    public void Usage_so_far_says_how_far_the_next_threshold_is()
    {
        var life = Start(Early("0", [200, 500]), "2026-12-01T00:00:00Z");
        var account = AccountOf(life, Calls);
        var usage = Used(("2026-12-10", 260));

        var soFar = BillingEngine.SoFar(account, usage, life, At("2026-12-15T00:00:00Z"))!;

        var place = soFar.Place!;
        Assert.Equal((260m, 200m, 500m, 0.2m), (soFar.Amount.Amount, place.Last!.Amount, place.Next!.Amount, place.Ratio));
        Assert.Equal("2026-12-01..2026-12-14", soFar.Item.Shown.ToString());
        Assert.Equal(
            "Usage passed 200.00 EUR. 260.00 EUR used so far in this period, 0.00 EUR billed before, 260.00 EUR now.",
            soFar.Early!.InWords());
        Assert.Null(BillingEngine.SoFar(account, usage, life, At("2026-12-01T00:00:00Z")));
    }

    [Fact]
    public void Refuses_sums_of_another_currency_and_a_list_without_a_sum()
    {
        Assert.Throws<RuleBroken>(() => Plan("0", new PlanSettings { EarlyBilling = new([new(Money.Of(1, Usd))], null) }));
        Assert.Throws<RuleBroken>(() => Plan("0", new PlanSettings { EarlyBilling = new([], null) }));
        Assert.Throws<RuleBroken>(() => Early("0", [1]).With(new TermsOverride { NoEarlyBilling = true, EarlyBilling = Ladder([2]) }));
    }

    [Fact]
    public void A_subscription_may_have_sums_of_its_own_or_none()
    {
        Assert.Equal(Ladder([7]), Early("0", [1]).With(new TermsOverride { EarlyBilling = Ladder([7]) }).Settings.EarlyBilling);
        Assert.Null(Early("0", [1]).With(new TermsOverride { NoEarlyBilling = true }).Settings.EarlyBilling);
        Assert.Equal(Ladder([1]), Early("0", [1]).With(new TermsOverride()).Settings.EarlyBilling);
    }

    internal static ThresholdLadder Ladder(IEnumerable<int> sums, int? step = null, Currency? currency = null) => new(
        [.. sums.Select(sum => new UsageThreshold(Money.Of(sum, currency ?? Eur)))],
        step is { } each ? new UsageThreshold(Money.Of(each, currency ?? Eur)) : null);

    private static PlanTerms Early(string fee, int[] sums, int? step = null) => Plan(
        fee, new PlanSettings { EarlyBilling = Ladder(sums, step) }, charges: Charge.Of("Calls", Calls.Id, new PerUnitPrice(1)));

    private static UsageLog Used(params (string Day, int Units)[] usage) => UsageLog.Empty.With(
        Id, usage.Select((used, i) => Event(i + 1, used.Day + "T10:00:00Z", used.Units)));

    private static Account Billed(Account account, UsageLog usage, Instant through) =>
        BillingEngine.Due(account, usage, through).Aggregate(account, (known, document) => known.After(document));

    private static (Account Account, IReadOnlyList<BillingDocument> Documents) Nightly(Account account, UsageLog usage, int nights)
    {
        var documents = new List<BillingDocument>();
        for (var night = 1; night <= nights; night++)
        {
            foreach (var document in BillingEngine.Due(account, usage, account.Lives[0].First.From + Duration.FromDays(night)))
            {
                documents.Add(document);
                account = account.After(document);
            }
        }

        return (account, [.. documents.Where(document => !document.IsEmpty)]);
    }

    private static string Table(IEnumerable<BillingDocument> documents) => string.Join("\n", documents
        .Where(document => !document.IsEmpty || document.Notes.Count > 0)
        .Select(document => FormattableString.Invariant($"{document.Day:uuuu-MM-dd} ")
            + string.Join(", ", document.Lines.Count == 0 ? ["nothing"] : document.Lines
                .Select(line => FormattableString.Invariant($"{line.Name} {line.Amount.Amount:F2}"))
                .Concat(document.Content.Discounts.Where(discount => discount.Kind == DiscountKind.ProgressiveCredit)
                    .Select(discount => FormattableString.Invariant($"billed early {discount.Amount.Amount:F2}"))))
            + FormattableString.Invariant($" = {document.Totals.Net.Amount:F2}")
            + string.Concat(document.Notes.Select(note => FormattableString.Invariant($", credit {note.Content.Net.Amount:F2}")))));
}
