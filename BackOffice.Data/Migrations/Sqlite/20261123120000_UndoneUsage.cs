using BackOffice.Data.Providers;
using BackOffice.Data.Usage;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BackOffice.Data.Migrations.Sqlite
{
    /// <summary>Nothing to do: the table lies in the usage file, which gets it when it is opened, see <see cref="UsageFile"/>.</summary>
    [DbContext(typeof(SqliteDb))]
    [Migration("20261123120000_UndoneUsage")]
    public partial class UndoneUsage : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // See above.
        }
    }
}
