using BackOffice.Data.Providers;
using BackOffice.Data.Usage;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BackOffice.Data.Migrations.PostgreSql
{
    /// <summary>Where it is kept which usage was taken back. On SQLite the usage file gets it when it is opened.</summary>
    [DbContext(typeof(PostgresDb))]
    [Migration("20261123120000_UndoneUsage")]
    public partial class UndoneUsage : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(UsageTables.Undone);

        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE usage_undone");
    }
}
