using Microsoft.AspNetCore.Components;
using NodaTime;
using NodaTime.Text;

namespace BackOffice.Web.Features.Usage;

public partial class CoveragePage
{
    private static readonly YearMonthPattern Pattern = YearMonthPattern.Iso;
    private Coverage? coverage;

    /// <summary>Such as 2026-01.</summary>
    [SupplyParameterFromQuery] private string? Month { get; set; }

    /// <summary>A customer's code.</summary>
    [SupplyParameterFromQuery] private string? Customer { get; set; }

    private string? Shown => coverage is null ? Month : Pattern.Format(coverage.Month);

    protected override async Task OnParametersSetAsync() => coverage = await Queries.Month(
        Pattern.Parse(Month ?? "") is { Success: true } month ? month.Value : null, Customer);

    private static string Summary(Coverage coverage) => coverage.Gaps switch
    {
        _ when coverage.Rows.All(row => row.Total == 0) => "No metric has usage in this month.",
        0 => "No day is missing.",
        1 => "One day is missing.",
        var gaps => $"{gaps} days are missing.",
    };

    // Month and customer stand in the address, so that a page can be sent to a colleague and the browser's Back works.
    private void Go(string name, string value) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(name, value.Length == 0 ? null : value));
}
