using BackOffice.Core.Coupons;

namespace BackOffice.Core.Tests.Coupons;

public sealed class CouponApplicationTests
{
    private static readonly Gen<CouponTerms> Terms =
        Gen.Select(Gen.Bool, Gen.Long[1, 2_000_000], Gen.Int[1, 10_000_000], Gen.Int[0, 2]).Select((isFixed, minor, percent, scope) =>
            new CouponTerms(
            isFixed ? new FixedReduction(Money.OfMinor(minor, Usd)) : new PercentReduction(percent / 100_000m),
            CouponFrequency.Once,
            scope: scope switch { 0 => CouponScope.Metrics("api"), 1 => CouponScope.Plans("pro"), _ => CouponScope.Everything }));

    private static readonly Gen<CouponLine[]> Lines =
        Gen.Select(Gen.Long[-500, 1_000_000], Gen.Bool, Gen.Bool)
            .Select((minor, isPro, isApi) => new CouponLine(Money.OfMinor(minor, Usd), isPro ? "pro" : "archive", isApi ? "api" : null))
            .Array[1, 10];

    [Fact]
    public void The_example_of_the_page_is_true()
    {
        var rows = DomainPage.Table("coupons.md", "An example");
        var lines = rows.SkipLast(1).Select(row => new CouponLine(
            Money.Of(row.Amount("Amount"), Usd), row["Plan"], row["Metric"] is "–" ? null : row["Metric"])).ToList();
        var applied = CouponApplication.Of(
            [
                InHand("Welcome", new FixedReduction(Usd100)),
                InHand("Pro tenth", new PercentReduction(10), CouponScope.Plans("pro")),
                InHand("API credit", new FixedReduction(Money.Of(30, Usd)), CouponScope.Metrics("api")),
            ],
            lines, Usd);

        Assert.Equal(["API credit", "Pro tenth", "Welcome"], applied.Credits.Select(credit => credit.Name));
        for (var i = 0; i < lines.Count; i++)
        {
            foreach (var credit in applied.Credits)
            {
                var share = credit.Shares.SingleOrDefault(share => share.Line == i)?.Amount ?? Money.Zero(Usd);
                Assert.Equal(Money.Of(rows[i].Amount(credit.Name), Usd), share);
            }

            Assert.Equal(Money.Of(rows[i].Amount("Left"), Usd), lines[i].Amount - applied.OffLine(i));
        }

        Assert.Equal(Money.Of(rows[^1].Amount("Amount") - rows[^1].Amount("Left"), Usd), applied.Total);
        Assert.All(applied.Credits, credit => Assert.Equal(Money.Of(rows[^1].Amount(credit.Name), Usd), credit.Amount));
        Assert.Equal(
            "Pro tenth: 10 % on the plans pro, where 220.00 USD were left, takes off 22.00 USD.", applied.Credits[1].InWords());
    }

    [Fact]
    public void Eight_lines_and_three_coupons_share_as_Lago_says_and_to_the_cent()
    {
        // Lago's invoice (coupons_breakdown_spec) has taxes that miss the sum of its lines; its shares are exact and ours.
        long[] minor = [1000, 2000, 3000, 4000, 1000, 2000, 3000, 4000];
        var lines = minor.Select((amount, i) => new CouponLine(Money.OfMinor(amount, Eur), i < 4
            ? "first" : "second", $"bm{i + 1}")).ToList();
        var applied = CouponApplication.Of(
            [
                InHand("metrics", new FixedReduction(Money.OfMinor(2000, Eur)), CouponScope.Metrics("bm1", "bm2")),
                InHand("plan", new FixedReduction(Money.OfMinor(1000, Eur)), CouponScope.Plans("second")),
                InHand("all", new FixedReduction(Money.OfMinor(500, Eur))),
            ],
            lines, Eur);

        Assert.Equal(
            [D("676.47059"), D("1352.94117"), D("88.23529"), D("117.64706"), D("126.47059"), D("252.94118"), D("379.41176"),
                D("505.88235")],
            Enumerable.Range(0, 8).Select(applied.FineOffLine));
        Assert.Equal([677L, 1353, 88, 118, 126, 253, 379, 506], Enumerable.Range(0, 8).Select(line => applied.OffLine(line).MinorUnits));
        Assert.Equal(3500, applied.Total.MinorUnits);
    }

    [Theory]
    //          amounts          coupon  taken  why
    [InlineData("100 0 -50",     "1000", 100,   "nothing is taken off lines that are zero or negative")]
    [InlineData("0",             "1000", 0,     "there is nothing to reduce, so the coupon is not spent")]
    [InlineData("300 300",       "1",    1,     "a single cent goes to one line")]
    public void Takes_no_more_than_there_is(string amounts, string coupon, long taken, string why)
    {
        var lines = amounts.Split(' ').Select(amount => new CouponLine(Money.OfMinor(long.Parse(amount), Usd))).ToList();

        var applied = CouponApplication.Of([InHand("c", new FixedReduction(Money.OfMinor(long.Parse(coupon), Usd)))], lines, Usd);

        Assert.True(applied.Total.MinorUnits == taken, why);
        Assert.Equal(taken > 0 ? 1 : 0, applied.Credits.Count);
    }

    [Fact]
    public void An_amount_is_for_its_own_currency_and_a_percentage_for_any()
    {
        var applied = CouponApplication.Of(
            [InHand("euros", new FixedReduction(Money.Of(5, Eur))), InHand("tenth", new PercentReduction(10))], [new(Usd100)], Usd);

        Assert.Equal(["tenth"], applied.Credits.Select(credit => credit.Name));
        Assert.Throws<InvalidOperationException>(() => CouponApplication.Of([], [new(Money.Of(1, Eur))], Usd));
    }

    [Fact]
    public void Shares_add_up_and_nobody_gets_more_than_there_is() =>
        Gen.Select(Terms.Array[0, 6], Lines).Sample((terms, lines) =>
        {
            var applied = CouponApplication.Of([.. terms.Select(one => new CouponInHand("c", one, CouponProgress.Start(one)))], lines, Usd);
            var positive = lines.Sum(line => Math.Max(0, line.Amount.MinorUnits));
            return applied.Credits.All(credit => credit.Shares.Select(share => share.Amount).Sum(Usd) == credit.Amount
                    && credit.Amount.MinorUnits > 0 && credit.Amount.MinorUnits <= credit.Sum.MinorUnits
                    && decimal.Abs(credit.Shares.Sum(share => share.FineMinor) - credit.Amount.MinorUnits) <= lines.Length * 0.000005m)
                && applied.Total.MinorUnits <= positive
                && lines.Select((line, i) => applied.OffLine(i).MinorUnits <= Math.Max(0, line.Amount.MinorUnits)).All(holds => holds);
        }, iter: 5_000);

    [Fact]
    public void A_share_is_less_than_a_cent_from_its_fine_share_when_one_coupon_is_used() =>
        Gen.Select(Terms, Lines).Sample((terms, lines) =>
            CouponApplication.Of([new("c", terms, CouponProgress.Start(terms))], lines, Usd).Credits.SelectMany(credit => credit.Shares)
                .All(share => decimal.Abs(share.Amount.MinorUnits - share.FineMinor) < 1), iter: 5_000);

    private static Money Usd100 => Money.Of(100, Usd);

    private static CouponInHand InHand(string name, CouponReduction reduction, CouponScope? scope = null)
    {
        var terms = new CouponTerms(reduction, CouponFrequency.Once, scope: scope);
        return new(name, terms, CouponProgress.Start(terms));
    }
}
