using BackOffice.Core.Billing;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using BackOffice.Core.Subscriptions;
using BackOffice.Data.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BackOffice.Data.Mapping;

internal sealed class BillingRunMapping : IEntityTypeConfiguration<BillingRun>
{
    public void Configure(EntityTypeBuilder<BillingRun> run)
    {
        run.ToTable("billing_runs");
        run.Property(r => r.Id).ValueGeneratedNever();
        run.HasIndex(r => r.Number).IsUnique();
        run.HasIndex(r => r.ScheduledFor).IsUnique(); // Two servers whose schedules fire together make one run.
        run.HasRevision();
    }
}

internal sealed class RunItemMapping : IEntityTypeConfiguration<RunItem>
{
    public void Configure(EntityTypeBuilder<RunItem> item)
    {
        item.ToTable("run_items");
        item.Property(i => i.Id).ValueGeneratedNever();
        item.HasIndex(i => new { i.RunId, i.CustomerId }).IsUnique();
        item.Property(i => i.Status).IsConcurrencyToken();
        item.Property(i => i.Reason).HasMaxLength(1000);
        item.HasOne<BillingRun>().WithMany().HasForeignKey(i => i.RunId);
        item.HasOne<Customer>().WithMany().HasForeignKey(i => i.CustomerId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class BilledPeriodMapping : IEntityTypeConfiguration<BilledPeriod>
{
    public void Configure(EntityTypeBuilder<BilledPeriod> period)
    {
        period.ToTable("billed_periods");
        period.Property(p => p.Id).ValueGeneratedNever();
        period.Property(p => p.ClosesUsage).HasDefaultValue(true).HasSentinel(true); // Rows from before closed all of their period.
        period.Ignore(p => p.Period);
        period.HasIndex(p => new { p.SubscriptionId, p.Kind, p.Start, p.End, p.Generation }).IsUnique(); // Billed once, by constraint.
        period.HasIndex(p => p.InvoiceId);
        period.HasOne<Subscription>().WithMany().HasForeignKey(p => p.SubscriptionId).OnDelete(DeleteBehavior.Restrict);
        period.HasOne<Invoice>().WithMany().HasForeignKey(p => p.InvoiceId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class BillingScheduleMapping : IEntityTypeConfiguration<BillingSchedule>
{
    public void Configure(EntityTypeBuilder<BillingSchedule> schedule)
    {
        schedule.ToTable("billing_schedule", table => table.HasCheckConstraint("ck_billing_schedule_one", "id = 1"));
        schedule.Property(s => s.Id).ValueGeneratedNever();
        schedule.Property(s => s.ZoneId).HasMaxLength(60);
        schedule.HasRevision();
    }
}

internal sealed class AuditMapping : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> entry)
    {
        entry.ToTable("audit_entries");
        entry.Property(e => e.Action).HasMaxLength(60);
        entry.Property(e => e.Subject).HasMaxLength(60);
        entry.Property(e => e.Detail).HasMaxLength(1000);
        entry.HasIndex(e => new { e.Subject, e.SubjectId });
        entry.HasIndex(e => e.At);
    }
}
