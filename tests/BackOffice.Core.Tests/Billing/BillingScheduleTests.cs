using BackOffice.Core.Billing;
using NodaTime.Text;

namespace BackOffice.Core.Tests.Billing;

public sealed class BillingScheduleTests
{
    private static readonly LocalTime HalfPastTwo = new(2, 30);

    private static Instant At(string utc) => InstantPattern.General.Parse(utc).Value;

    private static BillingSchedule Berlin(string since) => BillingSchedule.Nightly(HalfPastTwo, "Europe/Berlin", At(since));

    [Theory]
    //          after                   next                    why
    [InlineData("2026-11-22T00:00:00Z", "2026-11-22T01:30:00Z", "half past two in winter")]
    [InlineData("2026-11-22T01:30:00Z", "2026-11-23T01:30:00Z", "a planned time is not after itself")]
    [InlineData("2026-07-01T12:00:00Z", "2026-07-02T00:30:00Z", "half past two in summer")]
    [InlineData("2026-03-28T12:00:00Z", "2026-03-29T01:30:00Z", "half past two does not exist: the first time behind the gap")]
    [InlineData("2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z", "half past two comes twice: the first one")]
    [InlineData("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z", "and not the second one")]
    public void Plans_a_time_of_day_in_its_zone(string after, string next, string why) =>
        Assert.True(At(next) == Berlin(after).PlannedAfter(At(after)).First(), why);

    [Fact]
    public void Several_missed_nights_are_made_up_for_once()
    {
        var schedule = Berlin("2026-11-01T12:00:00Z");
        Assert.Null(schedule.DueAt(At("2026-11-02T01:29:59Z")));

        var due = schedule.DueAt(At("2026-11-20T12:00:00Z"));
        Assert.Equal(At("2026-11-20T01:30:00Z"), due);

        schedule.Handled(due!.Value);
        schedule.Handled(At("2026-11-05T01:30:00Z"));
        Assert.Null(schedule.DueAt(At("2026-11-20T12:00:00Z")));
    }

    [Fact]
    public void A_paused_schedule_is_never_due_and_makes_nothing_up_when_it_goes_on()
    {
        var schedule = Berlin("2026-11-01T12:00:00Z");
        schedule.Change(HalfPastTwo, "Europe/Berlin", paused: true, At("2026-11-02T12:00:00Z"));
        Assert.Null(schedule.DueAt(At("2026-11-20T12:00:00Z")));

        schedule.Change(HalfPastTwo, "Europe/Berlin", paused: false, At("2026-11-20T12:00:00Z"));
        Assert.Null(schedule.DueAt(At("2026-11-20T12:00:00Z")));
        Assert.Equal(At("2026-11-21T01:30:00Z"), schedule.DueAt(At("2026-11-21T01:30:00Z")));
    }

    [Fact]
    public void A_refused_change_changes_nothing()
    {
        var schedule = Berlin("2026-11-01T12:00:00Z");

        Assert.Throws<RuleBroken>(() => schedule.Change(LocalTime.Noon, "Berlin", true, At("2026-11-02T12:00:00Z")));
        Assert.Equal((HalfPastTwo, "Europe/Berlin", false), (schedule.At, schedule.ZoneId, schedule.IsPaused));
    }
}
