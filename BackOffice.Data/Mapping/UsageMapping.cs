using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;
using BackOffice.Data.Usage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BackOffice.Data.Mapping;

internal sealed class ImportMapping : IEntityTypeConfiguration<Import>
{
    public void Configure(EntityTypeBuilder<Import> import)
    {
        import.ToTable("imports");
        import.Property(i => i.Id).ValueGeneratedNever();
        import.HasIndex(i => i.Number).IsUnique();
        import.Property(i => i.FileName).HasMaxLength(255);
        import.Property(i => i.Sha256).HasMaxLength(64);
        import.HasIndex(i => i.Sha256);
        import.HasRevision();
    }
}

internal sealed class ImportProblemMapping : IEntityTypeConfiguration<ImportProblem>
{
    public void Configure(EntityTypeBuilder<ImportProblem> problem)
    {
        problem.ToTable("import_problems");
        problem.Property(p => p.Code).HasMaxLength(60);
        problem.HasOne<Import>().WithMany().HasForeignKey(p => p.ImportId);
    }
}

internal sealed class StoredEventMapping : IEntityTypeConfiguration<StoredEvent>
{
    public void Configure(EntityTypeBuilder<StoredEvent> stored)
    {
        stored.ToTable("usage_events");
        stored.Property(e => e.Name).HasMaxLength(100);
        stored.Property(e => e.TransactionId).HasMaxLength(255);
        stored.HasIndex(e => new { e.SubscriptionId, e.TransactionId }).IsUnique(); // What is stored twice would be billed twice.
        stored.HasIndex(e => new { e.SubscriptionId, e.AtMicros });
        stored.HasIndex(e => e.ImportId);
        stored.HasOne<Subscription>().WithMany().HasForeignKey(e => e.SubscriptionId).OnDelete(DeleteBehavior.Restrict);
        stored.HasOne<Import>().WithMany().HasForeignKey(e => e.ImportId).OnDelete(DeleteBehavior.Restrict);
    }
}
