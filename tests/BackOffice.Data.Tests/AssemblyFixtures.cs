[assembly: AssemblyFixture(typeof(BackOffice.Testing.PostgresServer))]
