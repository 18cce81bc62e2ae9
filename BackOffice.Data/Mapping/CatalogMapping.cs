using System.Globalization;
using BackOffice.Core.Catalog;
using BackOffice.Core.Customers;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace BackOffice.Data.Mapping;

internal sealed class MetricMapping : IEntityTypeConfiguration<Metric>
{
    public void Configure(EntityTypeBuilder<Metric> metric)
    {
        metric.ToTable("metrics");
        metric.Property(m => m.Id).ValueGeneratedNever();
        metric.Property(m => m.Code).HasMaxLength(64);
        metric.HasIndex(m => m.Code).IsUnique();
        metric.Property(m => m.Name).HasMaxLength(200);
        metric.Property(m => m.Expression).HasConversion<ExpressionConverter>().HasMaxLength(1000);
        metric.Property(m => m.Rounding).HasConversion<RoundingConverter>().HasMaxLength(20);
        metric.Property(m => m.FilterKeys)
            .HasConversion<JsonColumn<IReadOnlyList<FilterKey>>, JsonComparer<IReadOnlyList<FilterKey>>>().HasDefaultValueSql("'[]'");
        metric.HasRevision();
    }
}

/// <summary>An expression is stored as it was written and read again when it is loaded.</summary>
internal sealed class ExpressionConverter()
    : ValueConverter<MetricExpression, string>(expression => expression.Text, text => MetricExpression.Of(text));

/// <summary>Function and decimal places: "Ceil 2".</summary>
internal sealed class RoundingConverter() : ValueConverter<QuantityRounding, string>(rounding => Write(rounding), text => Read(text))
{
    private static string Write(QuantityRounding rounding) =>
        $"{rounding.Function} {rounding.Precision.ToString(CultureInfo.InvariantCulture)}";

    private static QuantityRounding Read(string text) =>
        new(Enum.Parse<RoundingFunction>(text.Split(' ')[0]), int.Parse(text.Split(' ')[1], CultureInfo.InvariantCulture));
}

internal sealed class PlanMapping : IEntityTypeConfiguration<Plan>
{
    public void Configure(EntityTypeBuilder<Plan> plan)
    {
        plan.ToTable("plans");
        plan.Property(p => p.Id).ValueGeneratedNever();
        plan.Property(p => p.Code).HasMaxLength(64);
        plan.HasIndex(p => p.Code).IsUnique();
        plan.Property(p => p.Name).HasMaxLength(200);
        plan.Ignore(p => p.Versions).Ignore(p => p.Draft).Ignore(p => p.Latest);
        plan.HasMany<PlanVersion>("_versions").WithOne().HasForeignKey("PlanId").IsRequired();
        plan.Navigation("_versions").AutoInclude();
        plan.HasRevision();
    }
}

internal sealed class PlanVersionMapping : IEntityTypeConfiguration<PlanVersion>
{
    public void Configure(EntityTypeBuilder<PlanVersion> version)
    {
        version.ToTable("plan_versions", table => table.HasCheckConstraint("ck_plan_versions_fee", "base_fee_minor >= 0"));
        version.Property(v => v.Id).ValueGeneratedNever();
        version.Property(v => v.Settings).HasDefaultValue(PlanSettings.Plain); // Versions from before there were any.
        version.HasAlternateKey("PlanId", nameof(PlanVersion.Number));
        version.Ignore(v => v.BaseFee).Ignore(v => v.IsPublished).Ignore(v => v.Charges);
        version.HasMany<Charge>("_charges").WithOne().HasForeignKey("PlanVersionId").IsRequired();
        version.Navigation("_charges").AutoInclude();
    }
}

internal sealed class ChargeMapping : IEntityTypeConfiguration<Charge>
{
    public void Configure(EntityTypeBuilder<Charge> charge)
    {
        charge.ToTable("charges");
        charge.Property(c => c.Id).ValueGeneratedNever();
        charge.Property(c => c.Name).HasMaxLength(200);
        charge.Property(c => c.Settings).HasDefaultValue(ChargeSettings.Plain);
        charge.HasOne<Metric>().WithMany().HasForeignKey(c => c.MetricId).OnDelete(DeleteBehavior.Restrict);
        charge.HasIndex("PlanVersionId", nameof(Charge.MetricId)).IsUnique(); // A metric charged twice would be billed twice.
    }
}

internal sealed class SubscriptionMapping : IEntityTypeConfiguration<Subscription>
{
    public void Configure(EntityTypeBuilder<Subscription> subscription)
    {
        subscription.ToTable("subscriptions");
        subscription.Property(s => s.Id).ValueGeneratedNever();
        subscription.Property(s => s.Code).HasMaxLength(64);
        subscription.HasIndex(s => s.Code).IsUnique();
        subscription.Property(s => s.Course).HasDefaultValue(SubscriptionCourse.Plain);
        subscription.HasOne<Customer>().WithMany().HasForeignKey(s => s.CustomerId).OnDelete(DeleteBehavior.Restrict);
        subscription.HasOne<PlanVersion>().WithMany().HasForeignKey(s => new { s.PlanId, s.PlanVersion })
            .HasPrincipalKey("PlanId", nameof(PlanVersion.Number)).OnDelete(DeleteBehavior.Restrict);
        subscription.HasRevision();
    }
}
