using System.Data.Common;
using BackOffice.Core.Access;
using BackOffice.Core.Billing;
using BackOffice.Core.Catalog;
using BackOffice.Core.Coupons;
using BackOffice.Core.CreditNotes;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Taxes;
using BackOffice.Core.Thresholds;
using BackOffice.Core.Usage;
using BackOffice.Core.Wallets;
using BackOffice.Data.Audit;
using BackOffice.Data.Identity;
using BackOffice.Data.Mapping;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Data;

/// <summary>The one database. Use cases open it through <see cref="IDbContextFactory{TContext}"/>, one context per operation.</summary>
public abstract class BackOfficeDb(DbContextOptions options)
    : IdentityDbContext<AppUser, IdentityRole<Guid>, Guid>(options), IDataProtectionKeyContext
{
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    public DbSet<Company> Companies => Set<Company>();

    public DbSet<Customer> Customers => Set<Customer>();

    public DbSet<Metric> Metrics => Set<Metric>();

    public DbSet<Plan> Plans => Set<Plan>();

    public DbSet<Subscription> Subscriptions => Set<Subscription>();

    public DbSet<Coupon> Coupons => Set<Coupon>();

    public DbSet<AppliedCoupon> AppliedCoupons => Set<AppliedCoupon>();

    public DbSet<Wallet> Wallets => Set<Wallet>();

    public DbSet<WalletRule> WalletRules => Set<WalletRule>();

    public DbSet<Alert> Alerts => Set<Alert>();

    public DbSet<AlertEntry> AlertEntries => Set<AlertEntry>();

    public DbSet<TaxRate> TaxRates => Set<TaxRate>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<Import> Imports => Set<Import>();

    public DbSet<SavedMapping> SavedMappings => Set<SavedMapping>();

    public DbSet<ImportProblem> ImportProblems => Set<ImportProblem>();

    public DbSet<BillingRun> Runs => Set<BillingRun>();

    public DbSet<RunItem> RunItems => Set<RunItem>();

    public DbSet<BilledPeriod> BilledPeriods => Set<BilledPeriod>();

    public DbSet<Invoice> Invoices => Set<Invoice>();

    public DbSet<CreditNote> CreditNotes => Set<CreditNote>();

    public DbSet<BillingSchedule> Schedules => Set<BillingSchedule>();

    public DbSet<NumberCounter> NumberCounters => Set<NumberCounter>();

    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    /// <summary>Where usage is read instead of here; null as long as nobody wants to see what a writer has not committed.</summary>
    internal DbConnection? UsageConnection { get; set; }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        Revisions.Bump(ChangeTracker);
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        Revisions.Bump(ChangeTracker);
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        Conventions.Apply(configurationBuilder, Database.IsSqlite());

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        if (builder.Model.FindEntityType(typeof(IdentityUserPasskey<Guid>)) is null)
        {
            // EF caches the model for the process: one context built without the option would spoil all the others.
            throw new InvalidOperationException("IdentityOptions.Stores.SchemaVersion is not 3: register with AddBackOfficeDb.");
        }

        builder.Entity<AppUser>().Property(u => u.DisplayName).HasMaxLength(200);
        builder.ApplyConfigurationsFromAssembly(typeof(BackOfficeDb).Assembly);
        SnakeCase.Apply(builder);
    }
}
