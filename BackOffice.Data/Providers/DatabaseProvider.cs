namespace BackOffice.Data.Providers;

/// <summary>Which engine holds the data; the configuration key is Database:Provider.</summary>
public enum DatabaseProvider
{
    Sqlite,
    PostgreSql,
}
