using System.Globalization;
using Microsoft.AspNetCore.Components;
using NodaTime;
using NodaTime.Text;

namespace BackOffice.Web.Features.Usage;

public partial class EventsPage
{
    private EventList? list;

    [SupplyParameterFromQuery] private string? Subscription { get; set; }

    [SupplyParameterFromQuery] private string? From { get; set; }

    [SupplyParameterFromQuery] private string? To { get; set; }

    [SupplyParameterFromQuery] private string? Import { get; set; }

    [SupplyParameterFromQuery] private bool Late { get; set; }

    [SupplyParameterFromQuery] private long? Before { get; set; }

    private bool IsFiltered => Late || new[] { Subscription, From, To, Import }.Any(text => !string.IsNullOrEmpty(text));

    protected override async Task OnParametersSetAsync() => list = await Events.List(new EventFilter(
        Subscription,
        Day(From),
        Day(To),
        long.TryParse(Import, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null,
        Late,
        Before));

    private static LocalDate? Day(string? text) => LocalDatePattern.Iso.Parse(text ?? "") is { Success: true } day ? day.Value : null;

    private static string Given(ChangeEventArgs change) => $"{change.Value}".Trim();

    // Filters stand in the address, so that a page can be sent to a colleague and the browser's Back works.
    private void Go(string? subscription = null, string? from = null, string? to = null, string? import = null, bool? late = null) =>
        Navigation.NavigateTo(Address(subscription ?? Subscription, from ?? From, to ?? To, import ?? Import, late ?? Late, null));

    private string Url(long? before) => Address(Subscription, From, To, Import, Late, before);

    private string Address(string? subscription, string? from, string? to, string? import, bool late, long? before) =>
        Navigation.GetUriWithQueryParameters("/events", new Dictionary<string, object?>
        {
            ["subscription"] = string.IsNullOrEmpty(subscription) ? null : subscription,
            ["from"] = string.IsNullOrEmpty(from) ? null : from,
            ["to"] = string.IsNullOrEmpty(to) ? null : to,
            ["import"] = string.IsNullOrEmpty(import) ? null : import,
            ["late"] = late ? true : null,
            ["before"] = before,
        });
}
