using System.Globalization;
using BackOffice.Core.Invoices;
using Microsoft.AspNetCore.Components;

namespace BackOffice.Web.Features.Invoices;

public partial class InvoicesPage
{
    private static readonly Tab[] Tabs =
    [
        new("needs-approval", "Needs approval", InvoiceStatus.NeedsApproval),
        new("approved", "Approved", InvoiceStatus.Approved),
        new("issued", "Issued", InvoiceStatus.Issued),
        new("voided", "Voided", InvoiceStatus.Voided),
        new("draft", "Returned drafts", InvoiceStatus.Draft),
        new("all", "All", null),
    ];

    private IReadOnlyDictionary<InvoiceStatus, int> counts = new Dictionary<InvoiceStatus, int>();
    private InvoiceList? list;
    private string? text;

    /// <summary>A tab's key; what needs approval is shown first.</summary>
    [SupplyParameterFromQuery]
    public string? Status { get; set; }

    /// <summary>A part of the number, or of the customer's name or code.</summary>
    [SupplyParameterFromQuery]
    public string? Q { get; set; }

    [SupplyParameterFromQuery]
    public int? Page { get; set; }

    private Tab Shown => Tabs.FirstOrDefault(tab => tab.Key == Status) ?? Tabs[0];

    private string Key => Shown.Key;

    private int Number => Math.Max(1, Page ?? 1);

    protected override async Task OnParametersSetAsync()
    {
        text = Q;
        counts = await Invoices.Counts();
        list = await Invoices.List(new InvoiceFilter(Shown.Status, Q, Number));
    }

    private void Search() => Navigation.NavigateTo(Href(Key, text, 1));

    private string CountOf(Tab tab) => tab.Status is { } status && status != InvoiceStatus.Issued
        ? $" ({counts.GetValueOrDefault(status).ToString(CultureInfo.InvariantCulture)})"
        : "";

    private static string Href(string key, string? search, int page) => Addresses.With(
        "/invoices", ("status", key), ("q", search), ("page", page > 1 ? page.ToString(CultureInfo.InvariantCulture) : null));

    /// <summary>One of the lists; the key is part of its address.</summary>
    private sealed record Tab(string Key, string Text, InvoiceStatus? Status);
}
