using System.Globalization;
using Microsoft.AspNetCore.Components;
using NodaTime;
using NodaTime.Text;

namespace BackOffice.Web.Features.Usage;

public partial class EventsPage
{
    private EventChoices? choices;
    private EventList? list;

    [SupplyParameterFromQuery] private string? Subscription { get; set; }

    [SupplyParameterFromQuery] private string? Metric { get; set; }

    [SupplyParameterFromQuery] private string? Event { get; set; }

    [SupplyParameterFromQuery] private string? From { get; set; }

    [SupplyParameterFromQuery] private string? To { get; set; }

    [SupplyParameterFromQuery] private string? Import { get; set; }

    [SupplyParameterFromQuery] private string? State { get; set; }

    [SupplyParameterFromQuery] private long? Before { get; set; }

    private bool IsFiltered => new[] { Subscription, Metric, Event, From, To, Import, State }.Any(text => !string.IsNullOrEmpty(text));

    protected override async Task OnParametersSetAsync()
    {
        choices ??= await Events.Choices();
        await Load();
    }

    private async Task Load() => list = await Events.List(new EventFilter(
        Subscription, Metric, Event, Day(From), Day(To),
        long.TryParse(Import, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null,
        Enum.TryParse<EventState>(State, out var state) ? state : EventState.Any, Before));

    private async Task Ask(EventRow row)
    {
        if (await CorrectDialog.Ask(Dialogs, row) is { } answer)
        {
            await Act.Run(() => Correct.Run(row.Id, answer.Numbers, answer.Reason), "The event is corrected.", Load);
        }
    }

    private static LocalDate? Day(string? text) => LocalDatePattern.Iso.Parse(text ?? "") is { Success: true } day ? day.Value : null;

    private static string Given(ChangeEventArgs change) => $"{change.Value}".Trim();

    private string Nothing(EventList found) => found switch
    {
        { Unknown: { } unknown } => unknown,
        { IsWhole: false } => "Nothing matches among the events looked at so far.",
        _ when IsFiltered => "Nothing matches. Take a filter away.",
        _ => "Usage appears here once a file is imported.",
    };

    // Filters stand in the address, so that a page can be sent to a colleague and the browser's Back works.
    private void Go(string filter, string value) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(
        new Dictionary<string, object?> { [filter] = value.Length == 0 ? null : value, ["before"] = null }));

    private string With(string name, object? value) =>
        Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["before"] = null, [name] = value });
}
