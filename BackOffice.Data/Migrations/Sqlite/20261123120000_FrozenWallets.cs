using BackOffice.Data.Providers;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BackOffice.Data.Migrations.Sqlite
{
    /// <summary>The ledger of a wallet is written once: what was bought, granted, spent and lost stays as it was booked.</summary>
    [DbContext(typeof(SqliteDb))]
    [Migration("20261123120000_FrozenWallets")]
    public partial class FrozenWallets : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
            CREATE TRIGGER wallet_entries_frozen_update BEFORE UPDATE ON wallet_entries
            BEGIN SELECT RAISE(ABORT, 'A movement of a wallet never changes; the next one corrects it.'); END;
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER wallet_entries_frozen_delete BEFORE DELETE ON wallet_entries
            BEGIN SELECT RAISE(ABORT, 'A movement of a wallet never changes; the next one corrects it.'); END;
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER wallet_entry_parts_frozen_update BEFORE UPDATE ON wallet_entry_parts
            BEGIN SELECT RAISE(ABORT, 'The parts of a movement never change; the next movement corrects them.'); END;
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER wallet_entry_parts_frozen_delete BEFORE DELETE ON wallet_entry_parts
            BEGIN SELECT RAISE(ABORT, 'The parts of a movement never change; the next movement corrects them.'); END;
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER wallet_grants_frozen_update BEFORE UPDATE ON wallet_grants
            WHEN OLD.wallet_id IS NOT NEW.wallet_id
            OR OLD.position IS NOT NEW.position
            OR OLD.kind IS NOT NEW.kind
            OR OLD.priority IS NOT NEW.priority
            OR OLD.granted_at IS NOT NEW.granted_at
            OR OLD.effective_at IS NOT NEW.effective_at
            OR OLD.expires_at IS NOT NEW.expires_at
            OR OLD.is_taxed IS NOT NEW.is_taxed
            OR OLD.currency IS NOT NEW.currency
            OR OLD.amount_minor IS NOT NEW.amount_minor
            BEGIN SELECT RAISE(ABORT, 'A grant of credits never changes but in what is left of it.'); END;
            """);
            migrationBuilder.Sql("""
            CREATE TRIGGER wallet_grants_frozen_delete BEFORE DELETE ON wallet_grants
            BEGIN SELECT RAISE(ABORT, 'A grant of credits is never deleted.'); END;
            """);
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
            DROP TRIGGER wallet_entries_frozen_update;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER wallet_entries_frozen_delete;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER wallet_entry_parts_frozen_update;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER wallet_entry_parts_frozen_delete;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER wallet_grants_frozen_update;
            """);
            migrationBuilder.Sql("""
            DROP TRIGGER wallet_grants_frozen_delete;
            """);
        }
    }
}
