using System.Globalization;
using BackOffice.Core.Common;
using BackOffice.Core.Pricing;
using BackOffice.Web.Features.Catalog;

namespace BackOffice.Web.Tests.Features.Catalog;

public sealed class ChargeDraftTests
{
    [Fact]
    public void What_is_stored_comes_back_as_it_was_typed()
    {
        Price[] prices =
        [
            Samples.InputTokenPrice,
            new PerUnitPrice(0.000000000125m, 1_000),
            new PackagePrice(50, 12.5m, 10),
            new GraduatedPrice([new PriceTier(10, 1, 5), new PriceTier(null, 0.5m)]),
        ];

        Assert.All(prices, price =>
            Assert.Equal(price, ChargeDraft.Of(new ChargeView("Input", "input", "Input", "tokens", price)).ToPrice()));
    }

    [Fact]
    public void A_price_that_the_editor_does_not_know_is_refused_and_not_changed()
    {
        Price[] prices = [new VolumePrice([new(null, 1)]), new GraduatedPrice([new(null, 1, 0, 10)]), new DynamicPrice()];

        Assert.All(prices, price => Assert.StartsWith(
            "This kind of price is not edited here.",
            ChargeDraft.Of(new ChargeView("Input", "input", "Input", "tokens", price)).TryPrice().Mistake,
            StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_missing_is_named_with_its_tier()
    {
        var draft = Graduated((10, 1), (null, 1), (null, 1));

        Assert.Equal("Enter where tier 2 ends.", draft.Missing);
        draft.Tiers[1].UpTo = 20;
        draft.Tiers[2].UnitPrice = null;
        Assert.Equal("Enter the unit price of tier 3.", draft.Missing);
    }

    [Fact]
    public void A_tier_that_ends_too_early_is_refused_in_the_words_of_the_rule() =>
        Assert.Equal(
            "Tier 2 must end above 1,000,000, where the tier before it ends.",
            Graduated((1_000_000, 3), (500_000, 2), (null, 1)).TryPrice().Mistake);

    [Fact]
    public void A_new_tier_goes_before_the_last_which_has_no_end()
    {
        var draft = Graduated((10, 1), (null, 2));

        draft.AddTier(after: 1);

        Assert.Equal([10m, null, null], draft.Tiers.Select(tier => tier.UpTo));
        Assert.Equal([1m, null, 2m], draft.Tiers.Select(tier => tier.UnitPrice));
        Assert.Equal(10m, draft.From(1));
    }

    [Theory]
    [InlineData("∞")]
    [InlineData("")]
    public void Rows_of_a_spreadsheet_become_tiers(string end)
    {
        var pasted = $"1,000,000\t3.00\r\n10,000,000\t2.50\t5\r\n{end}\t2.00\t\r\n";

        var tiers = TierPaste.Read(pasted, CultureInfo.GetCultureInfo("en-GB"));

        Assert.Equal([1_000_000m, 10_000_000m, null], tiers.Select(tier => tier.UpTo));
        Assert.Equal([3m, 2.5m, 2m], tiers.Select(tier => tier.UnitPrice));
        Assert.Equal([null, 5m, null], tiers.Select(tier => tier.Flat));
    }

    [Theory]
    [InlineData("", "Paste rows with two or three columns: the end of the tier, the unit price, the flat fee.")]
    [InlineData("10", "Row 1 has 1 column. Use two or three, separated by tabs.")]
    [InlineData("10\t1\nabove\t1,5", "The unit price in row 2, \"1,5\", is not a number such as 1,234.50.")]
    public void Rows_that_are_no_tiers_are_refused_with_their_number(string pasted, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<RuleBroken>(() => TierPaste.Read(pasted, CultureInfo.GetCultureInfo("en-GB"))).Message);

    internal static ChargeDraft Graduated(params (decimal? UpTo, decimal? Price)[] tiers)
    {
        var draft = new ChargeDraft { MetricCode = "input-tokens", Name = "Input tokens", Model = PriceModel.Graduated };
        draft.Tiers.Clear();
        draft.Tiers.AddRange(tiers.Select(tier => new TierDraft { UpTo = tier.UpTo, UnitPrice = tier.Price }));
        return draft;
    }
}
