using BackOffice.Core.CreditNotes;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BackOffice.Data.Mapping;

internal sealed class CreditNoteMapping : IEntityTypeConfiguration<CreditNote>
{
    public void Configure(EntityTypeBuilder<CreditNote> note)
    {
        note.ToTable("credit_notes", table =>
        {
            table.HasCheckConstraint("ck_credit_notes_parts", "credit_minor + refund_minor + offset_minor = net_minor + tax_minor");
            table.HasCheckConstraint("ck_credit_notes_number", "(status in ('Issued', 'Voided')) = (number IS NOT NULL)");
            table.HasCheckConstraint("ck_credit_notes_balance", "balance_minor between 0 and credit_minor");
        });
        note.Property(n => n.Id).ValueGeneratedNever();
        note.Property(n => n.Number).HasMaxLength(50);
        note.HasIndex(n => n.Number).IsUnique(); // The last guard against two notes with one number.
        note.HasIndex(n => n.InvoiceId);
        note.Property(n => n.Description).HasMaxLength(500);
        note.Property(n => n.ReturnComment).HasMaxLength(500);
        note.HasOne<Invoice>().WithMany().HasForeignKey(n => n.InvoiceId).OnDelete(DeleteBehavior.Restrict);
        note.HasOne<Customer>().WithMany().HasForeignKey(n => n.CustomerId).OnDelete(DeleteBehavior.Restrict);
        note.Ignore(n => n.Lines).Ignore(n => n.Taxes).Ignore(n => n.Requests).Ignore(n => n.CreditStatus).Ignore(n => n.IsOpen);
        note.Ignore(n => n.Discount).Ignore(n => n.Net).Ignore(n => n.Tax).Ignore(n => n.Total).Ignore(n => n.Balance).Ignore(n => n.Split);
        note.HasMany<CreditNoteLine>("_lines").WithOne().HasForeignKey("CreditNoteId").IsRequired();
        note.HasMany<CreditNoteTax>("_taxes").WithOne().HasForeignKey("CreditNoteId").IsRequired();
        note.Navigation("_lines").AutoInclude(); // An aggregate is loaded whole or not at all.
        note.Navigation("_taxes").AutoInclude();
        note.HasRevision();
    }
}

internal sealed class CreditNoteLineMapping : IEntityTypeConfiguration<CreditNoteLine>
{
    public void Configure(EntityTypeBuilder<CreditNoteLine> line)
    {
        line.ToTable("credit_note_lines");
        line.Property(l => l.Id).ValueGeneratedNever();
        line.HasIndex("CreditNoteId", nameof(CreditNoteLine.InvoiceLine)).IsUnique();
        line.Ignore(l => l.Amount);
    }
}

internal sealed class CreditNoteTaxMapping : IEntityTypeConfiguration<CreditNoteTax>
{
    public void Configure(EntityTypeBuilder<CreditNoteTax> tax)
    {
        tax.ToTable("credit_note_taxes");
        tax.Property(t => t.Id).ValueGeneratedNever();
        tax.HasIndex("CreditNoteId", nameof(CreditNoteTax.Position)).IsUnique();
        tax.Ignore(t => t.Base).Ignore(t => t.Tax);
    }
}
