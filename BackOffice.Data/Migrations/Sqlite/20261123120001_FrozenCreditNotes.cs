using BackOffice.Data.Providers;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BackOffice.Data.Migrations.Sqlite
{
    /// <summary>An issued credit note is a document: only what is left of its credit and how far its refund is may still move.</summary>
    [DbContext(typeof(SqliteDb))]
    [Migration("20261123120001_FrozenCreditNotes")]
    public partial class FrozenCreditNotes : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
            CREATE TRIGGER credit_notes_frozen_update BEFORE UPDATE ON credit_notes
            WHEN OLD.status IN ('Issued', 'Voided') AND (NEW.status NOT IN ('Issued', 'Voided')
            OR OLD.invoice_id IS NOT NEW.invoice_id OR OLD.customer_id IS NOT NEW.customer_id OR OLD.currency IS NOT NEW.currency OR OLD.reason IS NOT NEW.reason OR OLD.description IS NOT NEW.description
            OR OLD.number IS NOT NEW.number OR OLD.issued_on IS NOT NEW.issued_on OR OLD.discount_minor IS NOT NEW.discount_minor
            OR OLD.net_minor IS NOT NEW.net_minor OR OLD.tax_minor IS NOT NEW.tax_minor OR OLD.credit_minor IS NOT NEW.credit_minor OR OLD.refund_minor IS NOT NEW.refund_minor OR OLD.offset_minor IS NOT NEW.offset_minor)
            BEGIN SELECT RAISE(ABORT, 'What an issued credit note says never changes.'); END;
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER credit_notes_frozen_delete BEFORE DELETE ON credit_notes
            WHEN OLD.status IN ('Issued', 'Voided') BEGIN SELECT RAISE(ABORT, 'An issued credit note is never deleted.'); END;
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER credit_note_lines_frozen_update BEFORE UPDATE ON credit_note_lines
            WHEN (SELECT status FROM credit_notes WHERE id = OLD.credit_note_id) IN ('Issued', 'Voided')
            BEGIN SELECT RAISE(ABORT, 'The lines and taxes of an issued credit note never change.'); END;
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER credit_note_lines_frozen_delete BEFORE DELETE ON credit_note_lines
            WHEN (SELECT status FROM credit_notes WHERE id = OLD.credit_note_id) IN ('Issued', 'Voided')
            BEGIN SELECT RAISE(ABORT, 'The lines and taxes of an issued credit note never change.'); END;
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER credit_note_lines_frozen_insert BEFORE INSERT ON credit_note_lines
            WHEN (SELECT status FROM credit_notes WHERE id = NEW.credit_note_id) IN ('Issued', 'Voided')
            BEGIN SELECT RAISE(ABORT, 'The lines and taxes of an issued credit note never change.'); END;
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER credit_note_taxes_frozen_update BEFORE UPDATE ON credit_note_taxes
            WHEN (SELECT status FROM credit_notes WHERE id = OLD.credit_note_id) IN ('Issued', 'Voided')
            BEGIN SELECT RAISE(ABORT, 'The lines and taxes of an issued credit note never change.'); END;
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER credit_note_taxes_frozen_delete BEFORE DELETE ON credit_note_taxes
            WHEN (SELECT status FROM credit_notes WHERE id = OLD.credit_note_id) IN ('Issued', 'Voided')
            BEGIN SELECT RAISE(ABORT, 'The lines and taxes of an issued credit note never change.'); END;
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER credit_note_taxes_frozen_insert BEFORE INSERT ON credit_note_taxes
            WHEN (SELECT status FROM credit_notes WHERE id = NEW.credit_note_id) IN ('Issued', 'Voided')
            BEGIN SELECT RAISE(ABORT, 'The lines and taxes of an issued credit note never change.'); END;
            """);
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
            DROP TRIGGER credit_notes_frozen_update;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER credit_notes_frozen_delete;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER credit_note_lines_frozen_update;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER credit_note_lines_frozen_delete;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER credit_note_lines_frozen_insert;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER credit_note_taxes_frozen_update;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER credit_note_taxes_frozen_delete;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER credit_note_taxes_frozen_insert;
            """);
        }
    }
}
