using BackOffice.Data.Providers;

namespace BackOffice.Web.Hosting;

/// <summary>Where the data lives: the data directory and the database in it (or the PostgreSQL server).</summary>
/// <param name="Directory">Holds the SQLite files, uploads and whatever else must survive a restart.</param>
public sealed record DataPlace(string Directory, DatabaseProvider Provider, string ConnectionString)
{
    public static DataPlace From(IConfiguration settings, string contentRoot)
    {
        var directory = Path.GetFullPath(settings["DataDirectory"] is { Length: > 0 } set ? set : "data", contentRoot);
        var provider = settings.GetValue("Database:Provider", DatabaseProvider.Sqlite);
        var connection = settings["Database:ConnectionString"];
        if (string.IsNullOrEmpty(connection))
        {
            connection = provider == DatabaseProvider.Sqlite
                ? $"Data Source={Path.Combine(directory, "backoffice.db")}"
                : throw new InvalidOperationException("Database:ConnectionString is needed when Database:Provider is PostgreSql.");
        }

        return new DataPlace(directory, provider, connection);
    }
}
