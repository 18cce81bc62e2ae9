using BackOffice.Data.Providers;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BackOffice.Data.Migrations.PostgreSql
{
    /// <summary>Nothing to do here: PostgreSQL changes a table's rules in place. It keeps both engines' migrations alike.</summary>
    [DbContext(typeof(PostgresDb))]
    [Migration("20261123004000_ThawInvoices")]
    public partial class ThawInvoices : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
        }
    }

    /// <summary>Nothing to do here: the guards of invoices were never taken off.</summary>
    [DbContext(typeof(PostgresDb))]
    [Migration("20261123120002_FrozenInvoices")]
    public partial class FrozenInvoices : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
        }
    }
}
