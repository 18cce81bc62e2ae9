using BackOffice.Data.Providers;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BackOffice.Data.Migrations.PostgreSql
{
    /// <summary>An issued credit note is a document: only what is left of its credit and how far its refund is may still move.</summary>
    [DbContext(typeof(PostgresDb))]
    [Migration("20261123120001_FrozenCreditNotes")]
    public partial class FrozenCreditNotes : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
            CREATE FUNCTION refuse_change_of_credit() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE parent uuid := CASE WHEN TG_OP = 'INSERT' THEN NEW.credit_note_id ELSE OLD.credit_note_id END;
            BEGIN
                IF (SELECT status FROM credit_notes WHERE id = parent) IN ('Issued', 'Voided') THEN
                    RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'restrict_violation';
                END IF;
                RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
            END $$;
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER credit_notes_frozen BEFORE UPDATE ON credit_notes
            FOR EACH ROW WHEN (OLD.status IN ('Issued', 'Voided') AND (NEW.status NOT IN ('Issued', 'Voided')
            OR OLD.invoice_id IS DISTINCT FROM NEW.invoice_id OR OLD.customer_id IS DISTINCT FROM NEW.customer_id OR OLD.currency IS DISTINCT FROM NEW.currency
            OR OLD.reason IS DISTINCT FROM NEW.reason OR OLD.description IS DISTINCT FROM NEW.description
            OR OLD.number IS DISTINCT FROM NEW.number OR OLD.issued_on IS DISTINCT FROM NEW.issued_on OR OLD.discount_minor IS DISTINCT FROM NEW.discount_minor
            OR OLD.net_minor IS DISTINCT FROM NEW.net_minor OR OLD.tax_minor IS DISTINCT FROM NEW.tax_minor OR OLD.credit_minor IS DISTINCT FROM NEW.credit_minor OR OLD.refund_minor IS DISTINCT FROM NEW.refund_minor OR OLD.offset_minor IS DISTINCT FROM NEW.offset_minor))
            EXECUTE FUNCTION refuse_change('What an issued credit note says never changes.');
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER credit_notes_not_deleted BEFORE DELETE ON credit_notes
            FOR EACH ROW WHEN (OLD.status IN ('Issued', 'Voided')) EXECUTE FUNCTION refuse_change('An issued credit note is never deleted.');
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER credit_notes_not_truncated BEFORE TRUNCATE ON credit_notes
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('An issued credit note is never deleted.');
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER credit_note_lines_frozen BEFORE INSERT OR UPDATE OR DELETE ON credit_note_lines
            FOR EACH ROW EXECUTE FUNCTION refuse_change_of_credit('The lines and taxes of an issued credit note never change.');
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER credit_note_lines_not_truncated BEFORE TRUNCATE ON credit_note_lines
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('The lines and taxes of an issued credit note never change.');
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER credit_note_taxes_frozen BEFORE INSERT OR UPDATE OR DELETE ON credit_note_taxes
            FOR EACH ROW EXECUTE FUNCTION refuse_change_of_credit('The lines and taxes of an issued credit note never change.');
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER credit_note_taxes_not_truncated BEFORE TRUNCATE ON credit_note_taxes
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('The lines and taxes of an issued credit note never change.');
            """);
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
            DROP TRIGGER credit_notes_frozen ON credit_notes;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER credit_notes_not_deleted ON credit_notes;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER credit_notes_not_truncated ON credit_notes;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER credit_note_lines_frozen ON credit_note_lines;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER credit_note_lines_not_truncated ON credit_note_lines;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER credit_note_taxes_frozen ON credit_note_taxes;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER credit_note_taxes_not_truncated ON credit_note_taxes;
            """);
            migrationBuilder.Sql("""
            DROP FUNCTION refuse_change_of_credit();
            """);
        }
    }
}
