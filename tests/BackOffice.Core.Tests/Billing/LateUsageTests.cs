using BackOffice.Core.Billing;
using BackOffice.Core.Catalog;
using BackOffice.Core.Coupons;
using BackOffice.Core.Pricing;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;
using static BackOffice.Core.Tests.Billing.Lives;

namespace BackOffice.Core.Tests.Billing;

/// <summary>docs/domain/late-usage.md: what the next document says about usage that came after its period was billed.</summary>
public sealed class LateUsageTests
{
    private static readonly Metric Calls = Metric.Create("calls", "Calls", Aggregation.Sum, "units", "calls", "calls");
    private static readonly Instant FirstOfFebruary = At("2026-02-01T00:00:00Z");
    private static readonly Instant FirstOfMarch = At("2026-03-01T00:00:00Z");

    // 100 calls at 1.00 each, further ones at 0.50.
    private static readonly GraduatedPrice Tiers = new([new(100, 1m), new(null, 0.5m)]);

    private static PlanTerms Monthly(Price price, ChargeSettings? charge = null, PlanSettings? settings = null, string fee = "10") =>
        Plan(fee, settings, charges: Charge.Of("Calls", Calls.Id, price, charge ?? ChargeSettings.Plain));

    private static UsageLog Used(params (string At, decimal Units)[] events) =>
        UsageLog.Empty.With(Id, events.Select((e, i) => Event(i + 1, e.At, e.Units)));

    /// <summary>January billed with some usage, then known with more.</summary>
    private static (Account Billed, Account Late) AfterJanuary(PlanTerms plan, UsageLog inTime, AccountCoupon? coupon = null)
    {
        var account = AccountOf(Start(plan, "2026-01-01T00:00:00Z"), Calls) with { Coupons = coupon is null ? [] : [coupon] };
        var billed = BillingEngine.Due(account, inTime, FirstOfFebruary).Aggregate(account, (known, document) => known.After(document));
        return (billed, billed with { Late = [new LateUsage(January, 1)] });
    }

    private static ItemKey January => new(Id, "usage.1", Day("2026-01-01"), Day("2026-02-01"));

    [Fact]
    public void The_next_document_bills_the_exact_difference_of_the_whole_period_and_explains_it()
    {
        var (_, late) = AfterJanuary(Monthly(Tiers), Used(("2026-01-05T00:00:00Z", 90)));
        var all = Used(("2026-01-05T00:00:00Z", 90), ("2026-01-20T00:00:00Z", 30), ("2026-02-10T00:00:00Z", 7));

        var february = Assert.Single(BillingEngine.Due(late, all, FirstOfMarch));

        Assert.Equal(
            "2026-03-01: Base fee 2026-02-01..2026-02-28 10.00 EUR, Calls 2026-02-01..2026-02-28 7.00 EUR, "
            + "Calls: late usage 2026-01-01..2026-01-31 20.00 EUR", new[] { february }.Print());
        var line = february.Lines[^1];
        Assert.Equal((30m, 1L, "usage_adjustment.1:1"), (line.Quantity, line.Events, line.Item));
        Assert.Equal(
            ["With the late usage: 120 calls 110", "Billed before: 90 calls -90"],
            line.Steps.Select(step => $"{step.Label} {step.Amount:0.##}"));
    }

    [Fact]
    public void The_example_is_what_the_page_says()
    {
        var rows = DomainPage.Table("late-usage.md", "An example");
        UsageLog Known(int row) => Used(("2026-01-05T00:00:00Z", rows[row].Amount("Calls of January known")));
        var account = AccountOf(Start(Monthly(Tiers), "2026-01-01T00:00:00Z"), Calls);
        for (var row = 0; row < rows.Count; row++)
        {
            var late = account with { Late = row == 0 ? [] : [new LateUsage(January, row)] };
            var document = Assert.Single(BillingEngine.Due(late, Known(row), At($"2026-{row + 2:00}-01T00:00:00Z")));
            account = account.After(document);

            var line = document.Lines[^1];
            Assert.Equal(Money.Of(rows[row].Amount(row == 0 ? "They cost" : "Late usage"), Eur), line.Amount);
            Assert.Equal(
                row == 0 ? [rows[row].Amount("They cost")] : [rows[row].Amount("They cost"), -rows[row].Amount("Billed before")],
                line.Steps.Select(step => step.Amount));
        }
    }

    [Fact]
    public void A_group_called_none_is_not_the_one_without_a_value()
    {
        var plan = Monthly(Tiers, new ChargeSettings { GroupKeys = ["model"] });
        UsageEvent In(int id, string? model, decimal units) => new(
            id, "calls", At("2026-01-05T00:00:00Z"), new Dictionary<string, decimal> { ["units"] = units },
            model is null ? null : new Dictionary<string, string> { ["model"] = model });
        var (_, late) = AfterJanuary(plan, UsageLog.Empty.With(Id, [In(1, null, 3), In(2, "none", 5)]));

        var all = UsageLog.Empty.With(Id, [In(1, null, 3), In(2, "none", 5), In(3, "none", 2)]);
        var adjusted = BillingEngine.Due(late, all, FirstOfMarch)[0].Lines
            .Single(line => line.Item!.StartsWith("usage_adjustment", StringComparison.Ordinal));

        Assert.Equal(("model: “none”", "2.00 EUR"), (adjusted.Group, adjusted.Amount.ToString()));
    }

    [Fact]
    public void An_adjustment_is_billed_once_and_the_next_one_starts_from_it()
    {
        var (_, late) = AfterJanuary(Monthly(Tiers), Used(("2026-01-05T00:00:00Z", 90)));
        var all = Used(("2026-01-05T00:00:00Z", 90), ("2026-01-20T00:00:00Z", 30));
        var after = late.After(Assert.Single(BillingEngine.Due(late, all, FirstOfMarch)));

        Assert.Empty(BillingEngine.Due(after with { Late = [] }, all, FirstOfMarch));
        var more = Used(("2026-01-05T00:00:00Z", 90), ("2026-01-20T00:00:00Z", 30), ("2026-01-21T00:00:00Z", 4));
        var march = Assert.Single(BillingEngine.Due(after with { Late = [new LateUsage(January, 2)] }, more, At("2026-04-01T00:00:00Z")));

        Assert.Equal(("usage_adjustment.1:2", "2.00 EUR"), (march.Lines[^1].Item, march.Lines[^1].Amount.ToString()));
    }

    [Theory]
    //          in time late  minimum maximum lines                                                              why
    [InlineData(90, 5, "0", "0", "Calls: late usage 5.00 EUR", "inside the first tier")]
    [InlineData(90, 0, "0", "0", "", "nothing changes, so there is no line")]
    [InlineData(10, 5, "50", "0", "Calls: late usage 5.00 EUR|Calls: minimum, after late usage -5.00 EUR",
        "the minimum had been billed: what was used counts towards it")]
    [InlineData(45, 30, "50", "0", "Calls: late usage 30.00 EUR|Calls: minimum, after late usage -5.00 EUR", "the minimum is reached")]
    [InlineData(90, 40, "0", "100", "Calls: late usage 10.00 EUR", "no more than the most a charge may cost")]
    public void Tiers_minimums_and_maximums_are_right_over_all_of_the_period(
        int inTime, int more, string minimum, string maximum, string lines, string why)
    {
        var charge = new ChargeSettings
        {
            Minimum = minimum == "0" ? null : Money.Of(D(minimum), Eur),
            Maximum = maximum == "0" ? null : Money.Of(D(maximum), Eur),
        };
        var (_, late) = AfterJanuary(Monthly(Tiers, charge), Used(("2026-01-05T00:00:00Z", inTime)));

        var february = BillingEngine.Due(
            late, Used(("2026-01-05T00:00:00Z", inTime), ("2026-01-20T00:00:00Z", more)), FirstOfMarch)[0];

        var adjusted = february.Lines.Where(line => line.Item!.StartsWith("usage_adjustment", StringComparison.Ordinal));
        Assert.True(lines == string.Join('|', adjusted.Select(line => $"{line.Name} {line.Amount}")), why);
    }

    [Fact]
    public void Late_usage_counts_towards_a_commitment_that_was_billed_already()
    {
        var plan = Monthly(Tiers, settings: new PlanSettings { Commitment = new MinimumCommitment(Money.Of(150, Eur)) });
        var (_, late) = AfterJanuary(plan, Used(("2026-01-05T00:00:00Z", 90)));

        var february = Assert.Single(BillingEngine.Due(
            late, Used(("2026-01-05T00:00:00Z", 90), ("2026-01-20T00:00:00Z", 30)), FirstOfMarch));

        // January: 10 + 90 = 100, so 50 were missing; with 110 for calls only 30 are.
        Assert.Equal(
            [("Calls: late usage", "20.00 EUR"), ("Minimum commitment, after late usage", "-20.00 EUR")],
            february.Lines.Where(line => line.Period.Start == Day("2026-01-01")).Select(line => (line.Name, line.Amount.ToString())));
    }

    [Fact]
    public void Usage_that_was_taken_back_lowers_the_next_document()
    {
        var (_, late) = AfterJanuary(Monthly(Tiers), Used(("2026-01-05T00:00:00Z", 90), ("2026-01-06T00:00:00Z", 4)));

        var february = Assert.Single(BillingEngine.Due(late, Used(("2026-01-05T00:00:00Z", 90)), FirstOfMarch));

        Assert.Equal(("-4.00 EUR", -4m, "6.00 EUR"),
            (february.Lines[^1].Amount.ToString(), february.Lines[^1].Quantity, february.Content.Subtotal.ToString()));
    }

    [Theory]
    [InlineData(false, "no coupon")]
    [InlineData(true, "a coupon has taken all there is to take")]
    public void Nobody_is_asked_for_less_than_nothing(bool coupon, string why)
    {
        var ten = new AccountCoupon(new CouponInHand(
            "Ten", new CouponTerms(new FixedReduction(Money.Of(10, Eur)), CouponFrequency.Forever),
            CouponProgress.Start(new CouponTerms(new FixedReduction(Money.Of(10, Eur)), CouponFrequency.Forever))));
        var (_, late) = AfterJanuary(Monthly(Tiers), Used(("2026-01-05T00:00:00Z", 90)), coupon ? ten : null);

        var february = Assert.Single(BillingEngine.Due(late, UsageLog.Empty, FirstOfMarch));

        Assert.True(february.Lines.All(line => line.Amount.MinorUnits > 0), why);
        Assert.DoesNotContain(february.Items, rated => rated.Item.Kind == DueKind.UsageAdjustment);
        Assert.Equal(coupon ? "0.00 EUR" : "10.00 EUR", february.Content.Total.ToString());
    }

    [Fact]
    public void A_plan_may_only_list_late_usage()
    {
        var (_, late) = AfterJanuary(
            Monthly(Tiers, settings: new PlanSettings { LateUsage = LateUsageRule.ListOnly }), Used(("2026-01-05T00:00:00Z", 90)));

        var february = Assert.Single(BillingEngine.Due(
            late, Used(("2026-01-05T00:00:00Z", 90), ("2026-01-20T00:00:00Z", 30)), FirstOfMarch));

        Assert.Equal("Base fee", Assert.Single(february.Lines).Name);
    }

    [Fact]
    public void A_subscription_that_is_over_gets_a_document_for_its_late_usage_alone()
    {
        var (_, late) = AfterJanuary(Monthly(Tiers), Used(("2026-01-05T00:00:00Z", 90)));
        var over = late.With(late.Lives[0].EndAfter(Day("2026-01-31"), At("2026-01-15T00:00:00Z")));

        var last = Assert.Single(BillingEngine.Due(
            over, Used(("2026-01-05T00:00:00Z", 90), ("2026-01-20T00:00:00Z", 30)), FirstOfMarch));

        Assert.Equal("2026-02-01: Calls: late usage 2026-01-01..2026-01-31 20.00 EUR", new[] { last }.Print());
    }

    [Fact]
    public void Computing_it_again_says_the_same()
    {
        var (billed, late) = AfterJanuary(Monthly(Tiers), Used(("2026-01-05T00:00:00Z", 90)));
        var all = Used(("2026-01-05T00:00:00Z", 90), ("2026-01-20T00:00:00Z", 30));
        var february = Assert.Single(BillingEngine.Due(late, all, FirstOfMarch));

        var again = BillingEngine.Again(
            billed with { Late = late.Late }, all, (february.DueAt, february.Currency),
            february.Items.Select(rated => rated.Item.Key).ToHashSet());

        Assert.Equal(february.Lines.Select(Told), again.Lines.Select(Told));
        static string Told(RatedLine line) => $"{line.Name} {line.Period} {line.Quantity} {line.Amount} {line.Item}";
    }

    [Fact]
    public void What_is_billed_in_the_end_is_what_one_invoice_over_everything_would_have_said() => Gen.Select(
        Gen.Select(Gen.Int[0, 27], Gen.Int[-40, 90], Gen.Int[0, 4]).Array[1, 12], Gen.Int[0, 3], Gen.Int[0, 60], Gen.Bool).Sample(
        (events, model, minimum, commitment) =>
        {
            var volume = new VolumePrice([new(50, 0.333m), new(null, 0.21m)]);
            Price[] prices = [new PerUnitPrice(0.337m), Tiers, new PackagePrice(7, 1.05m), volume];

            // The fee is large enough that no adjustment has to wait.
            var plan = Monthly(
                prices[model], new ChargeSettings { Minimum = minimum == 0 ? null : Money.Of(minimum, Eur) },
                new PlanSettings { Commitment = commitment ? new MinimumCommitment(Money.Of(1_070, Eur)) : null }, "1000");
            UsageLog Through(int month) => UsageLog.Empty.With(Id, events.Select((e, i) => (Event: Event(
                i, $"2026-01-{e.Item1 + 1:00}T12:00:00Z", e.Item2), Month: e.Item3)).Where(e => e.Month <= month).Select(e => e.Event));

            var account = AccountOf(Start(plan, "2026-01-01T00:00:00Z"), Calls);
            var lines = new List<RatedLine>();
            for (var month = 0; month <= 4; month++)
            {
                var due = account with { Late = month == 0 ? [] : [new LateUsage(January, month)] };
                foreach (var document in BillingEngine.Due(due, Through(month), At($"2026-{month + 2:00}-01T00:00:00Z")))
                {
                    lines.AddRange(document.Lines);
                    account = account.After(document);
                }
            }

            var once = BillingEngine.Due(
                AccountOf(Start(plan, "2026-01-01T00:00:00Z"), Calls), Through(4), FirstOfFebruary).SelectMany(d => d.Lines);
            Assert.Equal(Total(once), Total(lines.Where(line => line.Period.Start == Day("2026-01-01"))));
        }, iter: 2_000);

    private static Money Total(IEnumerable<RatedLine> lines) => lines.Select(line => line.Amount).Sum(Eur);
}
