using BackOffice.Data.Usage;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BackOffice.Data.Migrations.PostgreSql
{
    /// <summary>
    /// Usage gets a store of its own. The rows of the old table are packed by <see cref="UsageCarryOver"/> when the program starts;
    /// until then they keep under another name.
    /// </summary>
    public partial class UsageStore : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Names of constraints belong to the whole schema there, and the new table wants its own.
            migrationBuilder.RenameTable(name: "usage_events", newName: UsageCarryOver.Table);
            migrationBuilder.Sql(UsageTables.PostgreSql);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                DROP TABLE usage_events, usage_segments, usage_rollups, usage_imports, usage_sets, usage_names, usage_subscriptions
                """);
            migrationBuilder.RenameTable(name: UsageCarryOver.Table, newName: "usage_events");
        }
    }
}
