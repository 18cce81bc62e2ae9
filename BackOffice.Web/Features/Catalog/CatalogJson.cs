using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;
using BackOffice.Core.Wallets;
using BackOffice.Data.Mapping;
using NodaTime;
using NodaTime.Text;

namespace BackOffice.Web.Features.Catalog;

/// <summary>How catalogue files are written: as the database keeps values, but strict, and with a sentence for each mistake.</summary>
internal static class CatalogJson
{
    public static JsonSerializerOptions Options()
    {
        var options = new JsonSerializerOptions(DomainJson.Options)
        {
            // A misspelt or forgotten field is an error, never a default: a price of zero would bill nothing.
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectRequiredConstructorParameters = true,
            RespectNullableAnnotations = true,
            AllowOutOfOrderMetadataProperties = true,
            TypeInfoResolver = DomainJson.Options.TypeInfoResolver!.WithAddedModifier(NullMayBeLeftOut).WithAddedModifier(PricesByCode)
                .WithAddedModifier(EmptyIsLeftOut),
            ReadCommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
            WriteIndented = true,
        };
        JsonConverter[] own =
        [
            Names<Aggregation>(), Names<BillingInterval>(), Names<RoundingFunction>(), Names<EndReason>(), Names<UnusedFee>(),
            Names<PaidFor>(), new DayJson(), new MomentJson(), new TimingJson(),
        ];
        foreach (var converter in own.Reverse())
        {
            options.Converters.Insert(0, converter); // The first that fits is used.
        }

        return options;
    }

    private static JsonStringEnumConverter<T> Names<T>()
        where T : struct, Enum => new(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);

    private static void NullMayBeLeftOut(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => property.IsRequired && property.IsSetNullable))
        {
            property.IsRequired = false;
        }
    }

    // A file names metrics by code, so agreed prices of metrics stand beside the terms: see AgreedPriceEntry.
    private static void PricesByCode(JsonTypeInfo type)
    {
        if (type.Type == typeof(TermsOverride))
        {
            type.Properties.Remove(type.Properties.Single(property => property.Name == "charges"));
        }
    }

    private static void EmptyIsLeftOut(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => type.Type == typeof(TermsOverride) && property.Name == "fixedCharges"))
        {
            property.ShouldSerialize = (_, value) => value is not IReadOnlyCollection<FixedChargeOverride> { Count: 0 };
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

    private sealed class MomentJson : JsonConverter<Instant>
    {
        public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            InstantPattern.ExtendedIso.Parse(reader.GetString() ?? "") is { Success: true } moment
                ? moment.Value
                : throw new JsonException("A moment is written like 2023-11-01T13:30:00Z.");

        public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) =>
            writer.WriteStringValue(InstantPattern.ExtendedIso.Format(value));
    }

    private sealed class TimingJson : JsonConverter<BillingTiming>
    {
        public override BillingTiming Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetString() switch
            {
                "calendar" => BillingTiming.Calendar,
                "anniversary" => BillingTiming.Anniversary,
                var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var day) => BillingTiming.OnDay(day),
                _ => throw new JsonException("The timing is \"calendar\", \"anniversary\", or a day of the month such as \"15\"."),
            };

        public override void Write(Utf8JsonWriter writer, BillingTiming value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value is BillingTiming.FixedDayTiming { Day: var day }
                ? day.ToString(CultureInfo.InvariantCulture)
                : value.ToString());
    }
}
