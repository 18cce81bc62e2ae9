using BackOffice.Core.Common;
using BackOffice.Web.Features.Catalog;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Tests.Features.Catalog;

/// <summary>Whatever a catalogue says comes out of the office as it went in, and into another office as it came out.</summary>
public sealed class CatalogRoundTripTests
{
    private static readonly int[] Seeds = [1, 2, 3, 4, 5, 6, 7, 8];

    public static TheoryData<int> AllSeeds => [.. Seeds];

    [Theory]
    [MemberData(nameof(AllSeeds))]
    public async Task A_random_catalogue_goes_through_two_offices_without_a_byte_of_difference(int seed)
    {
        var file = new RandomCatalog(seed).Make().Write();
        var first = await Through(file);
        var second = await Through(first);

        Assert.Equal(file, first);
        Assert.Equal(first, second);
    }

    [Fact]
    public void The_random_catalogues_use_all_there_is()
    {
        var all = string.Concat(Seeds.Select(seed => new RandomCatalog(seed).Make().Write()));
        string[] words =
        [
            "earlierVersions", "effectiveFrom", "retired", "publish\": false", "commitment", "fixedCharges", "filters", "groupKeys",
            "phases",
            "agreedPrices", "agreed\"", "unitChanges", "timing", "anchor", "trialFrom", "billFrom", "unused", "customerCoupons", "used\"",
            "invoicesLeft", "withdrawn\": true", "wallets", "paysFor", "leastTopUp", "expression", "rounding", "filterKeys",
            "per_unit", "graduated\"", "volume", "package", "percentage\"", "graduated_percentage", "dynamic", "converted",
        ];

        Assert.All(words, word => Assert.Contains(word, all, StringComparison.Ordinal));
    }

    // The office is empty, so everything is new; and then the same file changes nothing.
    private static async Task<string> Through(string json)
    {
        await using var test = await TestOffice.Create();
        await test.AsApprover<ImportCatalog>(import => import.Run(CatalogFile.Parse(json)));
        CatalogReport? again = null;
        await test.AsApprover<ImportCatalog>(async import => again = await import.Run(CatalogFile.Parse(json)));
        Assert.Equal((0, 0), (again!.Created, again.Changed));
        CatalogFile? exported = null;
        await test.AsApprover<ExportCatalog>(async export => exported = await export.Run());
        return exported!.Write();
    }
}
