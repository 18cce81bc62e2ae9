using BackOffice.Core.Access;
using BackOffice.Core.Billing;
using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Coupons;
using BackOffice.Core.CreditNotes;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using BackOffice.Core.Pricing;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Taxes;
using BackOffice.Core.Thresholds;
using BackOffice.Core.Usage;
using BackOffice.Core.Wallets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using NodaTime;
using NodaTime.Text;

namespace BackOffice.Data.Mapping;

/// <summary>How values become columns, said once for every entity.</summary>
internal static class Conventions
{
    public static void Apply(ModelConfigurationBuilder builder, bool sqlite)
    {
        Id<ApiKeyId>(builder);
        Id<CustomerId>(builder);
        Id<MetricId>(builder);
        Id<PlanId>(builder);
        Id<SubscriptionId>(builder);
        Id<TaxRateId>(builder);
        Id<ImportId>(builder);
        Id<SavedMappingId>(builder);
        Id<BillingRunId>(builder);
        Id<InvoiceId>(builder);
        Id<CouponId>(builder);
        Id<AppliedCouponId>(builder);
        Id<WalletId>(builder);
        Id<WalletRuleId>(builder);
        Id<CreditNoteId>(builder);
        Id<AlertId>(builder);
        builder.Properties<Currency>().HaveConversion<CurrencyConverter>().HaveMaxLength(3);
        builder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(30);
        builder.Properties<InvoiceNumberFormat>().HaveConversion<NumberFormatConverter>().HaveMaxLength(60);
        builder.Properties<CouponTerms>().HaveConversion<CouponTermsConverter>();
        builder.Properties<WalletScope>().HaveConversion<WalletScopeConverter>();
        builder.Properties<TopUpLimits>().HaveConversion<JsonColumn<TopUpLimits>>();
        builder.Properties<Price>().HaveConversion<JsonColumn<Price>>();
        builder.Properties<PlanSettings>().HaveConversion<JsonColumn<PlanSettings>, JsonComparer<PlanSettings>>();
        builder.Properties<ChargeSettings>().HaveConversion<JsonColumn<ChargeSettings>, JsonComparer<ChargeSettings>>();
        builder.Properties<SubscriptionCourse>().HaveConversion<JsonColumn<SubscriptionCourse>, JsonComparer<SubscriptionCourse>>();
        builder.Properties<Address>().HaveConversion<JsonColumn<Address>>();
        builder.Properties<Party>().HaveConversion<JsonColumn<Party>>();
        builder.Properties<Person>().HaveConversion<JsonColumn<Person>>();
        builder.Properties<Withdrawal>().HaveConversion<JsonColumn<Withdrawal>>();
        builder.Properties<ImportReport>().HaveConversion<JsonColumn<ImportReport>, JsonComparer<ImportReport>>();
        builder
            .Properties<IReadOnlyList<PriceStep>>()
            .HaveConversion<JsonColumn<IReadOnlyList<PriceStep>>, JsonComparer<IReadOnlyList<PriceStep>>>();
        builder.Properties<LocalTime>().HaveConversion<LocalTimeConverter>().HaveMaxLength(8);
        if (sqlite)
        {
            // PostgreSQL has types for these, through NodaTime's plug-in.
            builder.Properties<Instant>().HaveConversion<InstantConverter>();
            builder.Properties<LocalDate>().HaveConversion<LocalDateConverter>().HaveMaxLength(10);
        }
    }

    private static void Id<TId>(ModelConfigurationBuilder builder)
        where TId : struct, IId<TId> => builder.Properties<TId>().HaveConversion<IdConverter<TId>>();
}

internal sealed class IdConverter<TId>() : ValueConverter<TId, Guid>(id => id.Value, value => From(value))
    where TId : struct, IId<TId>
{
    // An expression tree cannot call a static abstract.
    private static TId From(Guid value) => TId.From(value);
}

internal sealed class CurrencyConverter() : ValueConverter<Currency, string>(currency => currency.Code, code => Currency.Of(code));

internal sealed class NumberFormatConverter()
    : ValueConverter<InvoiceNumberFormat, string>(format => format.Pattern, text => InvoiceNumberFormat.Parse(text));

/// <summary>Microseconds since 1970, which PostgreSQL keeps too: what is read back is equal on both engines.</summary>
internal sealed class InstantConverter()
    : ValueConverter<Instant, long>(at => at.ToUnixTimeTicks() / 10, micros => Instant.FromUnixTimeTicks(micros * 10));

internal sealed class LocalDateConverter()
    : ValueConverter<LocalDate, string>(day => LocalDatePattern.Iso.Format(day), text => LocalDatePattern.Iso.Parse(text).Value);

internal sealed class LocalTimeConverter()
    : ValueConverter<LocalTime, string>(time => Pattern.Format(time), text => Pattern.Parse(text).Value)
{
    private static readonly LocalTimePattern Pattern = LocalTimePattern.CreateWithInvariantCulture("HH:mm:ss");
}
