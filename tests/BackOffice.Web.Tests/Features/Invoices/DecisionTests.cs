using BackOffice.Core.Billing;
using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Data.Identity;
using BackOffice.Web.Features.Billing;
using BackOffice.Web.Features.Invoices;
using BackOffice.Web.Tests.Features.Billing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Invoices;

public sealed class DecisionTests
{
    private const string Changed = "Usage or taxes have changed since this invoice was computed";

    private static readonly LocalDate FirstOfNovember = new(2023, 11, 1);
    private static readonly Instant MidNovember = Instant.FromUtc(2023, 11, 15, 12, 0);

    [Fact]
    public async Task Whoever_prepared_an_invoice_cannot_approve_it()
    {
        await using var scene = await Scene.Create();
        await scene.Customer("acme", FirstOfNovember);
        await scene.Bill(by: scene.Approver);
        var invoice = await scene.OnlyInvoice();

        await Scene.Refused("arno prepared this invoice. Somebody else must approve it.", () => scene.Approve(invoice.Id));

        await scene.Approve(invoice.Id, await scene.Person("beate", Roles.Approver));
        Assert.Equal(InvoiceStatus.Approved, (await scene.OnlyInvoice()).Status);
    }

    [Theory]
    [InlineData(Roles.Viewer)]
    [InlineData(Roles.Clerk)]
    [InlineData(Roles.Admin)]
    public async Task Only_an_approver_approves_returns_and_issues(string role)
    {
        await using var scene = await Scene.Create();
        await scene.Customer("acme", FirstOfNovember);
        await scene.Bill();
        var invoice = await scene.OnlyInvoice();
        var other = await scene.Person("otto", role);

        await Scene.Refused("This needs the role Approver", () => scene.Approve(invoice.Id, other));
        await Scene.Refused("This needs the role Approver", () => scene.Issue(invoice.Id, other));
        await Scene.Refused("This needs the role Approver", () => scene.As<ReturnInvoice>(other, back => back.Run(invoice.Id, "No.")));
    }

    [Fact]
    public async Task An_approval_of_something_that_was_changed_meanwhile_is_refused()
    {
        await using var scene = await Scene.Create();
        await scene.Customer("acme", FirstOfNovember);
        await scene.Bill();
        var invoice = await scene.OnlyInvoice();
        var seen = (await scene.Ask<InvoiceQueries, InvoiceView?>(scene.Approver, invoices => invoices.View(invoice.Id, null)))!.Revision;
        scene.Clock.Advance(Duration.FromMinutes(1));
        await scene.As<RefreshInvoice>(scene.Clerk, refresh => refresh.Run(invoice.Id));

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => scene.Approve(invoice.Id, seen: seen));

        Assert.Equal(InvoiceStatus.NeedsApproval, (await scene.OnlyInvoice()).Status);
    }

    [Fact]
    public async Task Usage_that_arrives_after_the_draft_must_be_looked_at_before_approval()
    {
        await using var scene = await Scene.Create();
        var subscription = await scene.Customer("acme", FirstOfNovember);
        await scene.Bill();
        var invoice = await scene.OnlyInvoice();
        await scene.Use(subscription, MidNovember, 2_000_000);

        await Scene.Refused(Changed, () => scene.Approve(invoice.Id));
        await scene.As<RefreshInvoice>(scene.Clerk, refresh => refresh.Run(invoice.Id));
        await scene.Approve(invoice.Id);

        Assert.Equal("104.50 USD", (await scene.OnlyInvoice()).Subtotal.ToString());
    }

    [Fact]
    public async Task Usage_that_arrives_after_the_approval_stops_the_issue_and_refreshing_voids_the_approval()
    {
        await using var scene = await Scene.Create();
        var subscription = await scene.Customer("acme", FirstOfNovember);
        await scene.Bill();
        var invoice = await scene.OnlyInvoice();
        await scene.Approve(invoice.Id);
        await scene.Use(subscription, MidNovember, 2_000_000);

        await Scene.Refused(Changed, () => scene.Issue(invoice.Id));
        await scene.As<RefreshInvoice>(scene.Clerk, refresh => refresh.Run(invoice.Id));

        var refreshed = await scene.OnlyInvoice();
        Assert.Equal((InvoiceStatus.NeedsApproval, (Person?)null), (refreshed.Status, refreshed.ApprovedBy));
        await Scene.Refused("cannot be issued", () => scene.Issue(invoice.Id));
        await scene.Approve(invoice.Id);
        Assert.Equal("INV-2023-000001", await scene.Issue(invoice.Id));
    }

    [Fact]
    public async Task Twenty_clicks_at_once_issue_an_invoice_once_and_waste_no_number()
    {
        await using var scene = await Scene.Create();
        await scene.Customer("acme", FirstOfNovember);
        await scene.Customer("beta", FirstOfNovember);
        await scene.Bill();
        var invoices = await scene.Invoices();
        await scene.Approve(invoices[0].Id);
        await scene.Approve(invoices[1].Id);

        var clicks = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () =>
        {
            try
            {
                return await scene.Issue(invoices[0].Id);
            }
            catch (Exception refused) when (refused is RuleBroken or DbUpdateConcurrencyException)
            {
                return null;
            }
        })));

        Assert.Equal("INV-2023-000001", Assert.Single(clicks, number => number is not null));
        Assert.Equal("INV-2023-000002", await scene.Issue(invoices[1].Id));
    }

    [Fact]
    public async Task Issuing_many_goes_on_past_refusals_and_leaves_no_gap()
    {
        await using var scene = await Scene.Create();
        foreach (var code in new[] { "a", "b", "c", "d", "e" })
        {
            await scene.Customer(code, FirstOfNovember);
        }

        var run = await scene.Bill();
        var view = (await View(scene, run))!;
        var seen = view.ToApprove.Select(i => new InvoiceSeen(i.Id, i.Revision, i.Buyer)).ToList();
        scene.Clock.Advance(Duration.FromMinutes(1));
        await scene.As<RefreshInvoice>(scene.Clerk, refresh => refresh.Run(seen[3].Id));
        var approved = await scene.Ask<ApproveInvoices, BulkResult>(scene.Approver, approve => approve.Run(seen));
        Assert.Equal((4, "d GmbH"), (approved.Done, Assert.Single(approved.Refused).Label));

        await using (var db = await scene.Open())
        {
            var subscription = await db.Subscriptions.AsNoTracking().SingleAsync(s => s.Code == "b-pro");
            await scene.Use(subscription, MidNovember, 5_000_000);
        }

        var issued = await scene.Ask<IssueInvoices, BulkResult>(scene.Approver, issue => issue.Run(seen));

        Assert.Equal(["b GmbH", "d GmbH"], issued.Refused.Select(refusal => refusal.Label));
        Assert.Equal(
            ["INV-2023-000001", null, "INV-2023-000002", null, "INV-2023-000003"],
            (await View(scene, run))!.Items.Select(item => item.Invoices.Single().Number));
    }

    [Fact]
    public async Task A_returned_draft_shows_the_comment_and_can_be_submitted_again()
    {
        await using var scene = await Scene.Create();
        await scene.Customer("acme", FirstOfNovember);
        await scene.Bill();
        var invoice = await scene.OnlyInvoice();

        await scene.As<ReturnInvoice>(scene.Approver, back => back.Run(invoice.Id, "The address is old."));
        await scene.As<SubmitInvoice>(scene.Clerk, submit => submit.Run(invoice.Id));
        await scene.Approve(invoice.Id);
        await scene.Issue(invoice.Id);

        var view = await scene.Ask<InvoiceQueries, InvoiceView?>(scene.Clerk, invoices => invoices.View(invoice.Id, scene.Clerk.Id));
        Assert.Equal(["Prepared cleo", "Returned arno", "Submitted cleo", "Approved arno", "Issued arno"],
            view!.Timeline.Select(s => $"{s.Action} {s.Who}"));
        Assert.Equal("The address is old.", view.Timeline[1].Remark);
        Assert.True(view.IsMine);
    }

    [Fact]
    public async Task A_run_tells_its_reader_what_he_may_approve_and_sums_by_currency()
    {
        await using var scene = await Scene.Create();
        await scene.Customer("acme", FirstOfNovember);
        var run = await scene.Bill(by: scene.Approver);

        var mine = (await View(scene, run))!;
        var others = (await scene.Ask<RunQueries, RunView?>(scene.Clerk, runs => runs.View(run, scene.Clerk.Id)))!;

        Assert.Equal((0, 1), (mine.ToApprove.Count, mine.NotMineToApprove));
        Assert.Equal((1, 0), (others.ToApprove.Count, others.NotMineToApprove));
        Assert.Equal("1 invoice, 117.81\u00A0USD", RunSums.InWords(others.ToApprove));
    }

    private static Task<RunView?> View(Scene scene, BillingRunId run) =>
        scene.Ask<RunQueries, RunView?>(scene.Approver, runs => runs.View(run, scene.Approver.Id));
}
