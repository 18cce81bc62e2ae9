using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BackOffice.Data.Migrations.Sqlite
{
    /// <summary>What is history is protected by the database itself, from our own mistakes and from a shell.</summary>
    public partial class FrozenHistory : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
            CREATE TRIGGER invoices_frozen_update BEFORE UPDATE ON invoices
            WHEN OLD.status = 'Issued' BEGIN SELECT RAISE(ABORT, 'An issued invoice never changes.'); END;
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER invoices_frozen_delete BEFORE DELETE ON invoices
            WHEN OLD.status = 'Issued' BEGIN SELECT RAISE(ABORT, 'An issued invoice never changes.'); END;
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER invoice_lines_frozen_update BEFORE UPDATE ON invoice_lines
            WHEN (SELECT status FROM invoices WHERE id = OLD.invoice_id) = 'Issued' BEGIN SELECT RAISE(ABORT, 'The lines of an issued invoice never change.'); END;
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER invoice_lines_frozen_delete BEFORE DELETE ON invoice_lines
            WHEN (SELECT status FROM invoices WHERE id = OLD.invoice_id) = 'Issued' BEGIN SELECT RAISE(ABORT, 'The lines of an issued invoice never change.'); END;
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER invoice_lines_frozen_insert BEFORE INSERT ON invoice_lines
            WHEN (SELECT status FROM invoices WHERE id = NEW.invoice_id) = 'Issued' BEGIN SELECT RAISE(ABORT, 'The lines of an issued invoice never change.'); END;
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER invoice_taxes_frozen_update BEFORE UPDATE ON invoice_taxes
            WHEN (SELECT status FROM invoices WHERE id = OLD.invoice_id) = 'Issued' BEGIN SELECT RAISE(ABORT, 'The taxes of an issued invoice never change.'); END;
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER invoice_taxes_frozen_delete BEFORE DELETE ON invoice_taxes
            WHEN (SELECT status FROM invoices WHERE id = OLD.invoice_id) = 'Issued' BEGIN SELECT RAISE(ABORT, 'The taxes of an issued invoice never change.'); END;
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER invoice_taxes_frozen_insert BEFORE INSERT ON invoice_taxes
            WHEN (SELECT status FROM invoices WHERE id = NEW.invoice_id) = 'Issued' BEGIN SELECT RAISE(ABORT, 'The taxes of an issued invoice never change.'); END;
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER plan_versions_frozen_update BEFORE UPDATE ON plan_versions
            WHEN OLD.published_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'A published plan version never changes.'); END;
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER plan_versions_frozen_delete BEFORE DELETE ON plan_versions
            WHEN OLD.published_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'A published plan version never changes.'); END;
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER charges_frozen_update BEFORE UPDATE ON charges
            WHEN (SELECT published_at FROM plan_versions WHERE id = OLD.plan_version_id) IS NOT NULL BEGIN SELECT RAISE(ABORT, 'The charges of a published plan version never change.'); END;
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER charges_frozen_delete BEFORE DELETE ON charges
            WHEN (SELECT published_at FROM plan_versions WHERE id = OLD.plan_version_id) IS NOT NULL BEGIN SELECT RAISE(ABORT, 'The charges of a published plan version never change.'); END;
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER tax_percentages_frozen_update BEFORE UPDATE ON tax_percentages
            WHEN 1 = 1 BEGIN SELECT RAISE(ABORT, 'A tax percentage never changes; add one from a later day.'); END;
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER tax_percentages_frozen_delete BEFORE DELETE ON tax_percentages
            WHEN 1 = 1 BEGIN SELECT RAISE(ABORT, 'A tax percentage never changes; add one from a later day.'); END;
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER usage_events_frozen_update BEFORE UPDATE ON usage_events
            WHEN 1 = 1 BEGIN SELECT RAISE(ABORT, 'A usage event never changes.'); END;
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER usage_events_frozen_delete BEFORE DELETE ON usage_events
            WHEN 1 = 1 BEGIN SELECT RAISE(ABORT, 'A usage event never changes.'); END;
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER billed_periods_frozen_update BEFORE UPDATE ON billed_periods
            WHEN 1 = 1 BEGIN SELECT RAISE(ABORT, 'A billed period is never taken back.'); END;
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER billed_periods_frozen_delete BEFORE DELETE ON billed_periods
            WHEN 1 = 1 BEGIN SELECT RAISE(ABORT, 'A billed period is never taken back.'); END;
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER audit_entries_frozen_update BEFORE UPDATE ON audit_entries
            WHEN 1 = 1 BEGIN SELECT RAISE(ABORT, 'The audit trail never changes.'); END;
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER audit_entries_frozen_delete BEFORE DELETE ON audit_entries
            WHEN 1 = 1 BEGIN SELECT RAISE(ABORT, 'The audit trail never changes.'); END;
            """);
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
            DROP TRIGGER invoices_frozen_update;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER invoices_frozen_delete;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER invoice_lines_frozen_update;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER invoice_lines_frozen_delete;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER invoice_lines_frozen_insert;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER invoice_taxes_frozen_update;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER invoice_taxes_frozen_delete;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER invoice_taxes_frozen_insert;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER plan_versions_frozen_update;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER plan_versions_frozen_delete;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER charges_frozen_update;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER charges_frozen_delete;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER tax_percentages_frozen_update;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER tax_percentages_frozen_delete;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER usage_events_frozen_update;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER usage_events_frozen_delete;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER billed_periods_frozen_update;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER billed_periods_frozen_delete;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER audit_entries_frozen_update;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER audit_entries_frozen_delete;
            """);
        }
    }
}
