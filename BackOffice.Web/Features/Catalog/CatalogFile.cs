using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Pricing;
using BackOffice.Core.Usage;
using BackOffice.Data.Mapping;
using NodaTime;
using NodaTime.Text;

namespace BackOffice.Web.Features.Catalog;

/// <summary>A catalogue as one JSON file: what scripts and the demo load (docs/operate/catalog-file.md).</summary>
public sealed record CatalogFile
{
    public CompanyEntry? Company { get; init; }

    public IReadOnlyList<TaxRateEntry> TaxRates { get; init; } = [];

    public IReadOnlyList<MetricEntry> Metrics { get; init; } = [];

    public IReadOnlyList<PlanEntry> Plans { get; init; } = [];

    public IReadOnlyList<CustomerEntry> Customers { get; init; } = [];

    public IReadOnlyList<SubscriptionEntry> Subscriptions { get; init; } = [];

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

    private static readonly JsonSerializerOptions Options = new(DomainJson.Options)
    {
        // A misspelt or forgotten field is an error, never a default: a price of zero would bill nothing.
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        AllowOutOfOrderMetadataProperties = true,
        TypeInfoResolver = DomainJson.Options.TypeInfoResolver!.WithAddedModifier(NullMayBeLeftOut),
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        WriteIndented = true,
        Converters =
        {
            new JsonStringEnumConverter<Aggregation>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
            new JsonStringEnumConverter<BillingInterval>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
            new JsonStringEnumConverter<RoundingFunction>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
            new DayJson(),
        },
    };

    private static void NullMayBeLeftOut(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => property.IsRequired && property.IsSetNullable))
        {
            property.IsRequired = false;
        }
    }

    private sealed class DayJson : JsonConverter<LocalDate>
    {
        public override LocalDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            LocalDatePattern.Iso.Parse(reader.GetString() ?? "") is { Success: true } day
                ? day.Value
                : throw new JsonException("A day is written like 2023-11-01.");

        public override void Write(Utf8JsonWriter writer, LocalDate value, JsonSerializerOptions options) =>
            writer.WriteStringValue(LocalDatePattern.Iso.Format(value));
    }
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

/// <summary>A plan; when its prices differ from the latest version, a new version is made.</summary>
public sealed record PlanEntry(
    string Code,
    string Name,
    string Currency,
    decimal BaseFee,
    IReadOnlyList<ChargeEntry> Charges,
    bool Publish = true,
    BillingInterval Interval = BillingInterval.Monthly,
    PlanSettings? Settings = null,
    LocalDate? EffectiveFrom = null
)
{
    public static PlanEntry Of(Plan plan, IReadOnlyDictionary<MetricId, string> metricCodes)
    {
        var version = plan.Versions[^1];
        return new(
            plan.Code, plan.Name, plan.Currency.Code, version.BaseFee.Amount,
            [.. version.Charges.Select(charge => ChargeEntry.Of(charge, metricCodes[charge.MetricId]))],
            version.IsPublished, plan.Interval, CatalogText.Same(version.Settings, PlanSettings.Plain) ? null : version.Settings,
            version.EffectiveFrom);
    }
}

/// <summary>A metric at a price; without settings it is billed after the period, in full.</summary>
public sealed record ChargeEntry(string Name, string Metric, Price Price, ChargeSettings? Settings = null)
{
    public static ChargeEntry Of(Charge charge, string metricCode) => new(
        charge.Name, metricCode, charge.Price, CatalogText.Same(charge.Settings, ChargeSettings.Plain) ? null : charge.Settings);
}

/// <summary>Tells whether two parts of a catalogue say the same: when they are written the same.</summary>
internal static class CatalogText
{
    public static bool Same<T>(T one, T other) =>
        JsonSerializer.Serialize(one, DomainJson.Options) == JsonSerializer.Serialize(other, DomainJson.Options);
}

/// <summary>A customer; an existing one is changed to what the file says.</summary>
public sealed record CustomerEntry(
    string Code,
    string Name,
    Address Address,
    string Zone,
    string? Email = null,
    string? TaxNumber = null,
    string? TaxCode = null,
    string? TaxNote = null,
    int PaymentDays = 14
)
{
    public CustomerDetails Details() => new(Code, Name, Address, Zone, Email, TaxNumber, TaxCode, TaxNote, PaymentDays);
}

public sealed record SubscriptionEntry(string Code, string Customer, string Plan, LocalDate StartsOn);
