using BackOffice.Data;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Features.Catalog;

/// <summary>Counts what loading a catalogue file does.</summary>
internal sealed class CatalogTally(BackOfficeDb db)
{
    private int _created;
    private int _changed;
    private int _unchanged;

    public CatalogReport Report => new(_created, _changed, _unchanged);

    /// <summary>Stores something new.</summary>
    public void Add<T>(T entity)
        where T : class
    {
        db.Add(entity);
        _created++;
    }

    /// <summary>Something that was there, which may have been changed.</summary>
    public void Count<T>(T entity)
        where T : class => Count(db.Entry(entity).State == EntityState.Modified);

    public void Count(bool changed)
    {
        if (changed)
        {
            _changed++;
        }
        else
        {
            _unchanged++;
        }
    }
}
