using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using BackOffice.Web.Shared;

namespace BackOffice.Web.Features.Catalog;

/// <summary>A complete charge with the quantities that were typed for it, ready for the engine.</summary>
internal sealed record EstimatePart(ChargeDraft Draft, Metric Metric, Charge Charge, IReadOnlyList<UsageGroup> Groups)
{
    /// <summary>Null while the charge is not complete.</summary>
    public static EstimatePart? Of(ChargeDraft draft, int index, string? unit, Currency currency)
    {
        if (draft.Price.TryPrice().Price is not { } price || draft.Quantity < 0 || draft.Filters.Any(filter => !IsComplete(filter)))
        {
            return null;
        }

        var name = string.IsNullOrWhiteSpace(draft.Name) ? $"Charge {index + 1}" : draft.Name;
        var metric = Metric.Create($"charge-{index}", name, Aggregation.Count, null, unit ?? "units");

        // A whole period with typed quantities has no days and no single events; the amounts are the same.
        var settings = draft.Settings(currency) with { PayInAdvance = false, Prorated = false, GroupKeys = [] };
        UsageGroup[] groups =
        [
            .. settings.Filters.Zip(draft.Filters, (filtered, typed) => Group(filtered.Filter, Used(typed.Quantity, null, currency))),
            Group(null, Used(draft.Quantity, draft.Amounts, currency)),
        ];
        return new(draft, metric, Charge.Of(name, metric.Id, price, settings), groups);
    }

    /// <summary>The amounts of single transactions, separated by spaces, semicolons or lines; null when one of them is no number.</summary>
    public static IReadOnlyList<decimal>? Amounts(string? text)
    {
        var amounts = new List<decimal>();
        foreach (var part in (text ?? "").Split([' ', ';', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!DecimalText.TryParse(part, out var amount) || amount < 0)
            {
                return null;
            }

            amounts.Add(amount);
        }

        return amounts;
    }

    private static bool IsComplete(FilterDraft filter) => filter.Missing(0) is null && filter.Price.TryPrice().Price is not null;

    private static UsageGroup Group(ChargeFilter? filter, Measured measured) => new(filter, new Dictionary<string, string?>(), measured);

    private static Measured Used(decimal? quantity, string? amounts, Currency currency)
    {
        var values = Amounts(amounts) is { Count: > 0 } listed ? listed : quantity > 0 ? [quantity.Value] : [];
        var total = Exact.Sum(values);
        return new Measured(total, values.Count, 0) { Values = values, CarriedMinorUnits = Exact.Multiply(total, currency.Scale) };
    }
}
