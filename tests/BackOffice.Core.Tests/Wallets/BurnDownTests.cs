using BackOffice.Core.Wallets;

namespace BackOffice.Core.Tests.Wallets;

public sealed class BurnDownTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 1, 1, 0, 0);
    private static readonly Dictionary<string, decimal> Nothing = [];

    private static readonly Gen<Grant[]> Grants =
        Gen.Select(Gen.Int[0, 500], Gen.Int[0, 3], Gen.Int[0, 20], Gen.Int[1, 20], Gen.Int[0, 6]).Array[0, 6].Select(all =>
            all.Select((one, i) => new Grant(
            $"g{i}", one.Item1, one.Item2, After(one.Item3), After(one.Item3 + one.Item4),
            Refill: one.Item5 > 0 ? new(NodaTime.Period.FromDays(one.Item5), After(one.Item3)) : null)).ToArray());

    private static readonly Gen<GrantUse[]> Uses =
        Gen.Select(Gen.Int[0, 30 * 24], Gen.Int[0, 100]).Select((hour, quantity) =>
            new GrantUse(Start + Duration.FromHours(hour), quantity)).Array[0, 20];

    [Theory]
    //          grants: amount/priority/from/to day   used  left       why
    [InlineData("100/2/0/30 100/1/0/30",              120,  "80 0",    "the lowest priority number first")]
    [InlineData("100/1/0/30 100/1/0/20",              120,  "80 0",    "then the soonest expiry")]
    [InlineData("100/1/0/30 100/1/0/30",              120,  "0 80",    "then the order of granting")]
    [InlineData("100/1/0/- 100/1/0/30",               120,  "80 0",    "what never expires comes last")]
    [InlineData("100/1/0/2 100/1/0/30",               50,   "0 50",    "what has expired cannot be used")]
    public void Burns_in_the_order_of_use(string grants, int used, string left, string why)
    {
        var burnt = BurnDown.Of(
            [.. grants.Split(' ').Select(Read)], Nothing, [new(After(5), used)], Start, After(6));

        Assert.True(left == string.Join(' ', burnt.Balances.OrderBy(grant => grant.Key).Select(grant => grant.Value)), why);
    }

    [Fact]
    public void What_found_no_grant_is_paid_by_the_next_to_open()
    {
        var burnt = BurnDown.Of([new("g1", 100, 1, After(1))], Nothing, [new(After(0), 25), new(After(1), 25)], Start, After(2));

        Assert.Equal([0m, 100], burnt.Segments.Select(segment => segment.BalanceAtStart));
        Assert.Equal([0m, 25], burnt.Segments.Select(segment => segment.OverageAtStart));
        Assert.Equal((50m, 0m), (burnt.Balances["g1"], burnt.Overage));
    }

    [Fact]
    public void A_monthly_refill_of_the_31st_comes_on_the_last_day_and_on_the_31st_again()
    {
        var refill = new GrantRefill(NodaTime.Period.FromMonths(1), Instant.FromUtc(2026, 1, 31, 0, 0));

        Assert.Equal(
            [Instant.FromUtc(2026, 1, 31, 0, 0), Instant.FromUtc(2026, 2, 28, 0, 0), Instant.FromUtc(2026, 3, 31, 0, 0)],
            refill.Between(Start, Instant.FromUtc(2026, 4, 1, 0, 0)));
        Assert.Throws<RuleBroken>(() => new GrantRefill(NodaTime.Period.Zero, Start));
    }

    [Fact]
    public void No_balance_is_below_zero_and_every_use_is_in_one_segment() =>
        Gen.Select(Grants, Uses).Sample((grants, uses) =>
        {
            var burnt = BurnDown.Of(grants, Nothing, uses, Start, After(25));
            return burnt.Balances.All(grant => grant.Value >= 0)
                && burnt.Segments.All(segment => segment is { BalanceAtStart: >= 0, BalanceAtEnd: >= 0, Overage: >= 0 }
                    && segment.BalanceAtStart + segment.Overage == segment.BalanceAtEnd + segment.OverageAtStart + segment.Usage
                    && (segment.Overage == 0 || segment.BalanceAtEnd == 0))
                && burnt.Segments.Sum(segment => segment.Usage) == uses.Where(use => use.At < After(25)).Sum(use => use.Quantity);
        }, iter: 3_000);

    [Fact]
    public void A_use_in_halves_burns_as_the_whole_does() =>
        Gen.Select(Grants, Uses).Sample((grants, uses) =>
        {
            var whole = BurnDown.Of(grants, Nothing, uses, Start, After(25));
            var split = BurnDown.Of(grants, Nothing,
                [.. uses.Select(use => use with { Quantity = use.Quantity / 4 }), .. uses.Reverse().Select(use =>
                    use with { Quantity = use.Quantity * 3 / 4 })],
                Start, After(25));
            return whole.Overage == split.Overage && whole.Balances.All(grant => split.Balances[grant.Key] == grant.Value);
        }, iter: 3_000);

    [Fact]
    public void Refuses_uses_and_grants_that_cannot_be()
    {
        Assert.Throws<RuleBroken>(() => BurnDown.Of([], Nothing, [new(Start, -1)], Start, After(1)));
        Assert.Throws<RuleBroken>(() => new Grant("g", -1, 0, Start));
        Assert.Throws<ArgumentException>(() => BurnDown.Of([], Nothing, [], After(1), Start));
        Assert.Throws<ArgumentException>(() => BurnDown.Of([new("g", 1, 0, Start), new("g", 1, 0, Start)], Nothing, [], Start, After(1)));
    }

    private static Instant After(int days) => Start + Duration.FromDays(days);

    private static Grant Read(string text, int place)
    {
        var parts = text.Split('/');
        return new($"g{place}", D(parts[0]), int.Parse(parts[1]), After(int.Parse(parts[2])), parts[3] == "-"
            ? null : After(int.Parse(parts[3])));
    }
}
