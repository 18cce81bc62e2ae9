using System;
using BackOffice.Data.Usage;
using Microsoft.EntityFrameworkCore.Migrations;
using NodaTime;

#nullable disable

namespace BackOffice.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class VoidsAlertsAndKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_invoices_number",
                table: "invoices");

            migrationBuilder.AddColumn<Instant>(
                name: "retired_at",
                table: "plans",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_billed_again",
                table: "invoices",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "leaves_out_late",
                table: "invoices",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<Guid>(
                name: "purchase",
                table: "invoices",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "usage_through",
                table: "invoices",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "voided",
                table: "invoices",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "api_key_id",
                table: "imports",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "part",
                table: "imports",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<LocalDate>(
                name: "received_on",
                table: "imports",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "return_comment",
                table: "credit_notes",
                type: "character varying(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "usage_through",
                table: "billed_periods",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "alerts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    subject = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    subscription_id = table.Column<Guid>(type: "uuid", nullable: true),
                    wallet_id = table.Column<Guid>(type: "uuid", nullable: true),
                    metric_code = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: true),
                    levels = table.Column<string>(type: "text", nullable: false),
                    last_value = table.Column<decimal>(type: "numeric", nullable: false),
                    period_from = table.Column<LocalDate>(type: "date", nullable: true),
                    checked_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    told = table.Column<int>(type: "integer", nullable: false),
                    ended_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    revision = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_alerts", x => x.id);
                    table.CheckConstraint("ck_alerts_one_subject", "(subscription_id IS NULL) <> (wallet_id IS NULL)");
                    table.ForeignKey(
                        name: "fk_alerts_subscriptions_subscription_id",
                        column: x => x.subscription_id,
                        principalTable: "subscriptions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_alerts_wallets_wallet_id",
                        column: x => x.wallet_id,
                        principalTable: "wallets",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "api_keys",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    prefix = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    scopes = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    created_by = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    revoked_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    last_used_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    revision = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_api_keys", x => x.id);
                    table.CheckConstraint("ck_api_keys_hash", "length(hash) = 64");
                });

            migrationBuilder.CreateTable(
                name: "saved_mappings",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    mapping = table.Column<string>(type: "text", nullable: false),
                    saved_by = table.Column<string>(type: "text", nullable: false),
                    saved_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_saved_mappings", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "wallet_rules",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    wallet_id = table.Column<Guid>(type: "uuid", nullable: false),
                    rule = table.Column<string>(type: "text", nullable: false),
                    lasts_days = table.Column<int>(type: "integer", nullable: true),
                    is_armed = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    trouble = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    revision = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_wallet_rules", x => x.id);
                    table.CheckConstraint("ck_wallet_rules_lasts", "lasts_days between 1 and 3650");
                    table.ForeignKey(
                        name: "fk_wallet_rules_wallets_wallet_id",
                        column: x => x.wallet_id,
                        principalTable: "wallets",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "alert_entries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    alert_id = table.Column<Guid>(type: "uuid", nullable: false),
                    look = table.Column<int>(type: "integer", nullable: false),
                    level = table.Column<decimal>(type: "numeric", nullable: false),
                    value = table.Column<decimal>(type: "numeric", nullable: false),
                    at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    period_from = table.Column<LocalDate>(type: "date", nullable: true),
                    seen_by = table.Column<string>(type: "text", nullable: true),
                    seen_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_alert_entries", x => x.id);
                    table.ForeignKey(
                        name: "fk_alert_entries_alerts_alert_id",
                        column: x => x.alert_id,
                        principalTable: "alerts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "wallet_rule_firings",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    occasion = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    ongoing_credits = table.Column<decimal>(type: "numeric", nullable: false),
                    bought = table.Column<Guid>(type: "uuid", nullable: true),
                    granted = table.Column<Guid>(type: "uuid", nullable: true),
                    wallet_rule_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_wallet_rule_firings", x => x.id);
                    table.ForeignKey(
                        name: "fk_wallet_rule_firings_wallet_grants_bought",
                        column: x => x.bought,
                        principalTable: "wallet_grants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_wallet_rule_firings_wallet_grants_granted",
                        column: x => x.granted,
                        principalTable: "wallet_grants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_wallet_rule_firings_wallet_rules_wallet_rule_id",
                        column: x => x.wallet_rule_id,
                        principalTable: "wallet_rules",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_invoices_purchase",
                table: "invoices",
                column: "purchase",
                unique: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_invoices_again",
                table: "invoices",
                sql: "NOT is_billed_again OR status = 'Voided'");

            migrationBuilder.AddCheckConstraint(
                name: "ck_invoices_number",
                table: "invoices",
                sql: "(status in ('Issued', 'Voided')) = (number IS NOT NULL)");

            migrationBuilder.AddCheckConstraint(
                name: "ck_invoices_voided",
                table: "invoices",
                sql: "(status = 'Voided') = (voided IS NOT NULL)");

            migrationBuilder.CreateIndex(
                name: "ix_imports_api_key_id_received_on_part",
                table: "imports",
                columns: new[] { "api_key_id", "received_on", "part" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_alert_entries_alert_id_look_level",
                table: "alert_entries",
                columns: new[] { "alert_id", "look", "level" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_alert_entries_at",
                table: "alert_entries",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_alerts_ended_at",
                table: "alerts",
                column: "ended_at");

            migrationBuilder.CreateIndex(
                name: "ix_alerts_subscription_id",
                table: "alerts",
                column: "subscription_id");

            migrationBuilder.CreateIndex(
                name: "ix_alerts_wallet_id",
                table: "alerts",
                column: "wallet_id");

            migrationBuilder.CreateIndex(
                name: "ix_api_keys_prefix",
                table: "api_keys",
                column: "prefix",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_saved_mappings_name",
                table: "saved_mappings",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_wallet_rule_firings_bought",
                table: "wallet_rule_firings",
                column: "bought");

            migrationBuilder.CreateIndex(
                name: "ix_wallet_rule_firings_granted",
                table: "wallet_rule_firings",
                column: "granted");

            migrationBuilder.CreateIndex(
                name: "ix_wallet_rule_firings_wallet_rule_id_occasion",
                table: "wallet_rule_firings",
                columns: new[] { "wallet_rule_id", "occasion" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_wallet_rule_firings_wallet_rule_id_position",
                table: "wallet_rule_firings",
                columns: new[] { "wallet_rule_id", "position" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_wallet_rules_wallet_id_ended_at",
                table: "wallet_rules",
                columns: new[] { "wallet_id", "ended_at" });

            migrationBuilder.AddForeignKey(
                name: "fk_imports_api_keys_api_key_id",
                table: "imports",
                column: "api_key_id",
                principalTable: "api_keys",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_invoices_wallet_grants_purchase",
                table: "invoices",
                column: "purchase",
                principalTable: "wallet_grants",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            // Usage is not EF's: an import may have several ranges of events, and single events may be corrected.
            migrationBuilder.Sql(UsageTables.PostgreSqlRanges);
            migrationBuilder.Sql(UsageTables.PostgreSqlCorrections);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TABLE usage_corrections; DROP INDEX ux_usage_imports_range;");
            migrationBuilder.DropForeignKey(
                name: "fk_imports_api_keys_api_key_id",
                table: "imports");

            migrationBuilder.DropForeignKey(
                name: "fk_invoices_wallet_grants_purchase",
                table: "invoices");

            migrationBuilder.DropTable(
                name: "alert_entries");

            migrationBuilder.DropTable(
                name: "api_keys");

            migrationBuilder.DropTable(
                name: "saved_mappings");

            migrationBuilder.DropTable(
                name: "wallet_rule_firings");

            migrationBuilder.DropTable(
                name: "alerts");

            migrationBuilder.DropTable(
                name: "wallet_rules");

            migrationBuilder.DropIndex(
                name: "ix_invoices_purchase",
                table: "invoices");

            migrationBuilder.DropCheckConstraint(
                name: "ck_invoices_again",
                table: "invoices");

            migrationBuilder.DropCheckConstraint(
                name: "ck_invoices_number",
                table: "invoices");

            migrationBuilder.DropCheckConstraint(
                name: "ck_invoices_voided",
                table: "invoices");

            migrationBuilder.DropIndex(
                name: "ix_imports_api_key_id_received_on_part",
                table: "imports");

            migrationBuilder.DropColumn(
                name: "retired_at",
                table: "plans");

            migrationBuilder.DropColumn(
                name: "is_billed_again",
                table: "invoices");

            migrationBuilder.DropColumn(
                name: "leaves_out_late",
                table: "invoices");

            migrationBuilder.DropColumn(
                name: "purchase",
                table: "invoices");

            migrationBuilder.DropColumn(
                name: "usage_through",
                table: "invoices");

            migrationBuilder.DropColumn(
                name: "voided",
                table: "invoices");

            migrationBuilder.DropColumn(
                name: "api_key_id",
                table: "imports");

            migrationBuilder.DropColumn(
                name: "part",
                table: "imports");

            migrationBuilder.DropColumn(
                name: "received_on",
                table: "imports");

            migrationBuilder.DropColumn(
                name: "return_comment",
                table: "credit_notes");

            migrationBuilder.DropColumn(
                name: "usage_through",
                table: "billed_periods");

            migrationBuilder.AddCheckConstraint(
                name: "ck_invoices_number",
                table: "invoices",
                sql: "(status = 'Issued') = (number IS NOT NULL)");
        }
    }
}
