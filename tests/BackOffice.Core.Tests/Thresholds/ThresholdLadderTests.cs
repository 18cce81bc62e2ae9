using BackOffice.Core.Thresholds;

namespace BackOffice.Core.Tests.Thresholds;

public sealed class ThresholdLadderTests
{
    private static readonly Gen<ThresholdLadder> Ladders = Gen.Select(Gen.Int[1, 500].HashSet[0, 5], Gen.Int[0, 80])
        .Select((sums, step) => Ladder([.. sums], step > 0 ? step : null));

    [Theory]
    //          fixed         step before now    passed         why
    [InlineData("10 20 31 40", 5,  0,    9,   "",             "below the first")]
    [InlineData("10 20 31 40", 5,  9,    10,  "10",           "a sum on a threshold has passed it")]
    [InlineData("10 20 31 40", 5,  10,   20,  "20",           "and has not passed it again")]
    [InlineData("10 20 31 40", 5,  9,    46,  "10 20 31 40 step 45", "everything on the way, the step once")]
    [InlineData("10 20 31 40", 5,  45,   49,  "",             "between two steps")]
    [InlineData("10 20 31 40", 5,  44,   60,  "step 60",      "several steps make one invoice")]
    [InlineData("10",          7,  12,   17,  "step 17",      "steps are counted from the largest threshold: 17, 24, 31")]
    [InlineData("10",          7,  17,   21,  "",             "not from zero, as Lago does: 21 is no step")]
    [InlineData("",            10, 0,    25,  "step 20",      "without a fixed threshold from zero")]
    [InlineData("10 20",       0,  25,   100, "",             "nothing repeats")]
    [InlineData("10 20",       5,  30,   12,  "",             "usage that was corrected passes nothing")]
    public void Says_what_usage_has_passed(string sums, int step, int before, int now, string passed, string why)
    {
        var ladder = Ladder([.. sums.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)], step > 0 ? step : null);

        var found = ladder.Passed(Usage(before, now));

        Assert.True(passed == string.Join(' ', found.Select(one => (one.IsStep ? "step " : "") + one.Reached.MinorUnits)), why);
    }

    [Theory]
    //          fixed    step usage last  next  ratio   why
    [InlineData("100",     0,  23,  null, 100,  "0.23", "on the way to the first")]
    [InlineData("100 200", 0,  150, 100,  200,  "0.5",  "between two")]
    [InlineData("100 200", 0,  223, 200,  null, null,   "nothing comes after the last")]
    [InlineData("100",     50, 110, 100,  150,  "0.2",  "then the first step")]
    [InlineData("100",     50, 210, 200,  250,  "0.2",  "then the next")]
    [InlineData("",        50, 60,  50,   100,  "0.2",  "steps from zero")]
    [InlineData("",        0,  60,  null, null, null,   "no thresholds at all")]
    public void Says_where_usage_stands(string sums, int step, int usage, int? last, int? next, string? ratio, string why)
    {
        var ladder = Ladder([.. sums.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)], step > 0 ? step : null);

        var place = ladder.PlaceOf(Money.OfMinor(usage, Usd));

        Assert.True(((long?)last, (long?)next, ratio is null ? null : (decimal?)D(ratio)) == (place.Last?.MinorUnits,
            place.Next?.MinorUnits, place.Ratio), why);
    }

    [Fact]
    public void Every_fixed_threshold_is_passed_once_however_usage_comes() =>
        Gen.Select(Ladders, Gen.Int[0, 120].Array[1, 10]).Sample((ladder, parts) =>
        {
            var (sum, passed) = (0, new List<long>());
            foreach (var part in parts)
            {
                passed.AddRange(ladder.Passed(Usage(sum, sum + part)).Where(one => !one.IsStep).Select(one => one.Reached.MinorUnits));
                sum += part;
            }

            return passed.SequenceEqual(ladder.Passed(Usage(0, sum)).Where(one => !one.IsStep).Select(one => one.Reached.MinorUnits))
                && passed.SequenceEqual(ladder.Thresholds.Select(one => one.Amount.MinorUnits).Where(threshold => threshold <= sum));
        }, iter: 5_000);

    [Fact]
    public void More_usage_never_passes_less() =>
        Gen.Select(Ladders, Gen.Int[0, 600], Gen.Int[0, 600], Gen.Int[0, 600]).Sample((ladder, before, one, more) =>
        {
            var less = ladder.Passed(Usage(before, one));
            var all = ladder.Passed(Usage(before, one + more));
            return less.All(passed => all.Any(other => other.Threshold == passed.Threshold
                && other.Reached.MinorUnits >= passed.Reached.MinorUnits));
        }, iter: 5_000);

    [Fact]
    public void The_place_of_usage_agrees_with_what_it_passed() =>
        Gen.Select(Ladders, Gen.Int[0, 900]).Sample((ladder, usage) =>
        {
            var place = ladder.PlaceOf(Money.OfMinor(usage, Usd));
            var passed = ladder.Passed(Usage(0, usage));
            return (passed.Count == 0 ? null : passed[^1].Reached) == place.Last
                && (place.Next is null || (place.Next.MinorUnits > usage && place.Ratio is >= 0 and < 1));
        }, iter: 5_000);

    [Fact]
    public void Refuses_thresholds_that_cannot_be()
    {
        Assert.Throws<RuleBroken>(() => Ladder([0], null));
        Assert.Throws<RuleBroken>(() => Ladder([5, 5], null));
        Assert.Throws<RuleBroken>(() => new ThresholdLadder([new(Money.Of(1, Usd))], new(Money.Of(1, Eur))));
    }

    private static LifetimeUsage Usage(int before, int now) =>
        new(Money.Zero(Usd), Money.Zero(Usd), Money.OfMinor(now, Usd), Money.OfMinor(before, Usd));

    private static ThresholdLadder Ladder(int[] sums, int? step) => new(
        [.. sums.Select(sum => new UsageThreshold(Money.OfMinor(sum, Usd)))],
        step is { } distance ? new UsageThreshold(Money.OfMinor(distance, Usd)) : null);
}
