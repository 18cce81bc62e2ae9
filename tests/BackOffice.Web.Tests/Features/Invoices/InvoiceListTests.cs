using BackOffice.Core.Invoices;
using BackOffice.Web.Features.Invoices;
using BackOffice.Web.Tests.Features.Billing;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Invoices;

public sealed class InvoiceListTests
{
    private static readonly LocalDate FirstOfOctober = new(2023, 10, 1);

    [Fact]
    public async Task The_list_is_filtered_by_state_and_text_and_sums_all_that_match()
    {
        await using var scene = await Scene.Create();
        await scene.Customer("acme", FirstOfOctober);
        await scene.Customer("zeta_100", FirstOfOctober);
        await scene.Bill();
        var first = (await scene.Invoices())[0];
        await scene.Approve(first.Id);
        await scene.Issue(first.Id);

        Assert.Equal(4, (await List(scene, null, null)).All);
        Assert.Equal(3, (await List(scene, InvoiceStatus.NeedsApproval, null)).All);
        Assert.Equal("INV-2023-000001", Assert.Single((await List(scene, InvoiceStatus.Issued, null)).Rows).Number);
        Assert.Equal(1, (await List(scene, null, "inv-2023")).All);
        Assert.Equal(2, (await List(scene, null, " ZETA_1")).All);
        Assert.Equal(0, (await List(scene, null, "acm_")).All);
        var sum = Assert.Single((await List(scene, null, "acme")).Sums);
        Assert.Equal(("198.00 USD", "37.62 USD", "235.62 USD"), (sum.Net.ToString(), sum.Tax.ToString(), sum.Total.ToString()));
        var counts = await scene.Ask<InvoiceQueries, IReadOnlyDictionary<InvoiceStatus, int>>(scene.Clerk, invoices => invoices.Counts());
        Assert.Equal((3, 1), (counts[InvoiceStatus.NeedsApproval], counts[InvoiceStatus.Issued]));
    }

    private static Task<InvoiceList> List(Scene scene, InvoiceStatus? status, string? text) =>
        scene.Ask<InvoiceQueries, InvoiceList>(scene.Clerk, invoices => invoices.List(new InvoiceFilter(status, text)));
}
