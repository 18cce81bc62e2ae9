using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Core.Pricing;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Taxes;
using BackOffice.Core.Thresholds;
using BackOffice.Core.Usage;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using NodaTime;
using NodaTime.Text;

namespace BackOffice.Data.Mapping;

/// <summary>The stored names of the price models. A CLR name in the database could never be renamed.</summary>
public static class PriceJson
{
    public static IReadOnlyDictionary<Type, string> Kinds { get; } = new Dictionary<Type, string>
    {
        [typeof(PerUnitPrice)] = "per_unit",
        [typeof(GraduatedPrice)] = "graduated",
        [typeof(VolumePrice)] = "volume",
        [typeof(PackagePrice)] = "package",
        [typeof(PercentagePrice)] = "percentage",
        [typeof(GraduatedPercentagePrice)] = "graduated_percentage",
        [typeof(DynamicPrice)] = "dynamic",
        [typeof(ConvertedPrice)] = "converted",
    };
}

/// <summary>How values of the domain look as JSON: in columns, and in catalogue files.</summary>
public static class DomainJson
{
    public static JsonSerializerOptions Options { get; } = Build();

    private static JsonSerializerOptions Build()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // Stored and read by us; readable in a database shell.
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            NumberHandling = JsonNumberHandling.AllowReadingFromString,
            RespectRequiredConstructorParameters = false,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NamePrices, LeaveOutComputed, LeaveOutUsual } },
        };
        options.Converters.Add(new InstantJson());
        options.Converters.Add(new LocalDateJson());
        options.Converters.Add(new MoneyJson());
        options.Converters.Add(new BillingTimingJson());
        options.Converters.Add(new LineTaxJson());
        options.Converters.Add(new JsonStringEnumConverter<DiscountKind>());
        options.Converters.Add(new JsonStringEnumConverter<SettlementKind>());
        options.Converters.Add(new JsonStringEnumConverter<TaxCategory>());
        options.Converters.Add(new JsonStringEnumConverter<EndReason>());
        options.Converters.Add(new JsonStringEnumConverter<UnusedFee>());
        options.Converters.Add(new JsonStringEnumConverter<LateUsageRule>());
        options.Converters.Add(new JsonStringEnumConverter<AlertDirection>());
        options.MakeReadOnly();
        return options;
    }

    private static void NamePrices(JsonTypeInfo type)
    {
        if (type.Type != typeof(Price))
        {
            return;
        }

        type.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "model" };
        foreach (var (price, name) in PriceJson.Kinds)
        {
            type.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(price, name));
        }
    }

    // Versions from before have none of it, and a plain one looks as it always did.
    private static void LeaveOutUsual(JsonTypeInfo type)
    {
        if (type.Type == typeof(PlanSettings) && type.Properties.FirstOrDefault(property => property.Name == "lateUsage") is { } late)
        {
            late.ShouldSerialize = (_, value) => value is not LateUsageRule.NextInvoice;
        }
    }

    // What follows from the other fields is computed again when read, so it is not stored.
    private static void LeaveOutComputed(JsonTypeInfo type)
    {
        string[] computed = type.Type == typeof(PriceStep) ? ["amount"]
            : typeof(Price).IsAssignableFrom(type.Type) ? ["readsEvents", "canProrate"]
            : type.Type == typeof(ChargeFilter) ? ["inWords"]
            : [];
        foreach (var property in type.Properties.Where(property => computed.Contains(property.Name)).ToList())
        {
            type.Properties.Remove(property);
        }
    }

    /// <summary>An amount and its currency, such as "12.50 EUR".</summary>
    private sealed class MoneyJson : JsonConverter<Money>
    {
        public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var parts = (reader.GetString() ?? "").Split(' ');
            return parts.Length == 2 && decimal.TryParse(parts[0], NumberStyles.Number, CultureInfo.InvariantCulture, out var amount)
                ? Money.Of(amount, Currency.Of(parts[1]))
                : throw new JsonException("An amount of money is written like \"12.50 EUR\".");
        }

        public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }

    /// <summary>"calendar", "anniversary", or the day of the month.</summary>
    private sealed class BillingTimingJson : JsonConverter<BillingTiming>
    {
        public override BillingTiming Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetString() switch
            {
                "calendar" => BillingTiming.Calendar,
                "anniversary" => BillingTiming.Anniversary,
                var day => BillingTiming.OnDay(int.Parse(day ?? "", CultureInfo.InvariantCulture)),
            };

        public override void Write(Utf8JsonWriter writer, BillingTiming value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value is BillingTiming.FixedDayTiming { Day: var day }
                ? day.ToString(CultureInfo.InvariantCulture)
                : value.ToString());
    }

    /// <summary>A tax checks itself again when it is read.</summary>
    private sealed class LineTaxJson : JsonConverter<LineTax>
    {
        public override LineTax? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<Tax>(ref reader, options) is { } tax
                ? new LineTax(tax.Code, tax.Name, tax.Percent, tax.Category)
                : null;

        public override void Write(Utf8JsonWriter writer, LineTax value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, new Tax(value.Code, value.Name, value.Percent, value.Category), options);

        private sealed record Tax(string? Code, string Name, decimal Percent, TaxCategory Category);
    }

    private sealed class LocalDateJson : JsonConverter<LocalDate>
    {
        public override LocalDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            LocalDatePattern.Iso.Parse(reader.GetString() ?? "").GetValueOrThrow();

        public override void Write(Utf8JsonWriter writer, LocalDate value, JsonSerializerOptions options) =>
            writer.WriteStringValue(LocalDatePattern.Iso.Format(value));
    }

    private sealed class InstantJson : JsonConverter<Instant>
    {
        public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            InstantPattern.ExtendedIso.Parse(reader.GetString() ?? "").GetValueOrThrow();

        public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) =>
            writer.WriteStringValue(InstantPattern.ExtendedIso.Format(value));
    }
}

internal sealed class JsonColumn<T>() : ValueConverter<T, string>(
    value => JsonSerializer.Serialize(value, DomainJson.Options),
    text => JsonSerializer.Deserialize<T>(text, DomainJson.Options)!);

/// <summary>Lists compare by what they contain, as they are stored.</summary>
internal sealed class JsonComparer<T>() : ValueComparer<T>(
    (a, b) => JsonSerializer.Serialize(a, DomainJson.Options) == JsonSerializer.Serialize(b, DomainJson.Options),
    value => JsonSerializer.Serialize(value, DomainJson.Options).GetHashCode(StringComparison.Ordinal),
    value => value);
