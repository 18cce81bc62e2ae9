using System.Collections.Immutable;
using BackOffice.Core.Common;
using BackOffice.Core.Rating;
using BackOffice.Core.Taxes;
using NodaTime;

namespace BackOffice.Core.Billing;

/// <summary>Which taxes a customer's lines have: their own, else the plan's, else the customer's, else the company's (guide §16).</summary>
/// <param name="Rates">Every tax that is named anywhere, by code.</param>
/// <param name="CustomerCodes">The customer's taxes.</param>
/// <param name="CompanyCodes">The company's taxes.</param>
/// <param name="Note">Printed under the totals, such as why no tax is charged.</param>
public sealed record AccountTaxes(
    IReadOnlyDictionary<string, TaxRate> Rates, IReadOnlyList<string> CustomerCodes, IReadOnlyList<string> CompanyCodes,
    string? Note = null)
{
    /// <summary>No tax is charged.</summary>
    public static AccountTaxes None { get; } = new(ImmutableDictionary<string, TaxRate>.Empty, [], []);

    /// <summary>The taxes of a line at the percentages of a day.</summary>
    /// <exception cref="RuleBroken">A tax is not known, or had no percentage on the day.</exception>
    public IReadOnlyList<LineTax> Of(RatedLine line, LocalDate day)
    {
        var codes = new[] { line.OwnTaxCodes, line.PlanTaxCodes, CustomerCodes, CompanyCodes }.FirstOrDefault(level => level.Count > 0);
        return codes is null ? [] : [.. codes.Select(code => Tax(code, day))];
    }

    private LineTax Tax(string code, LocalDate day) => Rates.TryGetValue(code, out var rate)
        ? new LineTax(rate.Code, rate.Name, rate.PercentOn(day))
        : throw new RuleBroken($"There is no tax {code}. Define it, or take it off the plan or customer that names it.");
}
