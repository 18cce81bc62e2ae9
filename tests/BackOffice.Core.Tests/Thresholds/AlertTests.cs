using BackOffice.Core.Subscriptions;
using BackOffice.Core.Thresholds;
using BackOffice.Core.Wallets;

namespace BackOffice.Core.Tests.Thresholds;

public sealed class AlertTests
{
    [Theory]
    //          levels        step   way        from   to      crossed        why
    [InlineData("10 30 50",   "100", "Rising",  "8",   "30",   "10 30",       "a value on a level has crossed it")]
    [InlineData("10 30 50",   "100", "Rising",  "30",  "31",   "",            "and does not cross it again")]
    [InlineData("10 30 50",   "100", "Rising",  "31",  "260",  "50 150 250",  "steps go on from the largest level")]
    [InlineData("10 30 50",   "100", "Rising",  "150", "151",  "",            "Lago tells 150 again here; once is enough")]
    [InlineData("10 30 50",   "100", "Rising",  "60",  "20",   "",            "usage that fell tells nothing")]
    [InlineData("200 500 800", "100", "Falling", "1000", "500", "500 800",    "a wallet empties")]
    [InlineData("200 500 800", "100", "Falling", "500", "-50", "0 100 200",   "steps go on below the smallest level")]
    [InlineData("200 500 800", "100", "Falling", "100", "99",  "",            "100 was told when it was reached")]
    [InlineData("",           "0.5", "Rising",  "0.4", "1.6",  "0.5 1.0 1.5", "units may be fractions")]
    public void Tells_the_levels_between_two_values(string levels, string step, string way, string from, string to, string crossed,
        string why)
    {
        var alert = new AlertLevels(
            [.. levels.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(D)], D(step), Enum.Parse<AlertDirection>(way));

        Assert.True(
            crossed.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(D).SequenceEqual(alert.Crossed(D(from), D(to))),
            $"{why}; got {string.Join(' ', alert.Crossed(D(from), D(to)))}");
    }

    [Fact]
    public void Going_in_two_strides_tells_what_one_stride_tells() =>
        Gen.Select(Gen.Int[-50, 50].HashSet[0, 4], Gen.Int[1, 30], Gen.Bool, Gen.Int[-200, 200].Array[3]).Sample((levels, step, rising,
            values) =>
        {
            var alert = new AlertLevels(
                [.. levels.Select(level => (decimal)level)], step, rising ? AlertDirection.Rising : AlertDirection.Falling);
            var way = rising ? values.Order().ToArray() : values.OrderDescending().ToArray();
            return alert.Crossed(way[0], way[1]).Concat(alert.Crossed(way[1], way[2])).Order().SequenceEqual(alert.Crossed(way[0], way[2]));
        }, iter: 5_000);

    [Fact]
    public void A_leap_over_a_million_steps_names_the_last_thousand()
    {
        var crossed = new AlertLevels([], 1, AlertDirection.Rising).Crossed(0, 1_000_000);

        Assert.Equal((1_000, 999_001m, 1_000_000m), (crossed.Count, crossed[0], crossed[^1]));
    }

    [Fact]
    public void An_alert_remembers_what_it_told()
    {
        var alert = Alert.OnUsage(Somebody, "Spend", AlertSubject.UsageAmount, Rising(100, 200), Eur);

        Assert.Equal([100m], Levels(alert.Look(150, Now)));
        Assert.Empty(alert.Look(150, Now));
        Assert.Equal([200m], Levels(alert.Look(200, Now)));
        Assert.Equal((200m, Now, 2), (alert.LastValue, alert.CheckedAt, alert.Told));
    }

    [Fact]
    public void What_fell_and_rises_again_is_told_again_by_another_look()
    {
        var alert = Alert.OnUsage(Somebody, "Spend", AlertSubject.UsageAmount, Rising(100), Eur);

        var first = Assert.Single(alert.Look(150, Now));
        Assert.Empty(alert.Look(20, Now));
        var second = Assert.Single(alert.Look(120, Now));

        Assert.Equal((1, 2), (first.Look, second.Look));
        Assert.Equal((100m, 120m), (second.Level, second.Value));
    }

    [Fact]
    public void A_new_period_begins_at_zero()
    {
        var alert = Alert.OnUsage(Somebody, "Spend", AlertSubject.UsageAmount, Rising(30), Eur);

        Assert.Single(alert.Look(260, Now, Day("2026-10-01")));
        Assert.Empty(alert.Look(270, Now, Day("2026-10-01")));
        Assert.Equal(Day("2026-11-01"), Assert.Single(alert.Look(40, Now, Day("2026-11-01"))).PeriodFrom);
    }

    [Fact]
    public void A_wallet_that_was_low_already_is_not_told()
    {
        var alert = Alert.OnWallet(WalletId.New(), "Low", AlertSubject.WalletBalance, new([1000], null, AlertDirection.Falling), Eur);
        alert.Begin(900, Now);

        Assert.Empty(alert.Look(800, Now));
    }

    [Fact]
    public void An_entry_is_taken_note_of_once_and_an_ended_alert_looks_no_more()
    {
        var alert = Alert.OnUsage(Somebody, "Spend", AlertSubject.UsageAmount, Rising(100), Eur);
        var entry = Assert.Single(alert.Look(100, Now));

        entry.See(Mara, Now);
        Assert.Equal((Mara, Now), (entry.SeenBy, entry.SeenAt));
        Assert.Throws<RuleBroken>(() => entry.See(Jon, Now));
        alert.End(Now);
        Assert.Throws<RuleBroken>(() => alert.Look(200, Now));
        Assert.Throws<RuleBroken>(() => alert.End(Now));
    }

    [Fact]
    public void Refuses_alerts_that_cannot_be()
    {
        Assert.Throws<RuleBroken>(() => new AlertLevels([], null, AlertDirection.Rising));
        Assert.Throws<RuleBroken>(() => new AlertLevels([1, 1], null, AlertDirection.Rising));
        Assert.Throws<RuleBroken>(() => new AlertLevels([], 0, AlertDirection.Rising));
        Assert.Throws<RuleBroken>(() => new AlertLevels([.. Enumerable.Range(1, 21).Select(level =>
            (decimal)level)], null, AlertDirection.Rising));
        Assert.Throws<RuleBroken>(() => Alert.OnWallet(WalletId.New(), "A", AlertSubject.WalletBalance, Rising(1), Eur));
        Assert.Throws<RuleBroken>(() => Alert.OnWallet(WalletId.New(), "A", AlertSubject.UsageAmount, Rising(1), Eur));
        Assert.Throws<RuleBroken>(() => Alert.OnUsage(Somebody, "A", AlertSubject.MetricUnits, Rising(1), null));
        Assert.Throws<RuleBroken>(() => Alert.OnUsage(Somebody, "A", AlertSubject.MetricUnits, Rising(1), Eur, "api"));
        Assert.Throws<RuleBroken>(() => Alert.OnUsage(Somebody, "A", AlertSubject.UsageAmount, Rising(1), Eur, metricCode: "api"));
        Assert.Throws<RuleBroken>(() => Alert.OnUsage(Somebody, "A", AlertSubject.UsageAmount, Rising(1), null));
        Assert.Throws<RuleBroken>(() => Alert.OnUsage(Somebody, " ", AlertSubject.UsageAmount, Rising(1), Eur));
    }

    private static SubscriptionId Somebody { get; } = SubscriptionId.New();

    private static AlertLevels Rising(params decimal[] levels) => new(levels, null, AlertDirection.Rising);

    private static IEnumerable<decimal> Levels(IEnumerable<AlertEntry> entries) => entries.Select(entry => entry.Level);
}
