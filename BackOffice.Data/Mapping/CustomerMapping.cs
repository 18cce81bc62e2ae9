using BackOffice.Core.Customers;
using BackOffice.Core.Taxes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BackOffice.Data.Mapping;

internal sealed class CompanyMapping : IEntityTypeConfiguration<Company>
{
    public void Configure(EntityTypeBuilder<Company> company)
    {
        company.ToTable("company", table => table.HasCheckConstraint("ck_company_one", "id = 1"));
        company.Property(c => c.Id).ValueGeneratedNever();
        company.Property(c => c.Name).HasMaxLength(200);
        company.Property(c => c.ZoneId).HasMaxLength(60);
        company.Ignore(c => c.Zone);
        company.HasRevision();
    }
}

internal sealed class CustomerMapping : IEntityTypeConfiguration<Customer>
{
    public void Configure(EntityTypeBuilder<Customer> customer)
    {
        customer.ToTable("customers");
        customer.Property(c => c.Id).ValueGeneratedNever();
        customer.Property(c => c.Code).HasMaxLength(64);
        customer.HasIndex(c => c.Code).IsUnique();
        customer.Property(c => c.Name).HasMaxLength(200);
        customer.HasIndex(c => c.Name);
        customer.Property(c => c.ZoneId).HasMaxLength(60);
        customer.HasOne<TaxRate>().WithMany().HasForeignKey(c => c.TaxCode).HasPrincipalKey(r => r.Code).OnDelete(DeleteBehavior.Restrict);
        customer.Ignore(c => c.Zone);
        customer.HasRevision();
    }
}

internal sealed class TaxRateMapping : IEntityTypeConfiguration<TaxRate>
{
    public void Configure(EntityTypeBuilder<TaxRate> rate)
    {
        rate.ToTable("tax_rates");
        rate.Property(r => r.Id).ValueGeneratedNever();
        rate.Property(r => r.Code).HasMaxLength(64);
        rate.HasAlternateKey(r => r.Code);
        rate.Property(r => r.Name).HasMaxLength(60);
        rate.Property(r => r.Country).HasMaxLength(2);
        rate.Ignore(r => r.Percentages);
        rate.HasMany<TaxPercentage>("_percentages").WithOne().HasForeignKey("TaxRateId").IsRequired();
        rate.Navigation("_percentages").AutoInclude();
        rate.HasRevision();
    }
}

internal sealed class TaxPercentageMapping : IEntityTypeConfiguration<TaxPercentage>
{
    public void Configure(EntityTypeBuilder<TaxPercentage> percentage)
    {
        percentage.ToTable("tax_percentages");
        percentage.Property(p => p.Id).ValueGeneratedNever();
        percentage.HasIndex("TaxRateId", nameof(TaxPercentage.ValidFrom)).IsUnique(); // One percentage a day.
    }
}
