using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BackOffice.Data.Migrations.PostgreSql
{
    /// <summary>What is history is protected by the database itself, from our own mistakes and from a shell.</summary>
    public partial class FrozenHistory : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
            CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'restrict_violation'; END $$;
            """);
            migrationBuilder.Sql("""
            CREATE FUNCTION refuse_change_of_issued() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE parent uuid := CASE WHEN TG_OP = 'INSERT' THEN NEW.invoice_id ELSE OLD.invoice_id END;
            BEGIN
                IF (SELECT status FROM invoices WHERE id = parent) = 'Issued' THEN
                    RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'restrict_violation';
                END IF;
                RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
            END $$;
            """);
            migrationBuilder.Sql("""
            CREATE FUNCTION refuse_change_of_published() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF (SELECT published_at FROM plan_versions WHERE id = OLD.plan_version_id) IS NOT NULL THEN
                    RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'restrict_violation';
                END IF;
                RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
            END $$;
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER invoices_frozen BEFORE UPDATE OR DELETE ON invoices
            FOR EACH ROW WHEN (OLD.status = 'Issued') EXECUTE FUNCTION refuse_change('An issued invoice never changes.');
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER invoices_not_truncated BEFORE TRUNCATE ON invoices
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('An issued invoice never changes.');
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER invoice_lines_frozen BEFORE INSERT OR UPDATE OR DELETE ON invoice_lines
            FOR EACH ROW EXECUTE FUNCTION refuse_change_of_issued('The lines of an issued invoice never change.');
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER invoice_lines_not_truncated BEFORE TRUNCATE ON invoice_lines
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('The lines of an issued invoice never change.');
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER invoice_taxes_frozen BEFORE INSERT OR UPDATE OR DELETE ON invoice_taxes
            FOR EACH ROW EXECUTE FUNCTION refuse_change_of_issued('The taxes of an issued invoice never change.');
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER invoice_taxes_not_truncated BEFORE TRUNCATE ON invoice_taxes
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('The taxes of an issued invoice never change.');
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER plan_versions_frozen BEFORE UPDATE OR DELETE ON plan_versions
            FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION refuse_change('A published plan version never changes.');
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER plan_versions_not_truncated BEFORE TRUNCATE ON plan_versions
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('A published plan version never changes.');
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER charges_frozen BEFORE UPDATE OR DELETE ON charges
            FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published('The charges of a published plan version never change.');
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER charges_not_truncated BEFORE TRUNCATE ON charges
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('The charges of a published plan version never change.');
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER tax_percentages_frozen BEFORE UPDATE OR DELETE ON tax_percentages
            FOR EACH ROW EXECUTE FUNCTION refuse_change('A tax percentage never changes; add one from a later day.');
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER tax_percentages_not_truncated BEFORE TRUNCATE ON tax_percentages
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('A tax percentage never changes; add one from a later day.');
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER usage_events_frozen BEFORE UPDATE OR DELETE ON usage_events
            FOR EACH ROW EXECUTE FUNCTION refuse_change('A usage event never changes.');
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER usage_events_not_truncated BEFORE TRUNCATE ON usage_events
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('A usage event never changes.');
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER billed_periods_frozen BEFORE UPDATE OR DELETE ON billed_periods
            FOR EACH ROW EXECUTE FUNCTION refuse_change('A billed period is never taken back.');
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER billed_periods_not_truncated BEFORE TRUNCATE ON billed_periods
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('A billed period is never taken back.');
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER audit_entries_frozen BEFORE UPDATE OR DELETE ON audit_entries
            FOR EACH ROW EXECUTE FUNCTION refuse_change('The audit trail never changes.');
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER audit_entries_not_truncated BEFORE TRUNCATE ON audit_entries
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('The audit trail never changes.');
            """);
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
            DROP TRIGGER invoices_frozen ON invoices;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER invoices_not_truncated ON invoices;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER invoice_lines_frozen ON invoice_lines;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER invoice_lines_not_truncated ON invoice_lines;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER invoice_taxes_frozen ON invoice_taxes;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER invoice_taxes_not_truncated ON invoice_taxes;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER plan_versions_frozen ON plan_versions;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER plan_versions_not_truncated ON plan_versions;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER charges_frozen ON charges;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER charges_not_truncated ON charges;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER tax_percentages_frozen ON tax_percentages;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER tax_percentages_not_truncated ON tax_percentages;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER usage_events_frozen ON usage_events;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER usage_events_not_truncated ON usage_events;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER billed_periods_frozen ON billed_periods;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER billed_periods_not_truncated ON billed_periods;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER audit_entries_frozen ON audit_entries;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER audit_entries_not_truncated ON audit_entries;
            """);
            migrationBuilder.Sql("""
            DROP FUNCTION refuse_change_of_published();
            """);
            migrationBuilder.Sql("""
            DROP FUNCTION refuse_change_of_issued();
            """);
            migrationBuilder.Sql("""
            DROP FUNCTION refuse_change();
            """);
        }
    }
}
