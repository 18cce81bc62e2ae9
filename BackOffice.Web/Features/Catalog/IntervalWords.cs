using BackOffice.Core.Catalog;
using BackOffice.Web.Shared;

namespace BackOffice.Web.Features.Catalog;

/// <summary>Names of billing intervals on pages.</summary>
internal static class IntervalWords
{
    public static IReadOnlyList<Choice> Choices { get; } =
    [
        new(nameof(BillingInterval.Weekly), "Week"),
        new(nameof(BillingInterval.Monthly), "Month"),
        new(nameof(BillingInterval.Quarterly), "Quarter"),
        new(nameof(BillingInterval.SemiAnnual), "Half-year"),
        new(nameof(BillingInterval.Yearly), "Year"),
    ];

    /// <summary>"month", as in "billed each month".</summary>
    public static string Of(BillingInterval interval) => interval switch
    {
        BillingInterval.Weekly => "week",
        BillingInterval.Monthly => "month",
        BillingInterval.Quarterly => "quarter",
        BillingInterval.SemiAnnual => "half-year",
        _ => "year",
    };
}
