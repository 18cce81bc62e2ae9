using BackOffice.Core.Common;
using BackOffice.Data.Identity;
using BackOffice.Data.Providers;
using BackOffice.Web.Features.Usage;
using BackOffice.Web.Features.Usage.Files;
using NodaTime.Testing;

namespace BackOffice.Web.Tests.Features.Usage;

/// <summary>What the columns of a kind of file mean is said once, under a name.</summary>
public sealed class SavedMappingTests(PostgresServer server)
{
    private const string File = "id,at,customer,calls\na,2026-01-02,SUB-1,1\n";

    [Theory, ClassData<BothDatabases>]
    public async Task A_file_with_the_columns_of_a_saved_mapping_is_recognised_and_names_it(DatabaseProvider provider)
    {
        await using var office = await UsageOffice.Open(provider, server);
        await office.ImportText(File);
        var other = UsageFiles.Calls with { EventName = "other" };
        await Save(office).Run(" Daily export ", other);
        var seen = await office.Inspect.Run(await office.Upload(File + "b,2026-01-03,SUB-1,1\n"));
        Assert.Equal(("Daily export", null), (seen.SavedAs, seen.MappedAs));
        Assert.Equal(other.ToJson(), seen.Suggestion!.Mapping.ToJson());

        var foreign = await office.Inspect.Run(await office.Upload("x,y\n1,2\n"));
        Assert.Equal((null, null), (foreign.SavedAs, foreign.MappedAs));
    }

    [Fact]
    public async Task A_name_means_what_was_saved_last_and_can_be_changed_and_deleted()
    {
        await using var office = await UsageOffice.Open();
        var (rename, delete) = (new RenameMapping(office.Dbs, office.Gate, Clock), new DeleteMapping(office.Dbs, office.Gate, Clock));
        var id = await Save(office).Run("Daily", UsageFiles.Calls);
        Assert.Equal(id, await Save(office).Run("Daily", UsageFiles.Calls with { EventName = "newer" }));
        Assert.Equal("newer", (await List(office).Named("Daily")).EventName);

        await Save(office).Run("Weekly", UsageFiles.Calls);
        var taken = await Assert.ThrowsAsync<RuleBroken>(() => rename.Run(id, "Weekly"));
        Assert.Equal("There is a mapping named “Weekly” already. Choose another name.", taken.Message);
        await rename.Run(id, "Every day");
        Assert.Equal([("Every day", "at, customer, id, calls"), ("Weekly", "at, customer, id, calls")],
            (await List(office).List()).Rows.Select(row => (row.Name, row.Columns)));

        await delete.Run(id);
        await Assert.ThrowsAsync<RuleBroken>(() => delete.Run(id));
        var gone = await Assert.ThrowsAsync<RuleBroken>(() => List(office).Named("Every day"));
        Assert.Equal("There is neither a file nor a saved mapping named “Every day”.", gone.Message);
    }

    [Fact]
    public async Task Only_a_whole_mapping_with_a_name_is_saved_and_only_by_who_may_import()
    {
        await using var office = await UsageOffice.Open();
        await Assert.ThrowsAsync<RuleBroken>(() => Save(office).Run(" ", UsageFiles.Calls));
        await Assert.ThrowsAsync<RuleBroken>(() => Save(office).Run("x", UsageFiles.Calls with { TimestampColumn = null }));
        await office.SignIn(Roles.Viewer);
        await Assert.ThrowsAsync<RuleBroken>(() => Save(office).Run("x", UsageFiles.Calls));
    }

    private static FakeClock Clock => new(UsageFiles.Now);

    private static SaveMapping Save(UsageOffice office) => new(office.Dbs, office.Gate, Clock);

    private static MappingQueries List(UsageOffice office) => new(office.Dbs);
}
