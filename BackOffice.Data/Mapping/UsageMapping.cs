using BackOffice.Core.Access;
using BackOffice.Core.Usage;
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
        import.HasOne<ApiKey>().WithMany().HasForeignKey(i => i.ApiKeyId).OnDelete(DeleteBehavior.Restrict);
        import.HasIndex(i => new { i.ApiKeyId, i.ReceivedOn, i.Part }).IsUnique(); // One record of a key's day takes events.
        import.HasRevision();
    }
}

internal sealed class SavedMappingMapping : IEntityTypeConfiguration<SavedMapping>
{
    public void Configure(EntityTypeBuilder<SavedMapping> mapping)
    {
        mapping.ToTable("saved_mappings");
        mapping.Property(m => m.Id).ValueGeneratedNever();
        mapping.Property(m => m.Name).HasMaxLength(100);
        mapping.HasIndex(m => m.Name).IsUnique();
        mapping.HasRevision();
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
