using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BackOffice.Data.Mapping;

/// <summary>A count of changes on each aggregate, so that a stale copy cannot overwrite a newer one. SQLite has none.</summary>
public static class Revisions
{
    private const string Name = "Revision";

    /// <summary>The revision of a loaded aggregate, for a page to remember what its reader saw.</summary>
    public static int RevisionOf<T>(this BackOfficeDb db, T aggregate)
        where T : class => (int)db.Entry(aggregate).Property(Name).CurrentValue!;

    /// <summary>Makes saving fail unless the stored aggregate is still the one somebody saw.</summary>
    public static void Expect<T>(this BackOfficeDb db, T aggregate, int revision)
        where T : class => db.Entry(aggregate).Property(Name).OriginalValue = revision;

    /// <summary>Counts a change that touches only parts of an aggregate, not its own row.</summary>
    public static void Touch<T>(this BackOfficeDb db, T aggregate)
        where T : class => db.Entry(aggregate).Property(Name).IsModified = true;

    internal static void HasRevision<T>(this EntityTypeBuilder<T> entity)
        where T : class => entity.Property<int>(Name).IsConcurrencyToken();

    internal static void Bump(ChangeTracker tracker)
    {
        tracker.DetectChanges();
        foreach (var entry in tracker.Entries().Where(e => e.State == EntityState.Modified && e.Metadata.FindProperty(Name) is not null))
        {
            var revision = entry.Property(Name);
            revision.CurrentValue = (int)revision.OriginalValue! + 1;
        }
    }
}
