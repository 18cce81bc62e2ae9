using BackOffice.Core.Common;
using NodaTime;

namespace BackOffice.Core.Taxes;

public readonly record struct TaxRateId(Guid Value) : IId<TaxRateId>
{
    public static TaxRateId From(Guid value) => new(value);

    public static TaxRateId New() => new(Guid.CreateVersion7());
}

/// <summary>A tax and the percentages it has had, each from a day on. None is edited: a new one starts on a later day.</summary>
public sealed class TaxRate
{
    private readonly List<TaxPercentage> _percentages = [];

    private TaxRate()
    {
    }

    public TaxRateId Id { get; private init; }

    /// <summary>How customers and files name the tax; unique.</summary>
    public string Code { get; private init; } = null!;

    /// <summary>What the invoice says, such as "VAT".</summary>
    public string Name { get; private set; } = null!;

    /// <summary>ISO 3166 code of the country that levies the tax.</summary>
    public string Country { get; private init; } = null!;

    public IReadOnlyList<TaxPercentage> Percentages => [.. _percentages.OrderBy(value => value.ValidFrom)];

    /// <exception cref="RuleBroken">A field is missing or malformed.</exception>
    public static TaxRate Create(string code, string name, string country, decimal percent, LocalDate validFrom)
    {
        var rate = new TaxRate
        {
            Id = TaxRateId.New(),
            Code = Common.Code.Check(code, "Tax code"),
            Name = Text.Required(name, "Name", 60),
            Country = Common.Code.Country(country),
        };
        rate._percentages.Add(TaxPercentage.Of(percent, validFrom));
        return rate;
    }

    /// <summary>Schedules another percentage. Documents issued before keep theirs.</summary>
    /// <exception cref="RuleBroken">The day is not after the last one, or the percentage is not between 0 and 100.</exception>
    public void ChangeFrom(LocalDate validFrom, decimal percent)
    {
        var last = Percentages[^1].ValidFrom;
        if (validFrom <= last)
        {
            throw new RuleBroken($"A new percentage must start after {last:uuuu-MM-dd}, when the last one did.");
        }

        _percentages.Add(TaxPercentage.Of(percent, validFrom));
    }

    /// <summary>The percentage in force on a day.</summary>
    /// <exception cref="RuleBroken">The tax was not in force yet.</exception>
    public decimal PercentOn(LocalDate day) => Percentages.LastOrDefault(value => value.ValidFrom <= day)?.Percent
        ?? throw new RuleBroken(
            $"Tax {Code} has no percentage on {day:uuuu-MM-dd}. Its first one starts on {Percentages[0].ValidFrom:uuuu-MM-dd}.");
}

/// <summary>A percentage and the day it starts.</summary>
public sealed class TaxPercentage
{
    private TaxPercentage()
    {
    }

    public Guid Id { get; private init; }

    public LocalDate ValidFrom { get; private init; }

    /// <summary>0 to 100, up to four decimal places: 19 means 19 %.</summary>
    public decimal Percent { get; private init; }

    internal static TaxPercentage Of(decimal percent, LocalDate validFrom) =>
        percent is >= 0 and <= 100 && decimal.Truncate(percent * 10_000) == percent * 10_000
        ? new() { Id = Guid.CreateVersion7(), Percent = percent, ValidFrom = validFrom }
        : throw new RuleBroken("A tax percentage is between 0 and 100 with at most four decimal places.");
}
