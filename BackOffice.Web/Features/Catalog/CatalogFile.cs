using System.Text.Json;
using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Usage;
using BackOffice.Data.Mapping;
using NodaTime;

namespace BackOffice.Web.Features.Catalog;

/// <summary>A catalogue as one JSON file: what scripts and the demo load (docs/operate/catalog-file.md).</summary>
public sealed record CatalogFile
{
    public CompanyEntry? Company { get; init; }

    public IReadOnlyList<TaxRateEntry> TaxRates { get; init; } = [];

    public IReadOnlyList<MetricEntry> Metrics { get; init; } = [];

    public IReadOnlyList<PlanEntry> Plans { get; init; } = [];

    public IReadOnlyList<CouponEntry> Coupons { get; init; } = [];

    public IReadOnlyList<CustomerEntry> Customers { get; init; } = [];

    public IReadOnlyList<SubscriptionEntry> Subscriptions { get; init; } = [];

    public IReadOnlyList<CustomerCouponEntry> CustomerCoupons { get; init; } = [];

    public IReadOnlyList<CustomerWalletEntry> Wallets { get; init; } = [];

    /// <exception cref="RuleBroken">The text is not such a file; the message says where and why.</exception>
    public static CatalogFile Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<CatalogFile>(json, Options) ?? throw new RuleBroken("The catalogue file is empty.");
        }
        catch (JsonException wrong)
        {
            throw new RuleBroken(
                $"The catalogue file is wrong at {wrong.Path ?? "its start"}, line {wrong.LineNumber + 1}: {wrong.Message}"
            );
        }
    }

    /// <summary>The file as text, which <see cref="Parse"/> reads back without loss.</summary>
    public string Write() => JsonSerializer.Serialize(this, Options);

    private static readonly JsonSerializerOptions Options = CatalogJson.Options();
}

/// <summary>The seller. An existing company is changed to what the file says.</summary>
public sealed record CompanyEntry(
    string Name,
    Address Address,
    string Currency,
    string Zone,
    string NumberFormat = "INV-{yyyy}-{seq:6}",
    int PaymentDays = 14,
    string? TaxNumber = null,
    string? Email = null,
    string? Iban = null,
    string? Bic = null
)
{
    public CompanyDetails Details() => new(Name, Address, TaxNumber, Email, Iban, Bic, Currency, Zone, NumberFormat, PaymentDays);
}

/// <summary>A tax; percentages that are later than the last known one are added.</summary>
public sealed record TaxRateEntry(string Code, string Name, string Country, IReadOnlyList<PercentageEntry> Percentages);

public sealed record PercentageEntry(LocalDate From, decimal Percent);

/// <summary>A metric; how it measures never changes, its name and unit may.</summary>
public sealed record MetricEntry(
    string Code,
    string Name,
    Aggregation Aggregation,
    string Unit,
    string? Property = null,
    string? EventName = null,
    string? Expression = null,
    bool Recurring = false,
    QuantityRounding? Rounding = null,
    IReadOnlyList<FilterKey>? FilterKeys = null
)
{
    public static MetricEntry Of(Metric metric) => new(
        metric.Code, metric.Name, metric.Aggregation, metric.Unit, metric.Property, metric.EventName,
        metric.Expression?.Text, metric.Recurring, metric.Rounding, metric.FilterKeys is [] ? null : metric.FilterKeys);

    /// <exception cref="RuleBroken">A field is wrong.</exception>
    public Metric ToMetric() => Metric.Create(Code, Name, Aggregation, Property, Unit, EventName, new Measuring
    {
        Expression = Expression is null ? null : MetricExpression.Of(Expression),
        Recurring = Recurring,
        Rounding = Rounding,
        FilterKeys = FilterKeys ?? [],
    });
}

/// <summary>Tells whether two parts of a catalogue say the same: when they are written the same.</summary>
internal static class CatalogText
{
    public static bool Same<T>(T one, T other) =>
        JsonSerializer.Serialize(one, DomainJson.Options) == JsonSerializer.Serialize(other, DomainJson.Options);

    /// <summary>A number from a column, without the zeros that one database adds to its end and another does not.</summary>
    public static decimal Plain(decimal number) => number / 1.0000000000000000000000000000m;
}
