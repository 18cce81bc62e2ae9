using BackOffice.Core.Subscriptions;
using NodaTime.Text;

namespace BackOffice.Core.Tests.Subscriptions;

public sealed class CadenceTests
{
    private static readonly Gen<Cadence> AnyCadence =
        Gen.OneOf(Gen.Int[1, 40].Select(Cadence.Months), Gen.Int[1, 400].Select(Cadence.Days));

    [Theory]
    //          anchor                 before                 at or before           strictly before        why
    [InlineData("2023-12-31T00:00:00", "2024-02-29T00:00:00", "2024-02-29T00:00:00", "2024-01-31T00:00:00", "clamped, and at it")]
    [InlineData("2023-12-31T15:00:00", "2024-02-29T14:59:59", "2024-01-31T15:00:00", "2024-01-31T15:00:00", "a second before")]
    [InlineData("2025-01-31T15:00:00", "2024-12-01T00:00:00", "2024-11-30T15:00:00", "2024-11-30T15:00:00", "before the anchor")]
    public void Finds_the_last_repetition(string anchor, string moment, string through, string before, string why)
    {
        var (from, at) = (Local(anchor), Local(moment));

        Assert.True(Local(through) == Cadence.Months(1).LastThrough(from, at), why);
        Assert.True(Local(before) == Cadence.Months(1).LastBefore(from, at), why);
    }

    [Fact]
    public void Counts_back_what_it_counted_on() =>
        Gen.Select(AnyCadence, Gen.Int[0, 20_000], Gen.Int[-60, 60], Gen.Int[0, 86_399]).Sample((cadence, day, n, second) =>
        {
            var anchor = new LocalDate(2000, 1, 1).PlusDays(day).AtMidnight().PlusSeconds(second);
            var at = cadence.From(anchor, n);
            return cadence.WholeBetween(anchor, at) == n && cadence.WholeBetween(anchor, at.PlusSeconds(-1)) == n - 1
                && cadence.WholeBetween(anchor.Date, at.Date) == n && cadence.LastThrough(anchor, at) == at
                && cadence.LastBefore(anchor, at) == cadence.From(anchor, n - 1);
        });

    private static LocalDateTime Local(string text) => LocalDateTimePattern.ExtendedIso.Parse(text).Value;
}
