using BackOffice.Core.Invoices;
using BackOffice.Data.Providers;

namespace BackOffice.Web.Tests.Features.Usage;

/// <summary>What a check shows before anything is stored: the first rows, the month before, and what happens to money.</summary>
public sealed class CheckUploadTests(PostgresServer server)
{
    private const string Head = "id,at,customer,calls\n";

    [Fact]
    public async Task The_first_three_new_rows_are_shown_as_they_would_be_stored()
    {
        await using var office = await UsageOffice.Open();
        await office.ImportText(Head + "a,2026-01-02,SUB-1,1\n");
        var id = await office.Upload(
            Head + "a,2026-01-02,SUB-1,1\nx,2026-01-02,SUB-1,x\n"
            + "b,2026-01-02,SUB-1,1\nc,2026-01-02,SUB-1,1\nd,2026-01-02,SUB-1,1\ne,2026-01-02,SUB-1,1\n");
        Assert.Equal(["b", "c", "d"], (await office.Check.Run(id, UsageFiles.Calls)).Canary.Select(row => row.TransactionId));
    }

    [Fact]
    public async Task Each_total_stands_beside_that_of_the_month_before()
    {
        await using var office = await UsageOffice.Open();
        await office.ImportText(Head + "a,2025-12-02,SUB-1,40\nb,2025-12-31T22:59:59Z,SUB-1,60\nc,2025-12-31T23:00:00Z,SUB-1,900\n");
        var check = await office.Check.Run(await office.Upload(Head + "d,2026-01-02,SUB-1,150\n"), UsageFiles.Calls);
        var row = Assert.Single(check.Comparisons);
        Assert.Equal(("SUB-1", "Acme Ltd", "calls", "Calls", 150m, 100m, 50m),
            (row.Subscription, row.Customer, row.Property, row.Metrics, row.Total, row.MonthBefore!.Value, row.ChangePercent!.Value));
    }

    [Fact]
    public async Task A_number_that_no_metric_reads_is_said_to_bill_nothing()
    {
        await using var office = await UsageOffice.Open();
        var mapping = UsageFiles.Calls with { Properties = [new("calls", "kalls", Web.Features.Usage.Files.PropertyKind.Number)] };
        var row = Assert.Single((await office.Check.Run(await office.Upload(Head + "d,2026-01-02,SUB-1,150\n"), mapping)).Comparisons);
        Assert.Equal(("", null), (row.Metrics, row.MonthBefore));
    }

    [Theory, ClassData<BothDatabases>]
    public async Task A_check_says_which_waiting_invoice_changes_and_by_how_much_and_changes_nothing(DatabaseProvider provider)
    {
        await using var office = await UsageOffice.Open(provider, server);
        await office.ImportText(Head + "a,2023-12-02,SUB-1,5\n");
        await office.Bill(2023, 12, InvoiceStatus.NeedsApproval);
        await office.Bill(2024, 1, InvoiceStatus.NeedsApproval);

        var money = (await office.Check.Run(await office.Upload(Head + "b,2023-12-05,SUB-1,7\n"), UsageFiles.Calls)).Money;

        var draft = Assert.Single(money.Drafts);
        Assert.Equal(("5.00 EUR", "12.00 EUR", 1), ($"{draft.Before}", $"{draft.After}", money.Unchanged));
        Assert.Equal(1, await office.StoredEvents());
        var again = (await office.Check.Run(await office.Upload(Head + "a,2023-12-02,SUB-1,5\n"), UsageFiles.Calls)).Money;
        Assert.Empty(again.Drafts);
    }
}
