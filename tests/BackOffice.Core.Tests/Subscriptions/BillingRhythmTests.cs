using BackOffice.Core.Catalog;
using BackOffice.Core.Subscriptions;

namespace BackOffice.Core.Tests.Subscriptions;

public sealed class BillingRhythmTests
{
    private static BillingRhythm Yearly(bool inAdvance, bool usageMonthly) =>
        new(new BillingGrid(BillingInterval.Yearly, BillingTiming.Anniversary, Day("2026-01-31")), inAdvance, usageMonthly);

    private static string Show(IEnumerable<DuePart> due) =>
        string.Join(' ', due.Select(part => $"{part.DueOn:MM-dd}:{part.What}:{Show(part.Period.Billed)}"));

    private static string Show(Period days) => $"{days.Start:MM-dd}..{days.LastDay:MM-dd}";

    [Fact]
    public void A_yearly_plan_in_advance_bills_the_year_first_and_its_usage_month_by_month() =>
        Assert.Equal(
            "01-31:Fee:01-31..01-30 02-28:Usage:01-31..02-27 03-31:Usage:02-28..03-30",
            Show(Yearly(true, true).DueThrough(Day("2026-01-31"), null, Day("2026-03-31"))));

    [Fact]
    public void A_yearly_plan_in_arrears_bills_everything_when_the_year_is_over()
    {
        Assert.Empty(Yearly(false, false).DueThrough(Day("2026-01-31"), null, Day("2027-01-30")));
        Assert.Equal(
            "01-31:Fee:01-31..01-30 01-31:Usage:01-31..01-30 01-31:FixedCharges:01-31..01-30",
            Show(Yearly(false, false).DueOn(Day("2027-01-31"), Day("2026-01-31"), null)));
    }

    [Fact]
    public void An_end_makes_due_what_is_left() =>
        Assert.Equal(
            "03-11:Usage:02-28..03-10 03-11:FixedCharges:01-31..03-10",
            Show(Yearly(true, true).DueOn(Day("2026-03-11"), Day("2026-01-31"), Day("2026-03-10"))));

    [Fact]
    public void Days_one_by_one_make_due_what_a_server_that_slept_finds_at_once() =>
        Gen.Select(BillingGridTests.AnyGrid, Gen.Bool, Gen.Bool, Gen.Bool, Gen.Int[0, 900]).Sample(
            (grid, inAdvance, usage, units, length) =>
            {
                var weekly = grid.Interval == BillingInterval.Weekly;
                var rhythm = new BillingRhythm(grid, inAdvance, usage && !weekly, units && !weekly);
                var last = length < 400 ? grid.Anchor.PlusDays(length) : (LocalDate?)null;
                var through = grid.Anchor.PlusDays(450);
                var daily = Enumerable.Range(-1, 452).SelectMany(n => rhythm.DueOn(grid.Anchor.PlusDays(n), grid.Anchor, last));
                return Show(daily) == Show(rhythm.DueThrough(grid.Anchor, last, through));
            },
            iter: 200);

    [Fact]
    public void Every_day_is_paid_for_once_by_every_part() =>
        Gen.Select(BillingGridTests.AnyGrid, Gen.Bool, Gen.Int[0, 2_000], Gen.Int[0, 400]).Sample((grid, inAdvance, length, late) =>
        {
            var startsOn = grid.Anchor.PlusDays(late);
            var rhythm = new BillingRhythm(grid, inAdvance, grid.Interval != BillingInterval.Weekly);
            return rhythm.DueThrough(startsOn, startsOn.PlusDays(length), startsOn.PlusDays(length + 1)).GroupBy(due => due.What)
                .All(parts => parts.Sum(part => part.Period.Billed.Days) == length + 1
                    && parts.Zip(parts.Skip(1)).All(pair => pair.First.Period.Billed.End == pair.Second.Period.Billed.Start));
        });
}
