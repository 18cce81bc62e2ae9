using BackOffice.Core.Common;
using BackOffice.Core.Taxes;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Taxes;

/// <summary>A tax as it is typed in; see <see cref="TaxRate"/> for what the fields mean.</summary>
public sealed record TaxRateInput(string Code, string Name, string Country, decimal Percent, LocalDate ValidFrom);

/// <summary>Adds a tax with its first percentage.</summary>
public sealed class AddTaxRate(IDbContextFactory<BackOfficeDb> dbs, Gate gate, IClock clock)
{
    /// <exception cref="RuleBroken">A field is wrong, or the code is taken.</exception>
    public async Task<TaxRateId> Run(TaxRateInput input, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ManageTaxRates, cancel);
        var rate = TaxRate.Create(input.Code, input.Name, input.Country, input.Percent, input.ValidFrom);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        if (await db.TaxRates.AnyAsync(r => r.Code == rate.Code, cancel))
        {
            throw new RuleBroken(
                $"There is a tax rate with the code {rate.Code} already. Add a percentage from a later day to it, or choose another code.");
        }

        db.TaxRates.Add(rate);
        db.Record(actor.AsPerson(), clock.GetCurrentInstant(), "Added", "Tax rate", rate.Id.Value,
            $"{rate.Code} {input.Percent} % from {input.ValidFrom:uuuu-MM-dd}");
        await db.SaveChangesAsync(cancel);
        return rate.Id;
    }
}
