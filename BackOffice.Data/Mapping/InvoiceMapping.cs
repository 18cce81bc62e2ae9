using BackOffice.Core.Billing;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using BackOffice.Core.Taxes;
using BackOffice.Core.Wallets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BackOffice.Data.Mapping;

internal sealed class InvoiceMapping : IEntityTypeConfiguration<Invoice>
{
    public void Configure(EntityTypeBuilder<Invoice> invoice)
    {
        invoice.ToTable("invoices", table =>
        {
            table.HasCheckConstraint("ck_invoices_total", "total_minor = subtotal_minor - discount_minor + tax_minor");
            table.HasCheckConstraint("ck_invoices_discount", "discount_minor >= 0");
            table.HasCheckConstraint("ck_invoices_settled", "settled_minor >= 0 and (settled_minor = 0 or settled_minor <= total_minor)");
            table.HasCheckConstraint("ck_invoices_number", "(status in ('Issued', 'Voided')) = (number IS NOT NULL)");
            table.HasCheckConstraint("ck_invoices_voided", "(status = 'Voided') = (voided IS NOT NULL)");
            table.HasCheckConstraint("ck_invoices_again", "NOT is_billed_again OR status = 'Voided'");
            table.HasCheckConstraint("ck_invoices_period", "period_start < period_end");
        });
        invoice.Property(i => i.Id).ValueGeneratedNever();
        invoice.Property(i => i.Number).HasMaxLength(35);
        invoice.HasIndex(i => i.Number).IsUnique(); // The last guard against two invoices with one number.
        invoice.Property(i => i.ZoneId).HasMaxLength(60);
        invoice.Property(i => i.IsBilledAgain).HasDefaultValue(false);
        invoice.Property(i => i.LeavesOutLate).HasDefaultValue(false);
        invoice.HasOne<Customer>().WithMany().HasForeignKey(i => i.CustomerId).OnDelete(DeleteBehavior.Restrict);
        invoice.HasIndex(i => new { i.Status, i.Id });
        invoice.HasIndex(i => i.RunId);
        invoice.HasOne<WalletGrant>().WithMany().HasForeignKey(i => i.Purchase).OnDelete(DeleteBehavior.Restrict);
        invoice.HasIndex(i => i.Purchase).IsUnique(); // Credits are sold once.
        invoice.Ignore(i => i.Lines).Ignore(i => i.Taxes).Ignore(i => i.Preparers).Ignore(i => i.Period);
        invoice.Ignore(i => i.Subtotal).Ignore(i => i.Tax).Ignore(i => i.Total);
        invoice.Ignore(i => i.Discount).Ignore(i => i.Settled).Ignore(i => i.Due);
        invoice.Property(i => i.Discounts)
            .HasConversion<JsonColumn<IReadOnlyList<LineDiscount>>, JsonComparer<IReadOnlyList<LineDiscount>>>()
            .HasDefaultValueSql("'[]'"); // Documents from before had none.
        invoice.Property(i => i.Settlements).HasConversion<JsonColumn<IReadOnlyList<Settled>>, JsonComparer<IReadOnlyList<Settled>>>()
            .HasDefaultValueSql("'[]'");
        invoice.HasMany<InvoiceLine>("_lines").WithOne().HasForeignKey("InvoiceId").IsRequired();
        invoice.HasMany<InvoiceTax>("_taxes").WithOne().HasForeignKey("InvoiceId").IsRequired();
        invoice.Navigation("_lines").AutoInclude(); // An aggregate is loaded whole or not at all.
        invoice.Navigation("_taxes").AutoInclude();
        invoice.Property<List<Guid>>("_preparers").HasColumnName("preparers").HasConversion(
            new JsonColumn<List<Guid>>(),
            new ValueComparer<List<Guid>>((a, b) => a!.SequenceEqual(b!), list => list.Count, list => list.ToList()));
        invoice.HasRevision();
    }
}

internal sealed class InvoiceLineMapping : IEntityTypeConfiguration<InvoiceLine>
{
    public void Configure(EntityTypeBuilder<InvoiceLine> line)
    {
        line.ToTable("invoice_lines");
        line.Property(l => l.Id).ValueGeneratedNever();
        line.HasIndex("InvoiceId", nameof(InvoiceLine.Position)).IsUnique();
        line.Ignore(l => l.Period).Ignore(l => l.Amount);
        line.Property(l => l.Group).HasColumnName("usage_group"); // "group" is a word of SQL.
        line.Property(l => l.Taxes).HasConversion<JsonColumn<IReadOnlyList<LineTax>>, JsonComparer<IReadOnlyList<LineTax>>>()
            .HasDefaultValueSql("'[]'");
    }
}

internal sealed class InvoiceTaxMapping : IEntityTypeConfiguration<InvoiceTax>
{
    public void Configure(EntityTypeBuilder<InvoiceTax> tax)
    {
        tax.ToTable("invoice_taxes");
        tax.Property(t => t.Id).ValueGeneratedNever();
        tax.HasIndex("InvoiceId", nameof(InvoiceTax.Position)).IsUnique();
        tax.Ignore(t => t.Base).Ignore(t => t.Tax);
    }
}

internal sealed class NumberCounterMapping : IEntityTypeConfiguration<NumberCounter>
{
    public void Configure(EntityTypeBuilder<NumberCounter> counter)
    {
        counter.ToTable("number_counters");
        counter.HasKey(c => new { c.Series, c.Year });
        counter.Property(c => c.Series).HasMaxLength(30);
    }
}
