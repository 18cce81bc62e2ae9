using System.Globalization;
using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Pricing;
using BackOffice.Core.Usage;
using BackOffice.Data.Mapping;
using BackOffice.Web.Features.Catalog;

namespace BackOffice.Web.Tests.Features.Catalog;

public sealed class ChargeDraftTests
{
    [Fact]
    public void What_is_stored_comes_back_as_it_was_typed()
    {
        PriceTier[] tiers = [new(10, 1, 5), new(20, 0.25m), new(null, 0.5m)];
        Price[] prices =
        [
            Samples.InputTokenPrice,
            new PerUnitPrice(0.000000000125m, 1_000),
            new PackagePrice(50, 12.5m, 10),
            new GraduatedPrice(tiers),
            new GraduatedPrice([new(1_000, 1, 2, 100), new(null, 3, 0, 1_000)]),
            new VolumePrice(tiers, 10),
            new PercentagePrice(1.3m, 0.25m, 3, 500, 1, 9),
            new PercentagePrice(2.99m),
            new GraduatedPercentagePrice([new(10, 1.5m, 200), new(null, 0.01m)]),
            new DynamicPrice(),
            new DynamicPrice(1.25m),
            new ConvertedPrice(new GraduatedPrice(tiers), new PricingUnit("credits", 3, 0.2m)),
        ];

        Assert.All(prices, price => Assert.Equal(price, PriceDraft.Of(price).ToPrice()));
    }

    [Fact]
    public void Every_kind_of_price_has_a_form() =>
        Assert.Equal(
            PriceJson.Kinds.Keys.Select(kind => kind.Name).Order(),
            Enum.GetNames<PriceModel>().Select(model => $"{model}Price").Append(nameof(ConvertedPrice)).Order());

    [Fact]
    public void What_is_said_beside_the_price_comes_back_too()
    {
        var eur = Currency.Of("EUR");
        var settings = new ChargeSettings
        {
            Minimum = Money.Of(10, eur),
            Maximum = Money.Of(1_000, eur),
            Prorated = true,
            GroupKeys = ["region", "model"],
            TaxCodes = ["DE-VAT"],
            Filters =
            [
                new(new ChargeFilter("Large", [new("model", ["xl", "a, b"]), new("region", null)], ["zone"]), new PerUnitPrice(9)),
            ],
        };
        var view = new ChargeView("Input", "input", "Input", "tokens", new PerUnitPrice(1)) { Settings = settings };

        var typed = ChargeDraft.Of(view);

        Assert.True(typed.HasMore);
        Assert.Equal("model", typed.Filters[0].Conditions[0].Key);
        Assert.Equal("xl, \"a, b\"", typed.Filters[0].Conditions[0].Values);
        Assert.True(CatalogText.Same(settings, typed.Settings(eur)));
    }

    [Fact]
    public void A_filter_without_a_property_or_price_is_named()
    {
        var draft = ChargeDraft.Of(new ChargeView("Input", "input", "Input", "tokens", new PerUnitPrice(1)));
        draft.Filters.Add(FilterDraft.New());

        Assert.Equal("Enter the property that price 1 for some of the usage looks at.", draft.Missing);
        draft.Filters[0].Conditions[0].Key = "model";
        Assert.Equal("Price 1 for some of the usage: Enter the unit price.", draft.Missing);
    }

    [Fact]
    public void What_is_missing_is_named_with_its_tier()
    {
        var draft = Graduated((10, 1), (null, 1), (null, 1));

        Assert.Equal("Enter where tier 2 ends.", draft.Missing);
        draft.Price.Tiers[1].UpTo = 20;
        draft.Price.Tiers[2].UnitPrice = null;
        Assert.Equal("Enter the unit price of tier 3.", draft.Missing);
    }

    [Fact]
    public void A_tier_that_ends_too_early_is_refused_in_the_words_of_the_rule() =>
        Assert.Equal(
            "Tier 2 must end above 1,000,000, where the tier before it ends.",
            Graduated((1_000_000, 3), (500_000, 2), (null, 1)).Price.TryPrice().Mistake);

    [Fact]
    public void A_new_tier_goes_before_the_last_which_has_no_end()
    {
        var draft = Graduated((10, 1), (null, 2));

        draft.Price.AddTier(after: 1);

        Assert.Equal([10m, null, null], draft.Price.Tiers.Select(tier => tier.UpTo));
        Assert.Equal([1m, null, 2m], draft.Price.Tiers.Select(tier => tier.UnitPrice));
        Assert.Equal(10m, draft.Price.From(1));
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
        var draft = new ChargeDraft { MetricCode = "input-tokens", Name = "Input tokens" };
        draft.Price.Model = PriceModel.Graduated;
        draft.Price.Tiers.Clear();
        draft.Price.Tiers.AddRange(tiers.Select(tier => new TierDraft { UpTo = tier.UpTo, UnitPrice = tier.Price }));
        return draft;
    }
}
