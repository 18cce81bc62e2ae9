using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using BackOffice.Data.Providers;

#nullable disable

namespace BackOffice.Data.Migrations.Sqlite
{
    /// <summary>
    /// SQLite changes a table's rules by building it anew, and the triggers that guard invoices would look for a table that is not there.
    /// They are taken off before and put back after (FrozenInvoices).
    /// </summary>
    [DbContext(typeof(SqliteDb))]
    [Migration("20261123004000_ThawInvoices")]
    public partial class ThawInvoices : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) => InvoiceTriggers.Drop(migrationBuilder);

        protected override void Down(MigrationBuilder migrationBuilder) => InvoiceTriggers.Create(migrationBuilder);
    }

    /// <summary>The invoices are guarded again.</summary>
    [DbContext(typeof(SqliteDb))]
    [Migration("20261123120002_FrozenInvoices")]
    public partial class FrozenInvoices : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) => InvoiceTriggers.Create(migrationBuilder);

        protected override void Down(MigrationBuilder migrationBuilder) => InvoiceTriggers.Drop(migrationBuilder);
    }

    /// <summary>What FrozenHistory made for invoices, their lines and taxes.</summary>
    internal static class InvoiceTriggers
    {
        private static readonly (string Table, string Event, string When, string Why)[] All =
        [
            ("invoices", "update", "OLD.status = 'Issued'", "An issued invoice never changes."),
            ("invoices", "delete", "OLD.status = 'Issued'", "An issued invoice never changes."),
            ("invoice_lines", "update", OfIssued("OLD"), "The lines of an issued invoice never change."),
            ("invoice_lines", "delete", OfIssued("OLD"), "The lines of an issued invoice never change."),
            ("invoice_lines", "insert", OfIssued("NEW"), "The lines of an issued invoice never change."),
            ("invoice_taxes", "update", OfIssued("OLD"), "The taxes of an issued invoice never change."),
            ("invoice_taxes", "delete", OfIssued("OLD"), "The taxes of an issued invoice never change."),
            ("invoice_taxes", "insert", OfIssued("NEW"), "The taxes of an issued invoice never change."),
        ];

        public static void Create(MigrationBuilder migrationBuilder)
        {
            foreach (var (table, on, when, why) in All)
            {
                migrationBuilder.Sql(
                    $"CREATE TRIGGER {table}_frozen_{on} BEFORE {on.ToUpperInvariant()} ON {table} "
                    + $"WHEN {when} BEGIN SELECT RAISE(ABORT, '{why}'); END;");
            }
        }

        public static void Drop(MigrationBuilder migrationBuilder)
        {
            foreach (var (table, on, _, _) in All)
            {
                migrationBuilder.Sql($"DROP TRIGGER IF EXISTS {table}_frozen_{on};");
            }
        }

        private static string OfIssued(string row) => $"(SELECT status FROM invoices WHERE id = {row}.invoice_id) = 'Issued'";
    }
}
