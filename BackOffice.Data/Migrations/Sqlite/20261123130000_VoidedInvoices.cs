using BackOffice.Data.Providers;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BackOffice.Data.Migrations.Sqlite
{
    /// <summary>
    /// SQLite builds the table of invoices anew for what a voided invoice needs: its guards are taken off before and come back with
    /// VoidedInvoices.
    /// </summary>
    [DbContext(typeof(SqliteDb))]
    [Migration("20261123025500_ThawInvoicesToVoid")]
    public partial class ThawInvoicesToVoid : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) => InvoiceTriggers.Drop(migrationBuilder);
    }

    /// <summary>
    /// An issued invoice changes once at most: it is voided, and nothing of it but that. A voided one never changes, nor do the lines and
    /// taxes of either.
    /// </summary>
    [DbContext(typeof(SqliteDb))]
    [Migration("20261123130000_VoidedInvoices")]
    public partial class VoidedInvoices : Migration
    {
        private static readonly string[] Kept =
        [
            "id", "approved_at", "approved_by", "buyer", "currency", "customer_id", "discount_minor",
            "discounts", "due_at", "due_on", "issued_by", "issued_on", "number", "payment_days",
            "period_end", "period_start", "prepared_at", "prepared_by", "return_comment", "run_id", "seller",
            "settled_minor", "settlements", "subtotal_minor", "tax_minor", "tax_note", "total_minor", "zone_id",
            "preparers", "usage_through", "leaves_out_late", "purchase",
        ];

        private static readonly string Voiding =
            "OLD.status = 'Issued' AND NEW.status = 'Voided' AND " + string.Join(" AND ", Kept.Select(column => $"OLD.{column} IS NEW.{column}"));

        private static readonly (string Table, string Event, string When, string Why)[] All =
        [
            ("invoices", "update", $"OLD.status IN ('Issued', 'Voided') AND NOT ({Voiding})", "An issued invoice never changes."),
            ("invoices", "delete", "OLD.status IN ('Issued', 'Voided')", "An issued invoice never changes."),
            ("invoice_lines", "update", OfDocument("OLD"), "The lines of an issued invoice never change."),
            ("invoice_lines", "delete", OfDocument("OLD"), "The lines of an issued invoice never change."),
            ("invoice_lines", "insert", OfDocument("NEW"), "The lines of an issued invoice never change."),
            ("invoice_taxes", "update", OfDocument("OLD"), "The taxes of an issued invoice never change."),
            ("invoice_taxes", "delete", OfDocument("OLD"), "The taxes of an issued invoice never change."),
            ("invoice_taxes", "insert", OfDocument("NEW"), "The taxes of an issued invoice never change."),
        ];

        protected override void Up(MigrationBuilder migrationBuilder)
        {
            InvoiceTriggers.Drop(migrationBuilder);
            foreach (var (table, on, when, why) in All)
            {
                migrationBuilder.Sql(
                    $"CREATE TRIGGER {table}_frozen_{on} BEFORE {on.ToUpperInvariant()} ON {table} "
                    + $"WHEN {when} BEGIN SELECT RAISE(ABORT, '{why}'); END;");
            }
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            InvoiceTriggers.Drop(migrationBuilder);
            InvoiceTriggers.Create(migrationBuilder);
        }

        private static string OfDocument(string row) =>
            $"(SELECT status FROM invoices WHERE id = {row}.invoice_id) IN ('Issued', 'Voided')";
    }
}
