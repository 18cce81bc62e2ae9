using BackOffice.Data.Providers;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BackOffice.Data.Migrations.PostgreSql
{
    /// <summary>Nothing to do here: PostgreSQL changes a table's rules in place. It keeps both engines' migrations alike.</summary>
    [DbContext(typeof(PostgresDb))]
    [Migration("20261123025500_ThawInvoicesToVoid")]
    public partial class ThawInvoicesToVoid : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
        }
    }

    /// <summary>
    /// An issued invoice changes once at most: it is voided, and nothing of it but that. A voided one never changes, nor do the lines and
    /// taxes of either.
    /// </summary>
    [DbContext(typeof(PostgresDb))]
    [Migration("20261123130000_VoidedInvoices")]
    public partial class VoidedInvoices : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
            CREATE FUNCTION refuse_change_but_voiding() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE moving text[] := ARRAY['status', 'voided', 'is_billed_again', 'revision'];
            BEGIN
                IF TG_OP = 'UPDATE' AND OLD.status = 'Issued' AND NEW.status = 'Voided'
                    AND to_jsonb(OLD) - moving = to_jsonb(NEW) - moving THEN
                    RETURN NEW;
                END IF;
                RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'restrict_violation';
            END $$;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER invoices_frozen ON invoices;
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER invoices_frozen BEFORE UPDATE OR DELETE ON invoices
            FOR EACH ROW WHEN (OLD.status IN ('Issued', 'Voided')) EXECUTE FUNCTION refuse_change_but_voiding('An issued invoice never changes.');
            """);
            migrationBuilder.Sql(OfIssued("IN ('Issued', 'Voided')"));
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
            DROP TRIGGER invoices_frozen ON invoices;
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER invoices_frozen BEFORE UPDATE OR DELETE ON invoices
            FOR EACH ROW WHEN (OLD.status = 'Issued') EXECUTE FUNCTION refuse_change('An issued invoice never changes.');
            """);
            migrationBuilder.Sql("""
            DROP FUNCTION refuse_change_but_voiding;
            """);
            migrationBuilder.Sql(OfIssued("= 'Issued'"));
        }

        private static string OfIssued(string status) => $$"""
            CREATE OR REPLACE FUNCTION refuse_change_of_issued() RETURNS trigger LANGUAGE plpgsql AS $body$
            DECLARE parent uuid := CASE WHEN TG_OP = 'INSERT' THEN NEW.invoice_id ELSE OLD.invoice_id END;
            BEGIN
                IF (SELECT status FROM invoices WHERE id = parent) {{status}} THEN
                    RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'restrict_violation';
                END IF;
                RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
            END $body$;
            """;
    }
}
