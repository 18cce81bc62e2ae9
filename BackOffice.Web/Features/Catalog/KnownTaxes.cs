using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Data;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Features.Catalog;

/// <summary>A plan names taxes that there are: a misspelt one would be found by a billing run, too late.</summary>
internal static class KnownTaxes
{
    /// <exception cref="RuleBroken">A tax code is unknown.</exception>
    public static async Task Check(BackOfficeDb db, PlanVersion version, CancellationToken cancel)
    {
        var named = version.Settings.TaxCodes.Concat(version.Settings.Commitment?.TaxCodes ?? [])
            .Concat(version.Settings.FixedCharges.SelectMany(charge => charge.TaxCodes))
            .Concat(version.Charges.SelectMany(charge => charge.Settings.TaxCodes)).Distinct(StringComparer.Ordinal).ToList();
        if (named.Count == 0)
        {
            return;
        }

        var known = await db.TaxRates.Where(rate => named.Contains(rate.Code)).Select(rate => rate.Code).ToListAsync(cancel);
        if (named.Except(known).FirstOrDefault() is { } unknown)
        {
            throw new RuleBroken($"There is no tax rate with the code \"{unknown}\". Define it under tax rates first.");
        }
    }
}
