using BackOffice.Core.Common;
using BackOffice.Data.Identity;
using BackOffice.Web.Features.Usage;
using BackOffice.Web.Features.Usage.Files;
using BackOffice.Web.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace BackOffice.Web.Tests.Features.Usage;

/// <summary>What somebody has answered and checked outlives the page.</summary>
public sealed class CheckWorkerTests
{
    private static readonly UsageMapping Mapping = UsageFiles.Calls with { SubscriptionColumn = null, SubscriptionCode = "SUB-1" };

    [Fact]
    public async Task A_check_goes_on_without_the_page_and_is_there_until_the_mapping_changes()
    {
        await using var office = await TestOffice.Create();
        var clerk = await office.AddPerson("clerk", Roles.Clerk);
        var id = default(Core.Usage.ImportId);
        await office.As<ReceiveUpload>(clerk, async use =>
        {
            using var content = new MemoryStream("id,at,customer,calls\na,2026-01-02,x,1\nb,x,x,1\n"u8.ToArray());
            id = await use.Run("usage.csv", content);
        });
        await office.As<StartCheck>(clerk, use => use.Run(id, Mapping));
        var forms = office.Services.GetRequiredService<CheckWorker>();
        while (forms.State(id) is { Rows: not null })
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        var state = forms.State(id)!;
        Assert.Equal((2, null), (state.Result!.Report.Rows, state.Refusal));
        forms.Keep(id, Mapping);
        Assert.NotNull(forms.State(id)!.Result);
        forms.Keep(id, Mapping with { SubscriptionCode = "SUB-2" });
        Assert.Equal(("SUB-2", null), (forms.State(id)!.Mapping.SubscriptionCode, forms.State(id)!.Result));
        forms.Forget(id);
        Assert.Null(forms.State(id));
    }

    [Fact]
    public async Task Why_a_file_could_not_be_checked_is_said_and_who_may_not_import_may_not_check()
    {
        await using var office = await TestOffice.Create();
        var (clerk, viewer) = (await office.AddPerson("clerk", Roles.Clerk), await office.AddPerson("viewer", Roles.Viewer));
        var unknown = Core.Usage.ImportId.New();
        await office.As<StartCheck>(clerk, use => use.Run(unknown, Mapping));
        var forms = office.Services.GetRequiredService<CheckWorker>();
        while (forms.State(unknown) is { Rows: not null })
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.Equal("There is no such import. Upload the file again.", forms.State(unknown)!.Refusal);
        await Assert.ThrowsAsync<RuleBroken>(() => office.As<StartCheck>(viewer, use => use.Run(unknown, Mapping)));
        var incomplete = Mapping with { TimestampColumn = null };
        await Assert.ThrowsAsync<RuleBroken>(() => office.As<StartCheck>(clerk, use => use.Run(unknown, incomplete)));
    }
}
