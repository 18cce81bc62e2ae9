using BackOffice.Core.Invoices;
using BackOffice.Core.Taxes;
using BackOffice.Data;
using BackOffice.Web.Features.Settings;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Taxes;

/// <summary>When a percentage counts, seen from today.</summary>
public enum PercentageState
{
    Past,
    InForce,
    Coming,
}

/// <summary>A percentage of a tax and from when it counts.</summary>
public sealed record PercentageRow(decimal Percent, LocalDate ValidFrom, PercentageState State);

/// <summary>A tax rate as its page shows it.</summary>
/// <param name="Percentages">The newest first.</param>
/// <param name="Customers">How many are taxed with it.</param>
/// <param name="OpenInvoices">How many documents of theirs are not issued yet and follow a new percentage once refreshed.</param>
public sealed record TaxRateRow(
    TaxRateId Id, string Code, string Name, string Country, IReadOnlyList<PercentageRow> Percentages, int Customers, int OpenInvoices)
{
    /// <summary>What is in force today, else the first one to come.</summary>
    public PercentageRow Current => Percentages.FirstOrDefault(p => p.State == PercentageState.InForce) ?? Percentages[^1];
}

/// <summary>Reads taxes and their percentages.</summary>
public sealed class TaxQueries(IDbContextFactory<BackOfficeDb> dbs, IClock clock)
{
    public async Task<IReadOnlyList<TaxRateRow>> List(CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var today = await db.Today(clock, cancel);
        var rates = await db.TaxRates.AsNoTracking().OrderBy(r => r.Country).ThenBy(r => r.Code).ToListAsync(cancel);
        var used = await db.Customers.Where(c => c.TaxCode != null).GroupBy(c => c.TaxCode!)
            .Select(group => new { Code = group.Key, Count = group.Count() }).ToDictionaryAsync(g => g.Code, g => g.Count, cancel);
        var open = await db.Invoices.Where(i => i.Number == null)
            .Join(db.Customers.Where(c => c.TaxCode != null), i => i.CustomerId, c => c.Id, (_, customer) => customer.TaxCode!)
            .GroupBy(code => code).Select(group => new { Code = group.Key, Count = group.Count() })
            .ToDictionaryAsync(g => g.Code, g => g.Count, cancel);
        return [.. rates.Select(rate => Row(rate, today, used.GetValueOrDefault(rate.Code), open.GetValueOrDefault(rate.Code)))];
    }

    /// <summary>The taxes a customer can have, with what is in force today.</summary>
    public async Task<IReadOnlyList<Choice>> Choices(CancellationToken cancel = default) =>
        [.. (await List(cancel)).Select(rate => new Choice(rate.Code, InWords(rate)))];

    internal static string InWords(TaxRateRow rate) => $"{rate.Name} {MoneyText.Percent(rate.Current.Percent)} ({rate.Code})";

    private static TaxRateRow Row(TaxRate rate, LocalDate today, int customers, int openInvoices)
    {
        var inForce = rate.Percentages.LastOrDefault(p => p.ValidFrom <= today);
        return new TaxRateRow(
            rate.Id, rate.Code, rate.Name, rate.Country,
            [
                .. rate.Percentages.Reverse().Select(p => new PercentageRow(
                    p.Percent,
                    p.ValidFrom,
                    p == inForce ? PercentageState.InForce : p.ValidFrom > today ? PercentageState.Coming : PercentageState.Past)),
            ],
            customers,
            openInvoices);
    }
}
