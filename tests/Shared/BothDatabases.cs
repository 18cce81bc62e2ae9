using BackOffice.Data.Providers;

namespace BackOffice.Testing;

/// <summary>The rows of a theory that runs on both engines: <c>[Theory, ClassData&lt;BothDatabases&gt;]</c>.</summary>
public sealed class BothDatabases() : TheoryData<DatabaseProvider>(DatabaseProvider.Sqlite, DatabaseProvider.PostgreSql);
