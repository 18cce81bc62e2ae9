using System.Text.Json;
using BackOffice.Core.Customers;
using BackOffice.Core.Wallets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace BackOffice.Data.Mapping;

internal sealed class WalletMapping : IEntityTypeConfiguration<Wallet>
{
    public void Configure(EntityTypeBuilder<Wallet> wallet)
    {
        wallet.ToTable("wallets", table => table.HasCheckConstraint("ck_wallets_priority", "priority between 1 and 50"));
        wallet.Property(w => w.Id).ValueGeneratedNever();
        wallet.Property(w => w.Code).HasMaxLength(64);
        wallet.HasIndex(w => new { w.CustomerId, w.Code }).IsUnique();
        wallet.Property(w => w.Name).HasMaxLength(200);
        wallet.Ignore(w => w.Rate).Ignore(w => w.Held).Ignore(w => w.Pending).Ignore(w => w.TakesBack);
        wallet.Ignore(w => w.Grants).Ignore(w => w.Entries);
        wallet.HasOne<Customer>().WithMany().HasForeignKey(w => w.CustomerId).OnDelete(DeleteBehavior.Restrict);
        wallet.HasMany<WalletGrant>("_grants").WithOne().HasForeignKey("WalletId").IsRequired();
        wallet.HasMany<WalletEntry>("_entries").WithOne().HasForeignKey("WalletId").IsRequired();
        wallet.Navigation("_grants").AutoInclude(); // An aggregate is loaded whole or not at all.
        wallet.Navigation("_entries").AutoInclude();
        wallet.HasRevision();
    }
}

internal sealed class WalletGrantMapping : IEntityTypeConfiguration<WalletGrant>
{
    public void Configure(EntityTypeBuilder<WalletGrant> grant)
    {
        // The last guard: whatever the program does, no grant gives more than it holds.
        grant.ToTable("wallet_grants", table => table.HasCheckConstraint("ck_wallet_grants_left", "left_minor between 0 and amount_minor"));
        grant.Property(g => g.Id).ValueGeneratedNever();
        grant.Property(g => g.Name).HasMaxLength(200);
        grant.HasIndex("WalletId", nameof(WalletGrant.Position)).IsUnique();
        grant.HasIndex(g => g.ExpiresAt);
        grant.Ignore(g => g.Amount).Ignore(g => g.Left).Ignore(g => g.Key).Ignore(g => g.IsInvoiceIssued);
    }
}

internal sealed class WalletEntryMapping : IEntityTypeConfiguration<WalletEntry>
{
    public void Configure(EntityTypeBuilder<WalletEntry> entry)
    {
        entry.ToTable("wallet_entries", table => table.HasCheckConstraint("ck_wallet_entries_balance", "balance_minor >= 0"));
        entry.Property(e => e.Id).ValueGeneratedNever();
        entry.Property(e => e.Reference).HasMaxLength(200);
        entry.HasIndex("WalletId", nameof(WalletEntry.Position)).IsUnique(); // Two movements at once cannot both be the next one.
        entry.HasIndex(e => e.Reference);
        entry.Ignore(e => e.Parts).Ignore(e => e.Amount).Ignore(e => e.Balance).Ignore(e => e.IsBreakage);
        entry.HasMany<WalletEntryPart>("_parts").WithOne().HasForeignKey("WalletEntryId").IsRequired();
        entry.Navigation("_parts").AutoInclude();
    }
}

internal sealed class WalletEntryPartMapping : IEntityTypeConfiguration<WalletEntryPart>
{
    public void Configure(EntityTypeBuilder<WalletEntryPart> part)
    {
        part.ToTable("wallet_entry_parts", table => table.HasCheckConstraint("ck_wallet_entry_parts_amount", "amount_minor > 0"));
        part.Property(p => p.Id).ValueGeneratedNever();
        part.Property(p => p.GrantInWords).HasMaxLength(60);
        part.HasIndex("WalletEntryId", nameof(WalletEntryPart.Position)).IsUnique();
        part.HasOne<WalletGrant>().WithMany().HasForeignKey(p => p.GrantId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>Which lines a wallet pays, as it is stored. Reading checks it again.</summary>
internal sealed record WalletScopeText(IReadOnlyList<string>? Kinds, IReadOnlyList<string>? Metrics)
{
    public static WalletScopeText Of(WalletScope scope) => new(
        scope.Kinds.Count == 0 ? null : [.. scope.Kinds.Select(kind => kind.ToString())],
        scope.MetricCodes.Count == 0 ? null : scope.MetricCodes);

    public WalletScope ToScope() => WalletScope.Of([.. (Kinds ?? []).Select(Enum.Parse<PaidFor>)], Metrics ?? []);
}

internal sealed class WalletScopeConverter() : ValueConverter<WalletScope, string>(
    scope => JsonSerializer.Serialize(WalletScopeText.Of(scope), DomainJson.Options),
    text => JsonSerializer.Deserialize<WalletScopeText>(text, DomainJson.Options)!.ToScope());
