using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using BackOffice.Data.Identity;
using BackOffice.Data.Providers;
using BackOffice.Data.Usage;
using BackOffice.Web.Features.Usage;
using BackOffice.Web.Features.Usage.Files;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Tests.Features.Usage;

/// <summary>Whatever breaks off, nothing is half there.</summary>
public sealed class ImportFailureTests(PostgresServer server)
{
    [Theory, ClassData<BothDatabases>]
    public async Task An_import_cut_off_in_the_middle_has_stored_nothing_and_can_be_repeated(DatabaseProvider provider)
    {
        await using var office = await UsageOffice.Open(provider, server);
        var id = await office.Upload(await File.ReadAllBytesAsync(UsageFiles.TracePath));
        var pulledPlug = new PullsThePlug(after: 5_000);

        await Assert.ThrowsAsync<IOException>(() => office.Import.Run(id, UsageFiles.Trace, ImportMode.GoodRowsOnly, pulledPlug));
        Assert.Equal((ImportStatus.Importing, 0), ((await office.Stored(id)).Status, await office.StoredEvents()));

        var again = await office.Import.Run(id, UsageFiles.Trace, ImportMode.AllOrNothing);
        Assert.Equal((8_819, 0), (again.Report!.Accepted, again.Report.Duplicates));
    }

    [Theory, ClassData<BothDatabases>]
    public async Task One_file_imported_twice_at_once_is_one_set_of_events(DatabaseProvider provider)
    {
        await using var office = await UsageOffice.Open(provider, server);
        var trace = await File.ReadAllBytesAsync(UsageFiles.TracePath);
        ImportId[] uploads = [await office.Upload(trace), await office.Upload(trace)];

        var imports = await Task.WhenAll(uploads.Select(
            id => Task.Run(() => office.Import.Run(id, UsageFiles.Trace, ImportMode.AllOrNothing))));

        Assert.Equal([(0, 8_819), (8_819, 0)], imports.Select(i => (i.Report!.Accepted, i.Report.Duplicates)).Order());
        Assert.Equal(8_819, await office.StoredEvents());
    }

    [Theory, ClassData<BothDatabases>]
    public async Task One_import_started_twice_at_once_finishes_once(DatabaseProvider provider)
    {
        await using var office = await UsageOffice.Open(provider, server);
        var id = await office.Upload(await File.ReadAllBytesAsync(UsageFiles.TracePath));

        var attempts = Enumerable.Range(0, 2).Select(
            _ => Task.Run(() => office.Import.Run(id, UsageFiles.Trace, ImportMode.AllOrNothing))).ToList();
        await Task.WhenAll(attempts).ContinueWith(_ => { }, TestContext.Current.CancellationToken);

        _ = Assert.Single(attempts, attempt => attempt.IsCompletedSuccessfully);
        Assert.All(attempts.Where(attempt => attempt.IsFaulted), attempt =>
            Assert.True(attempt.Exception!.InnerException is RuleBroken or DbUpdateConcurrencyException));
        Assert.Equal((8_819, 8_819), ((await office.Stored(id)).Report!.Accepted, await office.StoredEvents()));
    }

    [Theory, ClassData<BothDatabases>]
    public async Task Usage_of_a_period_that_is_closed_while_the_file_is_read_is_late(DatabaseProvider provider)
    {
        await using var office = await UsageOffice.Open(provider, server);
        var id = await office.Upload("id,at,customer,calls\na,2023-11-05,SUB-1,1\nb,2023-12-05,SUB-1,1\n");
        var closes = new ClosesThePeriod(() => office.Bill(2023, 11, Core.Invoices.InvoiceStatus.Issued));

        var import = await office.Import.Run(id, UsageFiles.Calls, ImportMode.AllOrNothing, closes);

        Assert.Equal((2, 1), (import.Report!.Accepted, import.Report.Late));
        await using var db = office.Db();
        Assert.Equal(["a"], await db.Usage(new EventQuery(Late: true)).Select(e => e.TransactionId)
            .ToListAsync(TestContext.Current.CancellationToken));
        Assert.Empty((await db.CheckRollups(TestContext.Current.CancellationToken)).Problems);
    }

    [Theory, ClassData<BothDatabases>]
    public async Task A_record_that_a_crash_left_open_is_finished_from_what_lies_with_the_events(DatabaseProvider provider)
    {
        await using var office = await UsageOffice.Open(provider, server);
        var import = await office.ImportText(
            "id,at,customer,calls\na,2026-01-02,SUB-1,1\nb,x,SUB-1,1\n", ImportMode.GoodRowsOnly);
        await using var db = office.Db();
        await db.Database.ExecuteSqlRawAsync("UPDATE imports SET status = 'Importing', report = NULL, finished_at = NULL");
        await db.Database.ExecuteSqlRawAsync("DELETE FROM import_problems");

        Assert.Equal((1, 0), (await db.RecoverImports(default), await db.RecoverImports(default)));

        var recovered = await office.Stored(import.Id);
        Assert.Equal((ImportStatus.ImportedWithRejects, import.FinishedAt), (recovered.Status, recovered.FinishedAt));
        Assert.Equal(import.Report!.Totals, recovered.Report!.Totals);
        Assert.Equal((2L, 1L, 1L), (recovered.Report.Rows, recovered.Report.Accepted, recovered.Report.Rejected));
        Assert.Equal("3 at timestamp_malformed", await office.Problems(import.Id));
    }

    [Fact]
    public async Task A_check_says_what_an_import_would_and_stores_nothing()
    {
        await using var office = await UsageOffice.Open();
        const string Head = "id,at,customer,calls\n";
        await office.ImportText(Head + "a,2026-01-02,SUB-1,1\n");
        var id = await office.Upload(
            Head + "a,2026-01-02,SUB-1,1\na,2026-01-02,SUB-1,2\nb,2026-01-02,SUB-1,4\nb,2026-01-02,SUB-1,4\nc,x,SUB-1,1\nd,y,SUB-1,1\n");

        var check = await office.Check.Run(id, UsageFiles.Calls);

        Assert.Equal((6, 1, 2, 3), (check.Report.Rows, check.Report.Accepted, check.Report.Duplicates, check.Report.Rejected));
        Assert.Equal(
            [("timestamp_malformed", 2L, 6L, "x"), ("conflict", 1L, 3L, "a")],
            check.Groups.Select(g => (g.Code, g.Count, g.FirstLine, g.FirstValue!)));
        Assert.Equal((ImportStatus.Uploaded, 1), ((await office.Stored(id)).Status, await office.StoredEvents()));
    }

    [Fact]
    public async Task An_upload_too_large_leaves_nothing()
    {
        await using var office = await UsageOffice.Open(maxBytes: 1_000);
        var refusal = await Assert.ThrowsAsync<RuleBroken>(() => office.Upload(new byte[1_001]));
        Assert.Equal("The file is larger than 1,000 bytes. Split it into parts and import them one after the other.", refusal.Message);
        await NothingIsThere(office);
        await office.Upload(new byte[1_000]);
    }

    [Fact]
    public async Task An_empty_upload_leaves_nothing()
    {
        await using var office = await UsageOffice.Open();
        await Assert.ThrowsAsync<RuleBroken>(() => office.Upload([]));
        await NothingIsThere(office);
    }

    [Fact]
    public async Task An_upload_that_breaks_off_leaves_nothing()
    {
        await using var office = await UsageOffice.Open();
        await using var broken = new BreaksOff(200_000);
        await Assert.ThrowsAsync<IOException>(() => office.Receive.Run("usage.csv", broken));
        await NothingIsThere(office);
    }

    [Fact]
    public async Task An_upload_without_a_name_is_refused_before_it_is_read()
    {
        await using var office = await UsageOffice.Open();
        await using var broken = new BreaksOff(0);
        await Assert.ThrowsAsync<RuleBroken>(() => office.Receive.Run("C:\\exports\\", broken));
    }

    [Fact]
    public async Task The_senders_name_is_shown_and_never_used_on_disk()
    {
        await using var office = await UsageOffice.Open();
        var id = await office.Upload([1], "../../etc/\u202Epasswd\n.csv");
        Assert.Equal("passwd.csv", (await office.Stored(id)).FileName);
        Assert.Equal([$"{id.Value:N}.csv"], Directory.GetFiles(office.UploadFolder).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData(Roles.Viewer, false)]
    [InlineData(Roles.Clerk, true)]
    [InlineData(Roles.Approver, true)]
    [InlineData(Roles.Admin, false)]
    public async Task Clerks_and_approvers_import_and_nobody_else(string role, bool may)
    {
        await using var office = await UsageOffice.Open();
        var id = await office.Upload("id,at,customer,calls\na,2026-01-02,SUB-1,1\n");
        await office.SignIn(role);
        Func<Task>[] deeds =
        [
            () => office.Upload([1]),
            () => office.Inspect.Run(id),
            () => office.Check.Run(id, UsageFiles.Calls),
            () => office.Import.Run(id, UsageFiles.Calls, ImportMode.AllOrNothing),
        ];
        foreach (var deed in deeds)
        {
            Assert.Equal(may, await Record.ExceptionAsync(deed) is null);
        }

        Assert.Equal(may ? 1 : 0, await office.StoredEvents());
    }

    [Fact]
    public async Task Every_step_is_in_the_audit_trail()
    {
        await using var office = await UsageOffice.Open();
        await office.SignIn(Roles.Clerk);
        await office.ImportText("id,at,customer,calls\na,2026-01-02,SUB-1,1\n");
        await office.ImportText("id,at,customer,calls\na,2026-01-02,SUB-1,2\n");
        await using var db = office.Db();
        var trail = await db.Audit.OrderBy(a => a.Id).ToListAsync();
        Assert.Equal(["Uploaded", "Imported", "Uploaded", "Refused"], trail.Select(a => a.Action));
        Assert.All(trail, entry => Assert.Equal("Ana", entry.Actor.Name));
        Assert.Equal("Import 1, usage.csv: 1 rows, 1 accepted, 0 duplicates, 0 rejected, 0 late", trail[1].Detail);
    }

    private static async Task NothingIsThere(UsageOffice office)
    {
        await using var db = office.Db();
        Assert.Equal((0, 0), (await db.Imports.CountAsync(), await db.Audit.CountAsync()));
        Assert.Empty(Directory.GetFiles(office.UploadFolder));
    }

    /// <summary>Somebody else issues an invoice when the file has been read and before it is kept.</summary>
    private sealed class ClosesThePeriod(Func<Task> close) : IProgress<long>
    {
        private bool _closed;

        public void Report(long value)
        {
            if (!_closed && value == 2)
            {
                _closed = true;
                close().GetAwaiter().GetResult();
            }
        }
    }

    private sealed class PullsThePlug(long after) : IProgress<long>
    {
        public void Report(long value)
        {
            if (value >= after)
            {
                throw new IOException("The power went.");
            }
        }
    }

    /// <summary>A connection that is cut.</summary>
    private sealed class BreaksOff(int after) : MemoryStream(new byte[after])
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is var count and > 0 ? count : throw new IOException("The connection was cut.");
    }
}
