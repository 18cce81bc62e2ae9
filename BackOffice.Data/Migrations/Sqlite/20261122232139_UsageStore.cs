using BackOffice.Data.Usage;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BackOffice.Data.Migrations.Sqlite
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
            migrationBuilder.RenameTable(name: "usage_events", newName: UsageCarryOver.Table);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameTable(name: UsageCarryOver.Table, newName: "usage_events");
        }
    }
}
