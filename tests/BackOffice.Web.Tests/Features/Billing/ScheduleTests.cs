using BackOffice.Core.Billing;
using BackOffice.Data.Audit;
using BackOffice.Web.Features.Billing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Billing;

public sealed class ScheduleTests
{
    private static readonly LocalTime HalfPastTwo = new(2, 30);

    [Fact]
    public async Task Without_a_company_nothing_is_planned_and_nobody_complains()
    {
        await using var scene = await Scene.Create();
        await using (var db = await scene.Open())
        {
            await db.Companies.ExecuteDeleteAsync();
        }

        Assert.Null(await scene.AsSchedule());
        Assert.Null(await scene.Ask<ScheduleQueries, ScheduleView?>(scene.Admin, schedules => schedules.View()));
    }

    [Fact]
    public async Task The_first_look_plans_every_night_at_half_past_two_and_the_night_brings_a_run()
    {
        await using var scene = await Scene.Create();
        await scene.Customer("acme", new(2023, 11, 1));
        Assert.Null(await scene.AsSchedule());

        scene.Clock.Reset(Instant.FromUtc(2023, 12, 2, 1, 29, 59));
        Assert.Null(await scene.AsSchedule());
        scene.Clock.Reset(Instant.FromUtc(2023, 12, 2, 1, 30));
        var run = await scene.AsSchedule();

        await scene.Work(run!.Value);
        var invoice = await scene.OnlyInvoice();
        Assert.Equal("Schedule", invoice.PreparedBy.Name);
        Assert.Empty(invoice.Preparers);
        await using var db = await scene.Open();
        var stored = await db.Runs.SingleAsync();
        Assert.Equal((new LocalDate(2023, 12, 1), Instant.FromUtc(2023, 12, 2, 1, 30)), (stored.Through, stored.ScheduledFor!.Value));
        Assert.Equal("Schedule", (await db.Audit.SingleAsync(e => e.Subject == "Run")).Actor.Name);
    }

    [Fact]
    public async Task Three_nights_slept_through_are_made_up_for_by_one_run()
    {
        await using var scene = await Scene.Create();
        await scene.Customer("acme", new(2023, 11, 1));
        await scene.AsSchedule();

        scene.Clock.Advance(Duration.FromDays(3));

        Assert.NotNull(await scene.AsSchedule());
        Assert.Null(await scene.AsSchedule());
        Assert.Equal(1, await Runs(scene));
    }

    [Fact]
    public async Task Two_schedulers_at_once_start_one_run()
    {
        await using var scene = await Scene.Create();
        await scene.Customer("acme", new(2023, 11, 1));
        await scene.AsSchedule();
        scene.Clock.Advance(Duration.FromDays(1));

        var started = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(scene.AsSchedule)));

        Assert.Single(started, run => run is not null);
        Assert.Equal(1, await Runs(scene));
    }

    [Fact]
    public async Task A_crash_before_the_night_is_ticked_off_repeats_it_without_a_second_run()
    {
        await using var scene = await Scene.Create();
        await scene.Customer("acme", new(2023, 11, 1));
        await scene.AsSchedule();
        scene.Clock.Advance(Duration.FromDays(1));
        await scene.AsSchedule();
        await using (var db = await scene.Open())
        {
            await db.Schedules.ExecuteUpdateAsync(set => set.SetProperty(s => s.HandledThrough, Instant.FromUtc(2023, 12, 1, 10, 0)));
        }

        Assert.Null(await scene.AsSchedule());
        Assert.Equal(1, await Runs(scene));
        await using var after = await scene.Open();
        Assert.Equal(Instant.FromUtc(2023, 12, 2, 1, 30), (await after.Schedules.SingleAsync()).HandledThrough);
    }

    [Fact]
    public async Task A_paused_schedule_starts_nothing_and_going_on_does_not_make_up_for_the_pause()
    {
        await using var scene = await Scene.Create();
        await scene.Customer("acme", new(2023, 11, 1));
        await scene.AsSchedule();
        await Change(scene, paused: true);
        scene.Clock.Advance(Duration.FromDays(5));
        Assert.Null(await scene.AsSchedule());

        await Change(scene, paused: false);

        Assert.Null(await scene.AsSchedule());
        Assert.Equal(0, await Runs(scene));
    }

    [Fact]
    public async Task Only_an_administrator_changes_the_schedule_and_the_trail_says_so()
    {
        await using var scene = await Scene.Create();
        await Scene.Refused("This needs the role Admin", () => scene.As<ChangeSchedule>(
            scene.Approver, change => change.Run(new ScheduleInput(HalfPastTwo, "Europe/Berlin", true, null))));

        await scene.As<ChangeSchedule>(scene.Admin, change => change.Run(new ScheduleInput(new(4, 15), "America/New_York", false, null)));

        await using var db = await scene.Open();
        var entry = await db.Audit.SingleAsync();
        Assert.Equal(("ada", "Changed", "Schedule", "Every night at 04:15 America/New_York"),
            (entry.Actor.Name, entry.Action, entry.Subject, entry.Detail));
    }

    [Theory]
    [InlineData("2024-03-30T12:00", "2024-03-31T01:30", "the night without half past two: an hour later by the new clock")]
    [InlineData("2024-10-26T12:00", "2024-10-27T00:30", "the night with two of them: the first")]
    public async Task On_the_nights_the_clocks_change_there_is_one_run(string noon, string planned, string why)
    {
        await using var scene = await Scene.Create();
        scene.Clock.Reset(At(noon));
        await Change(scene, paused: false);

        scene.Clock.Reset(At(planned) - Duration.FromSeconds(1));
        Assert.Null(await scene.AsSchedule());
        scene.Clock.Reset(At(planned) + Duration.FromHours(2));
        Assert.NotNull(await scene.AsSchedule());
        Assert.Null(await scene.AsSchedule());

        await using var db = await scene.Open();
        Assert.True(At(planned) == (await db.Runs.SingleAsync()).ScheduledFor, why);
    }

    [Fact]
    public async Task The_page_names_the_night_on_which_the_clocks_have_changed()
    {
        await using var scene = await Scene.Create();
        scene.Clock.Reset(At("2024-03-29T12:00"));

        var view = await scene.Ask<ScheduleQueries, ScheduleView?>(scene.Admin, schedules => schedules.View());

        Assert.Equal(
            ["Sat 30 Mar 2024, 02:30", "Sun 31 Mar 2024, 03:30", "Mon 1 Apr 2024, 02:30", "Tue 2 Apr 2024, 02:30", "Wed 3 Apr 2024, 02:30"],
            view!.Next.Select(next => ScheduleWords.At(next.At)));
        Assert.Equal([false, true, false, false, false], view.Next.Select(next => next.ClocksChanged));
        Assert.Equal("UTC+2:00", ScheduleWords.Zone(view.Next[1].At));
    }

    private static Instant At(string text) => NodaTime.Text.InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(text)
        .Value;

    private static Task Change(Scene scene, bool paused) =>
        scene.As<ChangeSchedule>(scene.Admin, change => change.Run(new ScheduleInput(HalfPastTwo, "Europe/Berlin", paused, null)));

    private static async Task<int> Runs(Scene scene)
    {
        await using var db = await scene.Open();
        return await db.Runs.CountAsync();
    }
}
