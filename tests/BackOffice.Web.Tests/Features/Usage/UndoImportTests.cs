using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Core.Usage;
using BackOffice.Data.Identity;
using BackOffice.Data.Providers;
using BackOffice.Data.Usage;
using BackOffice.Web.Features.Operations;
using BackOffice.Web.Features.Usage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Usage;

/// <summary>C47: an import is taken back while nothing of it is billed for good, and it is as if it had never come.</summary>
public sealed class UndoImportTests(PostgresServer server)
{
    private const string Head = "id,at,customer,calls\n";
    private static readonly Interval Always = new(Instant.FromUtc(2000, 1, 1, 0, 0), Instant.FromUtc(2030, 1, 1, 0, 0));

    [Theory, ClassData<BothDatabases>]
    public async Task What_is_undone_is_read_by_nobody_and_can_come_again_as_it_was_or_corrected(DatabaseProvider provider)
    {
        await using var office = await UsageOffice.Open(provider, server);
        await office.ImportText(Head + "k,2026-01-02,SUB-1,100\n");
        var first = await office.ImportText(Head + "a,2026-01-02,SUB-1,1\nb,2026-01-02,SUB-1,2\n");

        await office.Undo.Run(first.Id, "The wrong month.");
        Assert.Equal((100m, "k"), await Billable(office));

        var corrected = await office.ImportText(Head + "a,2026-01-02,SUB-1,10\nb,2026-01-02,SUB-1,20\n");
        Assert.Equal((2, 0, 0), (corrected.Report!.Accepted, corrected.Report.Duplicates, corrected.Report.Rejected));
        Assert.Equal((130m, "b a k"), await Billable(office));

        await office.Undo.Run(corrected.Id, "Wrong again.");
        var asItWas = await office.ImportText(Head + "a,2026-01-02,SUB-1,1\nb,2026-01-02,SUB-1,2\n");
        var twice = await office.ImportText(Head + "a,2026-01-02,SUB-1,1\nb,2026-01-02,SUB-1,3\n", ImportMode.GoodRowsOnly);
        Assert.Equal((2, 1, 1), (asItWas.Report!.Accepted, twice.Report!.Duplicates, twice.Report.Rejected));
        Assert.Equal((103m, "b a k"), await Billable(office));
        var checks = await new Verify(office.Dbs, office.Gate).Run();
        Assert.Empty(checks.SelectMany(check => check.Problems));
    }

    [Fact]
    public async Task The_report_stays_and_says_who_why_and_when()
    {
        await using var office = await UsageOffice.Open();
        await office.SignIn(Roles.Clerk);
        var import = await office.ImportText(Head + "a,2026-01-02,SUB-1,1\n");
        await office.Undo.Run(import.Id, " The wrong customer. ");
        var stored = await office.Stored(import.Id);
        Assert.Equal((ImportStatus.Undone, 1), (stored.Status, stored.Report!.Accepted));
        Assert.Equal(("Ana", UsageFiles.Now, "The wrong customer."),
            (stored.Report.Undoing!.By.Name, stored.Report.Undoing.At, stored.Report.Undoing.Reason));
        Assert.Equal("1 row was stored and taken back. No invoice contains this usage.", ImportWords.Summary(stored.Status, stored.Report));
        await using var db = office.Db();
        var entry = await db.Audit.OrderBy(a => a.Id).LastAsync();
        Assert.Equal(("Undone", "Ana", "Import 1, usage.csv, 1 events: The wrong customer."),
            (entry.Action, entry.Actor.Name, entry.Detail));
    }

    [Theory, ClassData<BothDatabases>]
    public async Task An_invoice_that_waits_is_computed_again(DatabaseProvider provider)
    {
        await using var office = await UsageOffice.Open(provider, server);
        await office.ImportText(Head + "k,2023-12-02,SUB-1,5\n");
        var import = await office.ImportText(Head + "a,2023-12-03,SUB-1,7\n");
        await office.Bill(2023, 12, InvoiceStatus.NeedsApproval);
        await office.Undo.Run(import.Id, "Test.");
        await using var db = office.Db();
        Assert.Equal("5.00 EUR", $"{(await db.Invoices.SingleAsync()).Total}");
    }

    [Theory]
    [InlineData(InvoiceStatus.Issued,
        "Import 1 cannot be undone: 2 events of SUB-1 stand on invoice INV-1, which is issued. "
        + "What is wrong there is corrected with a credit note.")]
    [InlineData(null, "Import 1 cannot be undone: 2 events of SUB-1 are of ")]
    public async Task What_is_billed_for_good_stays(InvoiceStatus? status, string sentence)
    {
        await using var office = await UsageOffice.Open();
        var import = await office.ImportText(Head + "a,2023-12-03,SUB-1,7\nb,2023-12-04,SUB-1,7\nc,2024-01-04,SUB-1,7\n");
        await office.Bill(2023, 12, status);
        var refusal = await Assert.ThrowsAsync<RuleBroken>(() => office.Undo.Run(import.Id, "Test."));
        Assert.StartsWith(sentence, refusal.Message, StringComparison.Ordinal);
        Assert.Equal((ImportStatus.Imported, 21m), ((await office.Stored(import.Id)).Status, (await Billable(office)).Sum));
    }

    [Fact]
    public async Task Usage_that_came_late_is_on_no_invoice_and_may_go()
    {
        await using var office = await UsageOffice.Open();
        await office.Bill(2023, 12, InvoiceStatus.Issued);
        var import = await office.ImportText(Head + "a,2023-12-03,SUB-1,7\n");
        await office.Undo.Run(import.Id, "Test.");
        Assert.Equal(ImportStatus.Undone, (await office.Stored(import.Id)).Status);
    }

    [Fact]
    public async Task Only_what_is_stored_can_be_undone_and_only_once_and_with_a_reason()
    {
        await using var office = await UsageOffice.Open();
        var waiting = await office.Upload(Head + "a,2026-01-02,SUB-1,1\n");
        Assert.Equal("Import 1 has stored nothing, so there is nothing to undo.", await Refusal(waiting));
        var import = await office.Import.Run(waiting, UsageFiles.Calls, ImportMode.AllOrNothing);
        await Assert.ThrowsAsync<RuleBroken>(() => office.Undo.Run(import.Id, "  "));
        await office.Undo.Run(import.Id, "Test.");
        Assert.Equal("Import 1 is undone already.", await Refusal(waiting));
        var refusal = await Assert.ThrowsAsync<RuleBroken>(() => office.Import.Run(waiting, UsageFiles.Calls, ImportMode.AllOrNothing));
        Assert.StartsWith("Import 1 is done already.", refusal.Message, StringComparison.Ordinal);

        async Task<string> Refusal(ImportId id) => (await Assert.ThrowsAsync<RuleBroken>(() => office.Undo.Run(id, "Test."))).Message;
    }

    [Theory]
    [InlineData(Roles.Viewer, false)]
    [InlineData(Roles.Clerk, true)]
    [InlineData(Roles.Approver, true)]
    [InlineData(Roles.Admin, false)]
    public async Task Who_may_import_may_undo(string role, bool may)
    {
        await using var office = await UsageOffice.Open();
        var import = await office.ImportText(Head + "a,2026-01-02,SUB-1,1\n");
        await office.SignIn(role);
        Assert.Equal(may, await Record.ExceptionAsync(() => office.Undo.Run(import.Id, "Test.")) is null);
    }

    [Theory, ClassData<BothDatabases>]
    public async Task A_record_that_a_crash_left_behind_follows_the_events(DatabaseProvider provider)
    {
        await using var office = await UsageOffice.Open(provider, server);
        var import = await office.ImportText(Head + "a,2023-12-03,SUB-1,7\n");
        await office.Bill(2023, 12, InvoiceStatus.NeedsApproval);
        await office.Undo.Run(import.Id, "Test.");
        await using var db = office.Db();
        await db.Database.ExecuteSqlAsync($"UPDATE imports SET status = 'Imported'");

        await UndoImport.Recover(db, default);
        await UndoImport.Recover(db, default);

        Assert.Equal(ImportStatus.Undone, (await office.Stored(import.Id)).Status);
        Assert.Equal("0.00 EUR", $"{(await db.Invoices.SingleAsync()).Total}");
        Assert.Equal(2, await db.Audit.CountAsync(a => a.Action == "Undone"));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("ein_Dutzend1")]
    [InlineData("noch_eins_dav")]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("01234567-89ab-cdef-0123-456789abcdfe")]
    public void An_id_taken_again_comes_back_as_it_was_each_time_under_another_key(string id)
    {
        var keys = new HashSet<string>();
        var key = new byte[TransactionKey.MaxBytes];
        var length = TransactionKey.Write(id, key);
        for (var time = 1; time <= 300; time++)
        {
            Assert.True(keys.Add(Convert.ToHexString(key, 0, length)));
            Assert.Equal(id, TransactionKey.Read(key.AsSpan(0, length)));
            length = TransactionKey.TakeAgain(key, length);
        }
    }

    private static async Task<(decimal Sum, string Ids)> Billable(UsageOffice office)
    {
        await using var db = office.Db();
        var events = await db.BillableEvents(office.Subscription.Id, Always).ToListAsync();
        var listed = (await office.Events.List(new EventFilter())).Rows.Select(row => row.TransactionId);
        return (events.Sum(e => e.Numbers["calls"]), string.Join(' ', listed));
    }
}
