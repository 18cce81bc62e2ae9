using BackOffice.Web.Features.Audit;
using BackOffice.Web.Tests.Features.Billing;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Audit;

public sealed class AuditTests
{
    [Fact]
    public async Task The_trail_is_newest_first_and_found_by_person_thing_text_and_day()
    {
        await using var scene = await Scene.Create();
        await scene.Customer("acme", new(2023, 11, 1));
        await scene.Bill();
        scene.Clock.Advance(Duration.FromDays(1));
        var invoice = await scene.OnlyInvoice();
        await scene.Approve(invoice.Id);

        Assert.Equal(["Approved", "Started"], await Actions(scene, new(null, null, null, null)));
        Assert.Equal(["Started"], await Actions(scene, new(null, "Cleo", null, null)));
        Assert.Equal(["Approved"], await Actions(scene, new("Invoice", null, null, null)));
        Assert.Equal(["Started"], await Actions(scene, new(null, "1 customers", null, null)));
        Assert.Equal(["Approved"], await Actions(scene, new(null, null, new(2023, 12, 2), null)));
        Assert.Equal(["Started"], await Actions(scene, new(null, null, null, new(2023, 12, 1))));
        var list = await List(scene, new(null, null, null, null));
        Assert.Equal($"/invoices/{invoice.Id.Value}", list.Rows[0].Href);
        Assert.Equal(["Invoice", "Run"], list.Subjects);
    }

    private static async Task<IEnumerable<string>> Actions(Scene scene, AuditFilter filter) =>
        (await List(scene, filter)).Rows.Select(row => row.Action);

    private static Task<AuditList> List(Scene scene, AuditFilter filter) =>
        scene.Ask<AuditQueries, AuditList>(scene.Admin, audit => audit.List(filter));
}
