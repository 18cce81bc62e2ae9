using BackOffice.Core.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BackOffice.Data.Mapping;

internal sealed class ApiKeyMapping : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> key)
    {
        key.ToTable("api_keys", table => table.HasCheckConstraint("ck_api_keys_hash", "length(hash) = 64"));
        key.Property(k => k.Id).ValueGeneratedNever();
        key.Property(k => k.Name).HasMaxLength(ApiKey.MaxName);
        key.Property(k => k.Prefix).HasMaxLength(20);
        key.HasIndex(k => k.Prefix).IsUnique();
        key.Property(k => k.Hash).HasMaxLength(64);
        key.HasRevision();
    }
}
