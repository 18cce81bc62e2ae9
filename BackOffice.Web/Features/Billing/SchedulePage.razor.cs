using BackOffice.Core.Common;
using BackOffice.Web.Shared;

namespace BackOffice.Web.Features.Billing;

public partial class SchedulePage
{
    private ScheduleView? view;
    private RunList? runs;
    private bool loading = true;
    private string? time;
    private string zone = "";

    /// <summary>The stored zone may be an alias that the list does not offer.</summary>
    private IEnumerable<Choice> Zones => Choices.Zones.Any(choice => choice.Value == view!.ZoneId)
        ? Choices.Zones
        : Choices.Zones.Prepend(new Choice(view!.ZoneId, view.ZoneId));

    protected override Task OnInitializedAsync() => Load();

    private async Task Load()
    {
        view = await Schedules.View();
        runs = await Runs.List(scheduledOnly: true);
        loading = false;
        if (view is not null)
        {
            (time, zone) = (ScheduleWords.TimeOfDay(view.At), view.ZoneId);
        }
    }

    private Task Save() => Change(view!.IsPaused, "The schedule is changed.");

    private Task Pause() => Change(
        !view!.IsPaused, view.IsPaused ? "The schedule goes on." : "The schedule is paused. Nothing starts by itself.");

    private Task Change(bool paused, string done) => Act.Run(
        () => ChangeSchedule.Run(new ScheduleInput(
            ScheduleWords.TimeOfDay(time) ?? throw new RuleBroken("Give a time of day such as 02:30."), zone, paused, view!.Revision)),
        done,
        Load);
}
