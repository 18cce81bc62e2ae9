using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Pricing;
using NodaTime;

namespace BackOffice.Web.Features.Catalog;

/// <summary>A plan; when its prices differ from the latest version, a new version is made.</summary>
/// <param name="Publish">Whether the version is published; else it is a draft.</param>
/// <param name="EarlierVersions">All versions before it, the first one first; null when the file knows the newest only.</param>
/// <param name="Retired">Whether nobody new may subscribe; null leaves that as it is.</param>
public sealed record PlanEntry(
    string Code,
    string Name,
    string Currency,
    decimal BaseFee,
    IReadOnlyList<ChargeEntry> Charges,
    bool Publish = true,
    BillingInterval Interval = BillingInterval.Monthly,
    PlanSettings? Settings = null,
    LocalDate? EffectiveFrom = null,
    IReadOnlyList<VersionEntry>? EarlierVersions = null,
    bool? Retired = null
)
{
    /// <summary>What the newest version says.</summary>
    internal VersionEntry Newest => new(BaseFee, Charges, Settings, EffectiveFrom);

    public static PlanEntry Of(Plan plan, IReadOnlyDictionary<MetricId, string> metricCodes)
    {
        var earlier = plan.Versions.SkipLast(1).Select(version => VersionEntry.Of(version, metricCodes)).ToList();
        var (last, newest) = (plan.Versions[^1], VersionEntry.Of(plan.Versions[^1], metricCodes));
        return new(
            plan.Code, plan.Name, plan.Currency.Code, newest.BaseFee, newest.Charges, last.IsPublished, plan.Interval, newest.Settings,
            newest.EffectiveFrom, earlier.Count == 0 ? null : earlier, plan.IsRetired ? true : null);
    }
}

/// <summary>A version of a plan. Those before the newest one are published.</summary>
public sealed record VersionEntry(
    decimal BaseFee, IReadOnlyList<ChargeEntry> Charges, PlanSettings? Settings = null, LocalDate? EffectiveFrom = null)
{
    public static VersionEntry Of(PlanVersion version, IReadOnlyDictionary<MetricId, string> metricCodes) => new(
        version.BaseFee.Amount,
        [.. version.Charges.Select(charge => ChargeEntry.Of(charge, metricCodes[charge.MetricId]))],
        CatalogText.Same(version.Settings, PlanSettings.Plain) ? null : version.Settings, version.EffectiveFrom);
}

/// <summary>A metric at a price; without settings it is billed after the period, in full.</summary>
public sealed record ChargeEntry(string Name, string Metric, Price Price, ChargeSettings? Settings = null)
{
    public static ChargeEntry Of(Charge charge, string metricCode) => new(
        charge.Name, metricCode, charge.Price, CatalogText.Same(charge.Settings, ChargeSettings.Plain) ? null : charge.Settings);
}
