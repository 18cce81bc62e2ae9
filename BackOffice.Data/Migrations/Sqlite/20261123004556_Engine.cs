using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BackOffice.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Engine : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_invoices_total",
                table: "invoices");

            migrationBuilder.AddColumn<string>(
                name: "course",
                table: "subscriptions",
                type: "TEXT",
                nullable: false,
                defaultValue: "{\"timing\":\"calendar\",\"phases\":[],\"unitChanges\":[]}");

            migrationBuilder.AddColumn<string>(
                name: "effective_from",
                table: "plan_versions",
                type: "TEXT",
                maxLength: 10,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "settings",
                table: "plan_versions",
                type: "TEXT",
                nullable: false,
                defaultValue: "{\"payInAdvance\":false,\"trialDays\":0,\"usageMonthly\":false,\"fixedChargesMonthly\":false,\"fixedCharges\":[],\"taxCodes\":[],\"invoiceName\":\"Base fee\"}");

            migrationBuilder.AddColumn<string>(
                name: "expression",
                table: "metrics",
                type: "TEXT",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "filter_keys",
                table: "metrics",
                type: "TEXT",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<bool>(
                name: "recurring",
                table: "metrics",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "rounding",
                table: "metrics",
                type: "TEXT",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "discount_minor",
                table: "invoices",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "discounts",
                table: "invoices",
                type: "TEXT",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<long>(
                name: "due_at",
                table: "invoices",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "settled_minor",
                table: "invoices",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "settlements",
                table: "invoices",
                type: "TEXT",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<string>(
                name: "category",
                table: "invoice_taxes",
                type: "TEXT",
                maxLength: 30,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "charge_code",
                table: "invoice_lines",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "filter",
                table: "invoice_lines",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "in_advance",
                table: "invoice_lines",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "item",
                table: "invoice_lines",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "plan_code",
                table: "invoice_lines",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "taxes",
                table: "invoice_lines",
                type: "TEXT",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<string>(
                name: "usage_group",
                table: "invoice_lines",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "settings",
                table: "charges",
                type: "TEXT",
                nullable: false,
                defaultValue: "{\"payInAdvance\":false,\"prorated\":false,\"filters\":[],\"groupKeys\":[],\"taxCodes\":[]}");

            migrationBuilder.AddColumn<bool>(
                name: "closes_usage",
                table: "billed_periods",
                type: "INTEGER",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<long>(
                name: "usage_from",
                table: "billed_periods",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "usage_to",
                table: "billed_periods",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "coupons",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    terms = table.Column<string>(type: "TEXT", nullable: false),
                    is_reusable = table.Column<bool>(type: "INTEGER", nullable: false),
                    expires_on = table.Column<string>(type: "TEXT", maxLength: 10, nullable: true),
                    withdrawn_at = table.Column<long>(type: "INTEGER", nullable: true),
                    revision = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_coupons", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "credit_notes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    invoice_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    customer_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    description = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    status = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    number = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    issued_on = table.Column<string>(type: "TEXT", maxLength: 10, nullable: true),
                    prepared_by = table.Column<string>(type: "TEXT", nullable: true),
                    prepared_at = table.Column<long>(type: "INTEGER", nullable: true),
                    approved_by = table.Column<string>(type: "TEXT", nullable: true),
                    approved_at = table.Column<long>(type: "INTEGER", nullable: true),
                    discount_minor = table.Column<long>(type: "INTEGER", nullable: false),
                    net_minor = table.Column<long>(type: "INTEGER", nullable: false),
                    tax_minor = table.Column<long>(type: "INTEGER", nullable: false),
                    credit_minor = table.Column<long>(type: "INTEGER", nullable: false),
                    refund_minor = table.Column<long>(type: "INTEGER", nullable: false),
                    offset_minor = table.Column<long>(type: "INTEGER", nullable: false),
                    balance_minor = table.Column<long>(type: "INTEGER", nullable: false),
                    refund_status = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    revision = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_credit_notes", x => x.id);
                    table.CheckConstraint("ck_credit_notes_balance", "balance_minor between 0 and credit_minor");
                    table.CheckConstraint("ck_credit_notes_number", "(status in ('Issued', 'Voided')) = (number IS NOT NULL)");
                    table.CheckConstraint("ck_credit_notes_parts", "credit_minor + refund_minor + offset_minor = net_minor + tax_minor");
                    table.ForeignKey(
                        name: "fk_credit_notes_customers_customer_id",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_credit_notes_invoices_invoice_id",
                        column: x => x.invoice_id,
                        principalTable: "invoices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "wallets",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    customer_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    money_per_credit = table.Column<decimal>(type: "TEXT", nullable: false),
                    priority = table.Column<int>(type: "INTEGER", nullable: false),
                    scope = table.Column<string>(type: "TEXT", nullable: false),
                    limits = table.Column<string>(type: "TEXT", nullable: false),
                    taxes_purchases = table.Column<bool>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    terminated_at = table.Column<long>(type: "INTEGER", nullable: true),
                    revision = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_wallets", x => x.id);
                    table.CheckConstraint("ck_wallets_priority", "priority between 1 and 50");
                    table.ForeignKey(
                        name: "fk_wallets_customers_customer_id",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "applied_coupons",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    coupon_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    customer_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    terms = table.Column<string>(type: "TEXT", nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    applied_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_on = table.Column<string>(type: "TEXT", maxLength: 10, nullable: true),
                    revision = table.Column<int>(type: "INTEGER", nullable: false),
                    invoices_left = table.Column<int>(type: "INTEGER", nullable: true),
                    used_minor = table.Column<long>(type: "INTEGER", nullable: false),
                    used_once = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_applied_coupons", x => x.id);
                    table.CheckConstraint("ck_applied_coupons_left", "invoices_left is null or invoices_left >= 0");
                    table.CheckConstraint("ck_applied_coupons_used", "used_minor >= 0");
                    table.ForeignKey(
                        name: "fk_applied_coupons_coupons_coupon_id",
                        column: x => x.coupon_id,
                        principalTable: "coupons",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_applied_coupons_customers_customer_id",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "credit_note_lines",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    invoice_line = table.Column<int>(type: "INTEGER", nullable: false),
                    units = table.Column<decimal>(type: "TEXT", nullable: false),
                    exact_amount = table.Column<decimal>(type: "TEXT", nullable: false),
                    currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    amount_minor = table.Column<long>(type: "INTEGER", nullable: false),
                    credit_note_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_credit_note_lines", x => x.id);
                    table.ForeignKey(
                        name: "fk_credit_note_lines_credit_notes_credit_note_id",
                        column: x => x.credit_note_id,
                        principalTable: "credit_notes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "credit_note_taxes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: true),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    percent = table.Column<decimal>(type: "TEXT", nullable: false),
                    category = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    base_minor = table.Column<long>(type: "INTEGER", nullable: false),
                    tax_minor = table.Column<long>(type: "INTEGER", nullable: false),
                    credit_note_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_credit_note_taxes", x => x.id);
                    table.ForeignKey(
                        name: "fk_credit_note_taxes_credit_notes_credit_note_id",
                        column: x => x.credit_note_id,
                        principalTable: "credit_notes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "wallet_entries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    reference = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    amount_minor = table.Column<long>(type: "INTEGER", nullable: false),
                    balance_minor = table.Column<long>(type: "INTEGER", nullable: false),
                    credits = table.Column<decimal>(type: "TEXT", nullable: false),
                    wallet_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_wallet_entries", x => x.id);
                    table.CheckConstraint("ck_wallet_entries_balance", "balance_minor >= 0");
                    table.ForeignKey(
                        name: "fk_wallet_entries_wallets_wallet_id",
                        column: x => x.wallet_id,
                        principalTable: "wallets",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "wallet_grants",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    priority = table.Column<int>(type: "INTEGER", nullable: false),
                    granted_at = table.Column<long>(type: "INTEGER", nullable: false),
                    effective_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: true),
                    is_taxed = table.Column<bool>(type: "INTEGER", nullable: false),
                    awaits_payment = table.Column<bool>(type: "INTEGER", nullable: false),
                    currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    amount_minor = table.Column<long>(type: "INTEGER", nullable: false),
                    left_minor = table.Column<long>(type: "INTEGER", nullable: false),
                    wallet_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_wallet_grants", x => x.id);
                    table.CheckConstraint("ck_wallet_grants_left", "left_minor between 0 and amount_minor");
                    table.ForeignKey(
                        name: "fk_wallet_grants_wallets_wallet_id",
                        column: x => x.wallet_id,
                        principalTable: "wallets",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "wallet_entry_parts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    grant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    grant_in_words = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    amount_minor = table.Column<long>(type: "INTEGER", nullable: false),
                    wallet_entry_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_wallet_entry_parts", x => x.id);
                    table.CheckConstraint("ck_wallet_entry_parts_amount", "amount_minor > 0");
                    table.ForeignKey(
                        name: "fk_wallet_entry_parts_wallet_entries_wallet_entry_id",
                        column: x => x.wallet_entry_id,
                        principalTable: "wallet_entries",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_wallet_entry_parts_wallet_grants_grant_id",
                        column: x => x.grant_id,
                        principalTable: "wallet_grants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.AddCheckConstraint(
                name: "ck_invoices_discount",
                table: "invoices",
                sql: "discount_minor >= 0");

            migrationBuilder.AddCheckConstraint(
                name: "ck_invoices_settled",
                table: "invoices",
                sql: "settled_minor >= 0 and (settled_minor = 0 or settled_minor <= total_minor)");

            migrationBuilder.AddCheckConstraint(
                name: "ck_invoices_total",
                table: "invoices",
                sql: "total_minor = subtotal_minor - discount_minor + tax_minor");

            migrationBuilder.CreateIndex(
                name: "ix_applied_coupons_coupon_id",
                table: "applied_coupons",
                column: "coupon_id");

            migrationBuilder.CreateIndex(
                name: "ix_applied_coupons_customer_id",
                table: "applied_coupons",
                column: "customer_id");

            migrationBuilder.CreateIndex(
                name: "ix_coupons_code",
                table: "coupons",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_credit_note_lines_credit_note_id_invoice_line",
                table: "credit_note_lines",
                columns: new[] { "credit_note_id", "invoice_line" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_credit_note_taxes_credit_note_id_position",
                table: "credit_note_taxes",
                columns: new[] { "credit_note_id", "position" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_credit_notes_customer_id",
                table: "credit_notes",
                column: "customer_id");

            migrationBuilder.CreateIndex(
                name: "ix_credit_notes_invoice_id",
                table: "credit_notes",
                column: "invoice_id");

            migrationBuilder.CreateIndex(
                name: "ix_credit_notes_number",
                table: "credit_notes",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_wallet_entries_reference",
                table: "wallet_entries",
                column: "reference");

            migrationBuilder.CreateIndex(
                name: "ix_wallet_entries_wallet_id_position",
                table: "wallet_entries",
                columns: new[] { "wallet_id", "position" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_wallet_entry_parts_grant_id",
                table: "wallet_entry_parts",
                column: "grant_id");

            migrationBuilder.CreateIndex(
                name: "ix_wallet_entry_parts_wallet_entry_id_position",
                table: "wallet_entry_parts",
                columns: new[] { "wallet_entry_id", "position" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_wallet_grants_expires_at",
                table: "wallet_grants",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_wallet_grants_wallet_id_position",
                table: "wallet_grants",
                columns: new[] { "wallet_id", "position" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_wallets_customer_id_code",
                table: "wallets",
                columns: new[] { "customer_id", "code" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "applied_coupons");

            migrationBuilder.DropTable(
                name: "credit_note_lines");

            migrationBuilder.DropTable(
                name: "credit_note_taxes");

            migrationBuilder.DropTable(
                name: "wallet_entry_parts");

            migrationBuilder.DropTable(
                name: "coupons");

            migrationBuilder.DropTable(
                name: "credit_notes");

            migrationBuilder.DropTable(
                name: "wallet_entries");

            migrationBuilder.DropTable(
                name: "wallet_grants");

            migrationBuilder.DropTable(
                name: "wallets");

            migrationBuilder.DropCheckConstraint(
                name: "ck_invoices_discount",
                table: "invoices");

            migrationBuilder.DropCheckConstraint(
                name: "ck_invoices_settled",
                table: "invoices");

            migrationBuilder.DropCheckConstraint(
                name: "ck_invoices_total",
                table: "invoices");

            migrationBuilder.DropColumn(
                name: "course",
                table: "subscriptions");

            migrationBuilder.DropColumn(
                name: "effective_from",
                table: "plan_versions");

            migrationBuilder.DropColumn(
                name: "settings",
                table: "plan_versions");

            migrationBuilder.DropColumn(
                name: "expression",
                table: "metrics");

            migrationBuilder.DropColumn(
                name: "filter_keys",
                table: "metrics");

            migrationBuilder.DropColumn(
                name: "recurring",
                table: "metrics");

            migrationBuilder.DropColumn(
                name: "rounding",
                table: "metrics");

            migrationBuilder.DropColumn(
                name: "discount_minor",
                table: "invoices");

            migrationBuilder.DropColumn(
                name: "discounts",
                table: "invoices");

            migrationBuilder.DropColumn(
                name: "due_at",
                table: "invoices");

            migrationBuilder.DropColumn(
                name: "settled_minor",
                table: "invoices");

            migrationBuilder.DropColumn(
                name: "settlements",
                table: "invoices");

            migrationBuilder.DropColumn(
                name: "category",
                table: "invoice_taxes");

            migrationBuilder.DropColumn(
                name: "charge_code",
                table: "invoice_lines");

            migrationBuilder.DropColumn(
                name: "filter",
                table: "invoice_lines");

            migrationBuilder.DropColumn(
                name: "in_advance",
                table: "invoice_lines");

            migrationBuilder.DropColumn(
                name: "item",
                table: "invoice_lines");

            migrationBuilder.DropColumn(
                name: "plan_code",
                table: "invoice_lines");

            migrationBuilder.DropColumn(
                name: "taxes",
                table: "invoice_lines");

            migrationBuilder.DropColumn(
                name: "usage_group",
                table: "invoice_lines");

            migrationBuilder.DropColumn(
                name: "settings",
                table: "charges");

            migrationBuilder.DropColumn(
                name: "closes_usage",
                table: "billed_periods");

            migrationBuilder.DropColumn(
                name: "usage_from",
                table: "billed_periods");

            migrationBuilder.DropColumn(
                name: "usage_to",
                table: "billed_periods");

            migrationBuilder.AddCheckConstraint(
                name: "ck_invoices_total",
                table: "invoices",
                sql: "total_minor = subtotal_minor + tax_minor");
        }
    }
}
