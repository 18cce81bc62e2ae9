using BackOffice.Core.Common;
using BackOffice.Core.Pricing;
using BackOffice.Core.Usage;
using BackOffice.Web.Features.Catalog;

namespace BackOffice.Web.Tests.Features.Catalog;

public sealed class CatalogFileTests
{
    private static readonly PriceTier[] Tiers = [new(10, 1.25m, 5), new(100, 0.000000000125m), new(null, 0)];

    private static readonly Price[] Prices =
    [
        new PerUnitPrice(15, 1_000_000),
        new GraduatedPrice(Tiers, 1_000),
        new GraduatedPrice([new(1_000, 1, 2, 100), new(null, 3, 0, 1_000)]),
        new VolumePrice(Tiers, 10),
        new PackagePrice(50, 12.5m, 10),
        new PercentagePrice(1.3m, 0.25m, 3, 500, 1, 9),
        new PercentagePrice(2.99m),
        new GraduatedPercentagePrice([new(10, 1.5m, 200), new(null, 0.01m)]),
        new DynamicPrice(1.25m),
        new ConvertedPrice(new GraduatedPrice(Tiers), new PricingUnit("credits", 2, 0.2m)),
    ];

    [Fact]
    public void Every_kind_of_price_is_written_and_read_without_loss()
    {
        var charges = Prices.Select((price, i) => new ChargeEntry($"{i}", "m", price)).ToList();
        var file = new CatalogFile { Plans = [new("ai", "AI", "EUR", 49, charges)] };

        Assert.Equal(Prices, CatalogFile.Parse(file.Write()).Plans.Single().Charges.Select(charge => charge.Price));
    }

    [Theory]
    [InlineData("""{ "model": "per_unit", "unitPrice": 15.00, "per": 1000000 }""", "a price as it was first published")]
    [InlineData("""{ "model": "per_unit", "unitPrice": 15.00 }""", "per is 1 when left out")]
    [InlineData("""{ "model": "graduated", "per": 10, "tiers": [{ "upTo": 5, "unitPrice": 3 }, { "unitPrice": 2 }] }""", "tiers")]
    [InlineData("""{ "model": "package", "size": 1000, "packageFee": 0.50, "free": 1000 }""", "packages")]
    [InlineData("""{ "model": "percentage", "rate": 1.3 }""", "everything but the rate may be left out")]
    [InlineData("""{ "model": "dynamic" }""", "the multiplier is 1 when left out")]
    public void Published_shapes_stay_readable(string price, string why)
    {
        var read = CatalogFile.Parse(
            $$"""
            { "plans": [{ "code": "p", "name": "P", "currency": "EUR", "baseFee": 1,
              "charges": [{ "name": "C", "metric": "m", "price": {{price}} }] }] }
            """);

        Assert.True(read.Plans.Single().Charges.Single().Price.AmountFor(new Units(1)) >= 0, why);
    }

    [Fact]
    public void A_field_that_a_price_does_not_have_is_refused() => Assert.Throws<RuleBroken>(() => CatalogFile.Parse(
        """
        { "plans": [{ "code": "p", "name": "P", "currency": "EUR", "baseFee": 1, "charges": [{ "name": "C", "metric": "m",
          "price": { "model": "volume", "tiers": [{ "upTo": null, "unitPrice": 1, "flatt": 2 }] } }] }] }
        """));

    [Fact]
    public async Task What_is_exported_changes_nothing_when_it_is_imported_again()
    {
        await using var test = await TestOffice.Create();
        var metrics = Prices.Select((_, i) => new MetricEntry($"metric-{i}", $"Metric {i}", Aggregation.Sum, "units", "Value")).ToList();
        var charges = Prices.Select((price, i) => new ChargeEntry($"Charge {i}", $"metric-{i}", price)).ToList();
        var file = new CatalogFile { Metrics = metrics, Plans = [new("ai", "AI", "EUR", 49, charges)] };
        await test.AsApprover<ImportCatalog>(import => import.Run(CatalogFile.Parse(file.Write())));

        CatalogFile? exported = null;
        await test.AsApprover<ExportCatalog>(async export => exported = await export.Run());
        CatalogReport? report = null;
        await test.AsApprover<ImportCatalog>(async import => report = await import.Run(CatalogFile.Parse(exported!.Write())));

        Assert.Equal(Prices, exported!.Plans.Single().Charges.Select(charge => charge.Price));
        Assert.Equal(new CatalogReport(0, 0, metrics.Count + 1), report);
    }

    [Fact]
    public async Task A_catalogue_that_uses_everything_goes_both_ways_without_loss()
    {
        await using var test = await TestOffice.Create();
        var json = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Features/Catalog/everything.json"));
        await test.AsApprover<ImportCatalog>(import => import.Run(CatalogFile.Parse(json)));

        CatalogFile? exported = null;
        await test.AsApprover<ExportCatalog>(async export => exported = await export.Run());
        CatalogReport? report = null;
        await test.AsApprover<ImportCatalog>(async import => report = await import.Run(CatalogFile.Parse(exported!.Write())));

        Assert.Equal((0, 0), (report!.Created, report.Changed));
        Assert.Equal(CatalogFile.Parse(json).Write(), exported!.Write());
    }
}
