using System.Globalization;
using System.Text;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Providers;
using BackOffice.Data.Usage;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Tests.Verbs;

/// <summary>The process is killed in the middle of its work, without warning, and started again.</summary>
public sealed class KillTests(PostgresServer server)
{
    private const int Customers = 120;
    private const int Rows = 60_000;

    [Theory, ClassData<BothDatabases>]
    public async Task An_import_that_is_killed_has_stored_nothing_and_can_be_repeated(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Empty(provider, server);
        var program = new Executable(provider, test.ConnectionString, test.DataDirectory);
        await program.Json("demo", "seed");
        var before = await Events(test);
        string[] import =
        [
            "usage",
            "import",
            await LargeFile(test.DataDirectory),
            "--subscription",
            "cascadia-api",
            "--zone",
            "UTC",
            "--event",
            "usage",
        ];

        var killed = await program.RunAndKill(() => IsImporting(test), import);

        Assert.True(killed, "the import ended before it could be killed; it needs more rows");
        Assert.Equal(before, await Events(test));
        var repeated = await program.Json(import);
        Assert.Equal(Rows, repeated.GetProperty("accepted").GetInt64());
        Assert.Equal(before + Rows, await Events(test));
        Assert.Equal(Rows, (await program.Json(import)).GetProperty("duplicates").GetInt64());
        Assert.True((await program.Json("verify")).GetProperty("ok").GetBoolean());
    }

    [Theory, ClassData<BothDatabases>]
    public async Task A_run_that_is_killed_goes_on_and_bills_nobody_twice(DatabaseProvider provider)
    {
        await using var test = await TestDatabase.Empty(provider, server);
        var program = new Executable(provider, test.ConnectionString, test.DataDirectory);
        await program.Json("demo", "seed", "--customers", Customers.ToString(CultureInfo.InvariantCulture));

        var killed = await program.RunAndKill(async () => await Invoices(test) >= 20, "billing", "run", "--through", "2023-11-30");

        Assert.True(killed, "the run ended before it could be killed; it needs more customers");
        var acknowledged = await Invoices(test);
        Assert.InRange(acknowledged, 20, Customers + 1);
        var again = await program.Run("billing", "run", "--through", "2023-11-30");
        Assert.Contains("every period that has ended is billed already", again.Errors);

        await using var db = test.Open();
        Assert.Equal(Customers + 2, await db.Invoices.CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(
            Customers + 2,
            await db.Invoices.Select(i => i.CustomerId).Distinct().CountAsync(TestContext.Current.CancellationToken)
        );
        Assert.NotNull((await db.Runs.SingleAsync(TestContext.Current.CancellationToken)).FinishedAt);
        Assert.True((await program.Json("verify")).GetProperty("ok").GetBoolean());
    }

    private static async Task<string> LargeFile(string directory)
    {
        var text = new StringBuilder("Time,Id,input_tokens,output_tokens\n");
        for (var row = 0; row < Rows; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"2023-11-{(row % 28) + 1:00}T10:00:00Z,row-{row},{row % 1000},{row % 50}\n");
        }

        var path = Path.Combine(directory, "large.csv");
        await File.WriteAllTextAsync(path, text.ToString(), TestContext.Current.CancellationToken);
        return path;
    }

    // The import says so in a transaction of its own before it reads; soon after, it is in the middle of storing.
    private static async Task<bool> IsImporting(TestDatabase test)
    {
        await using var db = test.Open();
        if (!await db.Imports.AnyAsync(i => i.Status == ImportStatus.Importing))
        {
            return false;
        }

        await Task.Delay(150);
        return true;
    }

    private static async Task<long> Events(TestDatabase test)
    {
        await using var db = test.Open();
        return await db.CountUsage(new EventQuery(), default);
    }

    private static async Task<int> Invoices(TestDatabase test)
    {
        await using var db = test.Open();
        return await db.Invoices.CountAsync();
    }
}
