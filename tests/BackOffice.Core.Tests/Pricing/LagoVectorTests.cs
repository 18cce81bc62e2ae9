using System.Text.Json;
using BackOffice.Core.Pricing;

namespace BackOffice.Core.Tests.Pricing;

/// <summary>The expected figures of Lago's own tests, for the kinds of price that we share. See Vectors/README.md.</summary>
public sealed class LagoVectorTests
{
    private static readonly IReadOnlyList<Vector> Vectors = Read();

    public static TheoryData<string> Ids() => new(Vectors.Select(vector => vector.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Our_amount_is_Lagos_amount(string id)
    {
        var vector = Vectors.Single(candidate => candidate.Id == id);
        var price = PriceOf(vector);
        var amount = price.AmountFor(D(vector.Units));

        if (vector.Amount is { } exact)
        {
            Assert.True(D(exact) == amount, $"{id} ({vector.Source}): Lago says {exact}, we say {amount}");
        }

        if (vector.AmountCents is { } cents)
        {
            Assert.True(D(cents) == Money.Rounded(amount, Eur).MinorUnits,
                $"{id} ({vector.Source}): Lago says {cents} cents, we say {amount}");
        }

        Assert.True(vector.Amount is not null || vector.AmountCents is not null, $"{id} expects nothing");
        if (vector.Tiers is { } tiers)
        {
            Assert.Equal(tiers, price.StepsFor(D(vector.Units)).Select(step => (step.Quantity, step.Amount)));
        }
    }

    [Fact]
    public void Every_row_of_the_file_is_run() => Assert.Equal(
        [("graduated", 8), ("package", 6), ("standard", 2)],
        Vectors.GroupBy(vector => vector.Model).Select(group => (group.Key, group.Count())).Order());

    private static Price PriceOf(Vector vector) => vector.Model switch
    {
        "standard" => new PerUnitPrice(D(Text(vector.Properties, "amount")!)),
        "package" => new PackagePrice(
            D(Text(vector.Properties, "package_size")!), D(Text(vector.Properties, "amount")!), D(Text(vector.Properties, "free_units")!)),
        "graduated" => new GraduatedPrice([.. vector.Properties.GetProperty("graduated_ranges").EnumerateArray().Select(TierOf)]),
        _ => throw new InvalidOperationException($"{vector.Id}: no price for {vector.Model}."),
    };

    // Both styles of tiers say the same with their upper ends, which is all that ours have.
    private static PriceTier TierOf(JsonElement range) => new(
        Text(range, "to_value") is { } upTo ? D(upTo) : null, D(Text(range, "per_unit_amount")!), D(Text(range, "flat_amount")!));

    private static IReadOnlyList<Vector> Read()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vectors", "charge_models.json")));
        return [.. json.RootElement.Clone().EnumerateArray().Select(VectorOf)];
    }

    private static Vector VectorOf(JsonElement row)
    {
        var expected = row.GetProperty("expected");
        var tiers = expected.TryGetProperty("tiers", out var list)
            ? list.EnumerateArray().Select(tier => (D(Text(tier, "units")!), D(Text(tier, "total")!))).ToList()
            : null;
        return new Vector(
            Text(row, "id")!, Text(row, "source")!, Text(row, "model")!, row.GetProperty("properties"),
            Text(row.GetProperty("input"), "units")!,
            Text(expected, "amount"), Text(expected, "amount_cents"), tiers);
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private sealed record Vector(
        string Id, string Source, string Model, JsonElement Properties, string Units, string? Amount, string? AmountCents,
        IReadOnlyList<(decimal Units, decimal Total)>? Tiers);
}
