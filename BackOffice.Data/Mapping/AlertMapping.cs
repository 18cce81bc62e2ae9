using BackOffice.Core.Subscriptions;
using BackOffice.Core.Thresholds;
using BackOffice.Core.Wallets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BackOffice.Data.Mapping;

internal sealed class AlertMapping : IEntityTypeConfiguration<Alert>
{
    public void Configure(EntityTypeBuilder<Alert> alert)
    {
        alert.ToTable("alerts", table =>
            table.HasCheckConstraint("ck_alerts_one_subject", "(subscription_id IS NULL) <> (wallet_id IS NULL)"));
        alert.Property(a => a.Id).ValueGeneratedNever();
        alert.Property(a => a.Name).HasMaxLength(200);
        alert.Property(a => a.MetricCode).HasMaxLength(64);
        alert.Property(a => a.Levels).HasConversion<JsonColumn<AlertLevels>, JsonComparer<AlertLevels>>();
        alert.HasIndex(a => a.EndedAt);
        alert.HasOne<Subscription>().WithMany().HasForeignKey(a => a.SubscriptionId).OnDelete(DeleteBehavior.Restrict);
        alert.HasOne<Wallet>().WithMany().HasForeignKey(a => a.WalletId).OnDelete(DeleteBehavior.Restrict);
        alert.Ignore(a => a.IsMoney);
        alert.HasRevision();
    }
}

internal sealed class AlertEntryMapping : IEntityTypeConfiguration<AlertEntry>
{
    public void Configure(EntityTypeBuilder<AlertEntry> entry)
    {
        entry.ToTable("alert_entries");
        entry.Property(e => e.Id).ValueGeneratedNever();
        entry.HasIndex(e => new { e.AlertId, e.Look, e.Level }).IsUnique(); // A crossing is told once, by constraint.
        entry.HasIndex(e => e.At);
        entry.HasOne<Alert>().WithMany().HasForeignKey(e => e.AlertId).OnDelete(DeleteBehavior.Restrict);
        entry.Property(e => e.SeenAt).IsConcurrencyToken();
    }
}
