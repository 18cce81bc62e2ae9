using System.Globalization;
using BackOffice.Web.Features.Invoices;
using Microsoft.AspNetCore.Components;
using NodaTime;
using NodaTime.Text;

namespace BackOffice.Web.Features.Audit;

public partial class AuditPage
{
    private AuditList? list;
    private string? text;
    private string? subject;
    private string? from;
    private string? to;

    [SupplyParameterFromQuery]
    public string? Q { get; set; }

    [SupplyParameterFromQuery]
    public string? Subject { get; set; }

    /// <summary>The first day, such as 2026-10-31.</summary>
    [SupplyParameterFromQuery]
    public string? From { get; set; }

    /// <summary>The last day.</summary>
    [SupplyParameterFromQuery]
    public string? To { get; set; }

    [SupplyParameterFromQuery]
    public int? Page { get; set; }

    private int Number => Math.Max(1, Page ?? 1);

    protected override async Task OnParametersSetAsync()
    {
        (text, subject, from, to) = (Q, Subject, From, To);
        list = await Audit.List(new AuditFilter(string.IsNullOrEmpty(Subject) ? null : Subject, Q, Day(From), Day(To), Number));
    }

    private void Search() => Navigation.NavigateTo(Addresses.With("/audit", ("q", text), ("subject", subject), ("from", from), ("to", to)));

    private string Href(int page) => Addresses.With(
        "/audit", ("q", Q), ("subject", Subject), ("from", From), ("to", To), ("page", page.ToString(CultureInfo.InvariantCulture)));

    private static LocalDate? Day(string? iso) => LocalDatePattern.Iso.Parse(iso ?? "") is { Success: true } day ? day.Value : null;
}
