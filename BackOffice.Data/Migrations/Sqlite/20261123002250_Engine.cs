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

            migrationBuilder.AddColumn<string>(
                name: "settings",
                table: "charges",
                type: "TEXT",
                nullable: false,
                defaultValue: "{\"payInAdvance\":false,\"prorated\":false,\"filters\":[],\"groupKeys\":[],\"taxCodes\":[]}");

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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "applied_coupons");

            migrationBuilder.DropTable(
                name: "coupons");

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
                name: "settings",
                table: "charges");
        }
    }
}
