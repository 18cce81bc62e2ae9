using BackOffice.Data.Providers;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BackOffice.Data.Migrations.PostgreSql
{
    /// <summary>The ledger of a wallet is written once: what was bought, granted, spent and lost stays as it was booked.</summary>
    [DbContext(typeof(PostgresDb))]
    [Migration("20261123120000_FrozenWallets")]
    public partial class FrozenWallets : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
            CREATE TRIGGER wallet_entries_frozen BEFORE UPDATE OR DELETE ON wallet_entries
            FOR EACH ROW EXECUTE FUNCTION refuse_change('A movement of a wallet never changes; the next one corrects it.');
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER wallet_entries_not_truncated BEFORE TRUNCATE ON wallet_entries
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('A movement of a wallet never changes; the next one corrects it.');
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER wallet_entry_parts_frozen BEFORE UPDATE OR DELETE ON wallet_entry_parts
            FOR EACH ROW EXECUTE FUNCTION refuse_change('The parts of a movement never change; the next movement corrects them.');
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER wallet_entry_parts_not_truncated BEFORE TRUNCATE ON wallet_entry_parts
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('The parts of a movement never change; the next movement corrects them.');
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER wallet_grants_frozen BEFORE UPDATE ON wallet_grants
            FOR EACH ROW WHEN (OLD.wallet_id IS DISTINCT FROM NEW.wallet_id
            OR OLD.position IS DISTINCT FROM NEW.position
            OR OLD.kind IS DISTINCT FROM NEW.kind
            OR OLD.priority IS DISTINCT FROM NEW.priority
            OR OLD.granted_at IS DISTINCT FROM NEW.granted_at
            OR OLD.effective_at IS DISTINCT FROM NEW.effective_at
            OR OLD.expires_at IS DISTINCT FROM NEW.expires_at
            OR OLD.is_taxed IS DISTINCT FROM NEW.is_taxed
            OR OLD.currency IS DISTINCT FROM NEW.currency
            OR OLD.amount_minor IS DISTINCT FROM NEW.amount_minor)
            EXECUTE FUNCTION refuse_change('A grant of credits never changes but in what is left of it.');
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER wallet_grants_not_deleted BEFORE DELETE ON wallet_grants
            FOR EACH ROW EXECUTE FUNCTION refuse_change('A grant of credits is never deleted.');
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER wallet_grants_not_truncated BEFORE TRUNCATE ON wallet_grants
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('A grant of credits is never deleted.');
            """);
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
            DROP TRIGGER wallet_entries_frozen ON wallet_entries;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER wallet_entries_not_truncated ON wallet_entries;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER wallet_entry_parts_frozen ON wallet_entry_parts;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER wallet_entry_parts_not_truncated ON wallet_entry_parts;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER wallet_grants_frozen ON wallet_grants;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER wallet_grants_not_deleted ON wallet_grants;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER wallet_grants_not_truncated ON wallet_grants;
            """);
        }
    }
}
