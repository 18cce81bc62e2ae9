using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Usage;

namespace BackOffice.Web.Features.Catalog;

/// <summary>A usage charge while it is typed: every field may still be empty or wrong.</summary>
public sealed class ChargeDraft
{
    /// <summary>Tells the charges of a page apart; never stored.</summary>
    public Guid Key { get; } = Guid.CreateVersion7();

    public string? MetricCode { get; set; }

    public string? Name { get; set; }

    public PriceDraft Price { get; private init; } = new();

    public bool PayInAdvance { get; set; }

    public bool Prorated { get; set; }

    /// <summary>In major units, like the maximum.</summary>
    public decimal? Minimum { get; set; }

    public decimal? Maximum { get; set; }

    public List<FilterDraft> Filters { get; } = [];

    /// <summary>Separated by commas, like the tax codes.</summary>
    public string? GroupKeys { get; set; }

    public string? TaxCodes { get; set; }

    /// <summary>What the calculator is asked about.</summary>
    public decimal? Quantity { get; set; }

    /// <summary>The amounts of single transactions, for prices that look at each; then the quantity is their sum.</summary>
    public string? Amounts { get; set; }

    /// <summary>Something needed is not filled in yet.</summary>
    public string? Missing => MetricCode is not { Length: > 0 } ? "Choose what is measured."
        : Price.Gap() ?? Filters.Select((filter, i) => filter.Missing(i)).FirstOrDefault(gap => gap is not null);

    /// <summary>Says something beyond metric, name and price.</summary>
    public bool HasMore => PayInAdvance || Prorated || Minimum is not null || Maximum is not null || Filters.Count > 0
        || GroupKeys is { Length: > 0 } || TaxCodes is { Length: > 0 } || Price.IsConverted;

    public static ChargeDraft Of(ChargeView charge)
    {
        var settings = charge.Settings;
        var draft = new ChargeDraft
        {
            MetricCode = charge.MetricCode,
            Name = charge.Name,
            Price = PriceDraft.Of(charge.Price),
            PayInAdvance = settings.PayInAdvance,
            Prorated = settings.Prorated,
            Minimum = settings.Minimum?.Amount,
            Maximum = settings.Maximum?.Amount,
            GroupKeys = NameList.Write(settings.GroupKeys),
            TaxCodes = NameList.Write(settings.TaxCodes),
        };
        draft.Filters.AddRange(settings.Filters.Select(FilterDraft.Of));
        return draft;
    }

    /// <summary>The same price for something else: a metric is charged once, so another one has to be chosen.</summary>
    public ChargeDraft Copy()
    {
        var copy = new ChargeDraft
        {
            Price = Price.Copy(),
            PayInAdvance = PayInAdvance,
            Prorated = Prorated,
            Minimum = Minimum,
            Maximum = Maximum,
            GroupKeys = GroupKeys,
            TaxCodes = TaxCodes,
        };
        copy.Filters.AddRange(Filters.Select(filter => filter.Copy()));
        return copy;
    }

    /// <exception cref="RuleBroken">Something is missing or refused; the message names the field.</exception>
    public ChargeInput ToInput(Currency currency) => Missing is { } gap
        ? throw new RuleBroken(gap)
        : new ChargeInput(Name ?? "", MetricCode!, Price.ToPrice(), Settings(currency));

    /// <exception cref="RuleBroken">A filter is refused, or a limit has too many digits for the currency.</exception>
    public ChargeSettings Settings(Currency currency) => !HasMore ? ChargeSettings.Plain : new ChargeSettings
    {
        PayInAdvance = PayInAdvance,
        Prorated = Prorated,
        Minimum = Minimum is { } least ? Money.Of(least, currency) : null,
        Maximum = Maximum is { } most ? Money.Of(most, currency) : null,
        Filters = [.. Filters.Select(filter => filter.ToFiltered())],
        GroupKeys = NameList.Read(GroupKeys),
        TaxCodes = NameList.Read(TaxCodes),
    };
}

/// <summary>Usage with a price of its own, while it is typed.</summary>
public sealed class FilterDraft
{
    public Guid Key { get; } = Guid.CreateVersion7();

    public string? Name { get; set; }

    public List<ConditionDraft> Conditions { get; } = [];

    /// <summary>Separated by commas; empty as the charge says.</summary>
    public string? GroupKeys { get; set; }

    public PriceDraft Price { get; private init; } = new();

    /// <summary>What the calculator is asked about.</summary>
    public decimal? Quantity { get; set; }

    /// <summary>A filter to be filled in, with one condition.</summary>
    public static FilterDraft New() => new() { Conditions = { new ConditionDraft() } };

    public static FilterDraft Of(FilteredPrice filtered)
    {
        var draft = new FilterDraft
        {
            Name = filtered.Filter.Name,
            GroupKeys = filtered.Filter.GroupKeys is { } keys ? NameList.Write(keys) : null,
            Price = PriceDraft.Of(filtered.Price),
        };
        draft.Conditions.AddRange(filtered.Filter.Conditions.Select(condition => new ConditionDraft
        {
            Key = condition.Key, Values = condition.Values is { } values ? NameList.Write(values) : null,
        }));
        return draft;
    }

    public FilterDraft Copy()
    {
        var copy = new FilterDraft { Name = Name, GroupKeys = GroupKeys, Price = Price.Copy() };
        copy.Conditions.AddRange(Conditions.Select(condition => new ConditionDraft { Key = condition.Key, Values = condition.Values }));
        return copy;
    }

    public string? Missing(int index) =>
        Conditions.Any(condition => string.IsNullOrWhiteSpace(condition.Key))
            ? $"Enter the property that price {index + 1} for some of the usage looks at."
        : Price.Gap() is { } gap ? $"Price {index + 1} for some of the usage: {gap}"
        : null;

    /// <exception cref="RuleBroken">A condition or the price is refused.</exception>
    public FilteredPrice ToFiltered() => new(ToFilter(), Price.ToPrice());

    /// <exception cref="RuleBroken">A condition is refused.</exception>
    public ChargeFilter ToFilter() => new(
        Name,
        [.. Conditions.Select(c => new FilterCondition(c.Key ?? "", NameList.Read(c.Values) is { Count: > 0 } values ? values : null))],
        NameList.Read(GroupKeys) is { Count: > 0 } keys ? keys : null);
}

/// <summary>A demand of a filter while it is typed.</summary>
public sealed class ConditionDraft
{
    public Guid Id { get; } = Guid.CreateVersion7();

    public string? Key { get; set; }

    /// <summary>Separated by commas; empty for any.</summary>
    public string? Values { get; set; }
}
