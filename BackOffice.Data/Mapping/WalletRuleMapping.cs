using System.Text.Json;
using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Wallets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using NodaTime;

namespace BackOffice.Data.Mapping;

internal sealed class WalletRuleMapping : IEntityTypeConfiguration<WalletRule>
{
    public void Configure(EntityTypeBuilder<WalletRule> rule)
    {
        rule.ToTable("wallet_rules", table => table.HasCheckConstraint("ck_wallet_rules_lasts", "lasts_days between 1 and 3650"));
        rule.Property(r => r.Id).ValueGeneratedNever();
        rule.Property(r => r.Rule).HasConversion<TopUpRuleConverter>();
        rule.Property(r => r.Trouble).HasMaxLength(500);
        rule.HasIndex(r => new { r.WalletId, r.EndedAt });
        rule.Ignore(r => r.Firings).Ignore(r => r.NextCrossing);
        rule.HasOne<Wallet>().WithMany().HasForeignKey(r => r.WalletId).OnDelete(DeleteBehavior.Restrict);
        rule.HasMany<TopUpFiring>("_firings").WithOne().HasForeignKey("WalletRuleId").IsRequired().OnDelete(DeleteBehavior.Restrict);
        rule.Navigation("_firings").AutoInclude(); // An aggregate is loaded whole or not at all.
        rule.HasRevision();
    }
}

internal sealed class TopUpFiringMapping : IEntityTypeConfiguration<TopUpFiring>
{
    public void Configure(EntityTypeBuilder<TopUpFiring> firing)
    {
        firing.ToTable("wallet_rule_firings");
        firing.Property(f => f.Id).ValueGeneratedNever();
        firing.Property(f => f.Occasion).HasMaxLength(30);
        firing.HasIndex("WalletRuleId", nameof(TopUpFiring.Occasion)).IsUnique(); // A day or a crossing is topped up once.
        firing.HasIndex("WalletRuleId", nameof(TopUpFiring.Position)).IsUnique();
        firing.HasOne<WalletGrant>().WithMany().HasForeignKey(f => f.Bought).OnDelete(DeleteBehavior.Restrict);
        firing.HasOne<WalletGrant>().WithMany().HasForeignKey(f => f.Granted).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>A rule as it is stored. Reading checks it again.</summary>
/// <param name="Every">The interval; null for a threshold.</param>
/// <param name="Anchor">The day the interval is counted from.</param>
/// <param name="Below">The threshold in credits; null for an interval.</param>
/// <param name="Target">What it fills up to; null for a fixed number of credits.</param>
internal sealed record TopUpRuleText(
    string? Every, LocalDate? Anchor, decimal? Below, decimal? Paid, decimal? Granted, decimal? Target, bool? TargetIsGranted,
    bool IgnoresLimits)
{
    public static TopUpRuleText Of(TopUpRule rule)
    {
        var every = rule.Trigger as EveryInterval;
        var top = rule.Method as FixedTopUp;
        var fill = rule.Method as TargetTopUp;
        return new(
            every?.Interval.ToString(), every?.Anchor, (rule.Trigger as BelowThreshold)?.Credits, top?.Paid, top?.Granted, fill?.Target,
            fill?.IsGranted, rule.IgnoresLimits);
    }

    public TopUpRule ToRule() => new(Trigger(), Method(), IgnoresLimits);

    private TopUpTrigger Trigger() => (Every, Anchor, Below) switch
    {
        ({ } every, { } anchor, null) => new EveryInterval(Enum.Parse<BillingInterval>(every), anchor),
        (null, null, { } credits) => new BelowThreshold(credits),
        _ => throw new RuleBroken("A rule of a wallet has either an interval with its first day or a threshold."),
    };

    private TopUpMethod Method() => (Paid, Granted, Target, TargetIsGranted) switch
    {
        ({ } paid, { } granted, null, null) => new FixedTopUp(paid, granted),
        (null, null, { } target, { } isGranted) => new TargetTopUp(target, isGranted),
        _ => throw new RuleBroken("A rule of a wallet adds either a number of credits or fills up to one."),
    };
}

internal sealed class TopUpRuleConverter() : ValueConverter<TopUpRule, string>(
    rule => JsonSerializer.Serialize(TopUpRuleText.Of(rule), DomainJson.Options),
    text => JsonSerializer.Deserialize<TopUpRuleText>(text, DomainJson.Options)!.ToRule());
