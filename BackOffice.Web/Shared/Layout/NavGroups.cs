using static MudBlazor.Icons.Material.Outlined;

namespace BackOffice.Web.Shared.Layout;

/// <summary>A heading of the menu with its links.</summary>
internal sealed record NavGroup(string Title, Permission ShownTo, params IReadOnlyList<NavItem> Links);

/// <summary>A link, shown to those who hold the permission.</summary>
internal sealed record NavItem(string Text, string Href, string Icon, Permission ShownTo = Permission.Read);

/// <summary>The menu. What it hides is also refused by the page's policy.</summary>
internal static class NavGroups
{
    public static IReadOnlyList<NavGroup> All { get; } =
    [
        new(
            "Billing",
            Permission.Read,
            new("Billing runs", "/runs", PlayCircle),
            new("Invoices", "/invoices", ReceiptLong),
            new("Credit notes", "/credit-notes", Undo)),
        new("Customers", Permission.Read, new("Customers", "/customers", Business), new("Subscriptions", "/subscriptions", Autorenew)),
        new(
            "Usage",
            Permission.Read,
            new("Imports", "/imports", UploadFile),
            new("Events", "/events", ListAlt),
            new("Alerts", "/alerts", NotificationsNone),
            new("Coverage", "/coverage", CalendarMonth),
            new("Metrics", "/metrics", Speed)),
        new("Catalogue", Permission.Read, new("Plans", "/plans", Sell), new("Coupons", "/coupons", LocalOffer)),
        new(
            "Settings",
            Permission.Read,
            new("Company", "/settings/company", Apartment, Permission.ManageSettings),
            new("Tax rates", "/settings/tax-rates", Percent),
            new("Users", "/settings/users", Group, Permission.ManageUsers),
            new("API keys", "/settings/api-keys", Key, Permission.ManageApiKeys),
            new("Schedules", "/settings/schedules", Schedule),
            new("Audit trail", "/audit", History)),
    ];
}
