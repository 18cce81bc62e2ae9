using BackOffice.Data.Identity;
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
    }
}
