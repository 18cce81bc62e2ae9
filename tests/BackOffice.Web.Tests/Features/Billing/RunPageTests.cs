using System.Security.Claims;
using BackOffice.Core.Billing;
using BackOffice.Core.Invoices;
using BackOffice.Data;
using BackOffice.Data.Identity;
using BackOffice.Web.Features.Billing;
using BackOffice.Web.Features.Invoices;
using BackOffice.Web.Shared;
using BackOffice.Web.Tests.Shared;
using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Billing;

public sealed class RunPageTests : PageTest
{
    private static readonly LocalDate FirstOfNovember = new(2023, 11, 1);

    [Fact]
    public async Task A_clerk_sees_his_run_and_that_a_second_person_approves()
    {
        await using var scene = await Scene.Create();
        await scene.Customer("acme", FirstOfNovember);
        var run = await scene.Bill();

        var page = Open(scene, scene.Clerk, Permission.Read, Permission.RunBilling).Render<RunPage>(p => p.Add(r => r.Id, run.Value));

        Assert.Contains("Finished", page.Find("h1").TextContent, StringComparison.Ordinal);
        Assert.Contains("You prepared 1 of these invoices: a second person approves it.", Text(page), StringComparison.Ordinal);
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Contains("Approve", StringComparison.Ordinal));
        Assert.Equal("117.81", page.Find("table tbody td[data-label=Total]").TextContent.Trim());
    }

    [Fact]
    public async Task An_approver_is_offered_what_others_prepared_and_then_to_issue_it()
    {
        await using var scene = await Scene.Create();
        await scene.Customer("acme", FirstOfNovember);
        await scene.Customer("beta", FirstOfNovember);
        var run = await scene.Bill();
        await scene.Approve((await scene.Invoices())[0].Id);

        var page = Open(scene, scene.Approver, Permission.Read, Permission.ApproveInvoices)
            .Render<RunPage>(p => p.Add(r => r.Id, run.Value));

        Assert.Equal(["Approve all 1", "Issue all 1"], page.FindAll(".page-actions button").Select(button => button.TextContent.Trim()));
    }

    [Fact]
    public async Task A_working_run_says_how_far_it_is_and_decides_nothing_yet()
    {
        await using var scene = await Scene.Create();
        await scene.Customer("acme", FirstOfNovember);
        var run = await scene.Ask<StartRun, BillingRunId?>(scene.Clerk, start => start.Run(Scene.November));

        var page = Open(scene, scene.Approver, Permission.Read, Permission.ApproveInvoices)
            .Render<RunPage>(p => p.Add(r => r.Id, run!.Value.Value));

        Assert.Contains("Working: 0 of 1 customers.", Text(page), StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".page-actions button"));
        await scene.Work(run!.Value);
        page.WaitForAssertion(
            () => Assert.Equal("Approve all 1", page.Find(".page-actions button").TextContent.Trim()), TimeSpan.FromSeconds(10));
        Assert.Contains("Finished", page.Find("h1").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_prepared_an_invoice_reads_why_he_cannot_approve_it_and_others_get_the_button()
    {
        await using var scene = await Scene.Create();
        await scene.Customer("acme", FirstOfNovember);
        await scene.Bill(by: scene.Approver);
        var invoice = await scene.OnlyInvoice();

        var mine = Open(scene, scene.Approver, Permission.Read, Permission.ApproveInvoices)
            .Render<InvoicePage>(p => p.Add(i => i.Id, invoice.Id.Value));

        Assert.Contains("You prepared this invoice, so somebody else must approve it.", Text(mine), StringComparison.Ordinal);
        Assert.Equal(["Return with a comment"], mine.FindAll(".rail-actions button").Select(button => button.TextContent.Trim()));
        Assert.Equal($"/invoices/{invoice.Id.Value}/pdf", mine.Find("a[target=_blank]").GetAttribute("href"));
    }

    [Fact]
    public async Task Approving_shows_the_new_state_and_a_refusal_stays_on_the_page()
    {
        await using var scene = await Scene.Create();
        var subscription = await scene.Customer("acme", FirstOfNovember);
        await scene.Bill();
        var invoice = await scene.OnlyInvoice();
        var page = Open(scene, scene.Approver, Permission.Read, Permission.ApproveInvoices)
            .Render<InvoicePage>(p => p.Add(i => i.Id, invoice.Id.Value));
        await scene.Use(subscription, Instant.FromUtc(2023, 11, 15, 12, 0), 5);

        await Button(page, "Approve").ClickAsync(new());
        Assert.Contains("Usage or taxes have changed", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);

        await scene.As<RefreshInvoice>(scene.Clerk, refresh => refresh.Run(invoice.Id));
        var again = Render<InvoicePage>(p => p.Add(i => i.Id, invoice.Id.Value));
        await Button(again, "Approve").ClickAsync(new());
        Assert.Equal(["Issue", "Return with a comment"], again.FindAll(".rail-actions button").Select(button => button.TextContent.Trim()));
    }

    [Fact]
    public async Task A_run_and_an_invoice_that_do_not_exist_say_so()
    {
        await using var scene = await Scene.Create();
        Open(scene, scene.Clerk, Permission.Read);

        Assert.Contains("There is no such run", Text(Render<RunPage>(p => p.Add(r => r.Id, Guid.NewGuid()))), StringComparison.Ordinal);
        Assert.Contains("There is no such invoice", Text(Render<InvoicePage>(p => p.Add(i => i.Id, Guid.NewGuid()))),
            StringComparison.Ordinal);
    }

    /// <summary>Signs a person in and lets the pages use the scene's own database.</summary>
    private RunPageTests Open(Scene scene, AppUser person, params Permission[] permissions)
    {
        AddAuthorization().SetAuthorized(person.DisplayName).SetPolicies([.. permissions.Select(p => p.ToString())])
            .SetClaims(new Claim(ClaimTypes.NameIdentifier, person.Id.ToString()));
        var actors = new ActorSource(Services, new Microsoft.AspNetCore.Http.HttpContextAccessor());
        actors.ActAs(new Actor(person.Id, person.DisplayName));
        var dbs = scene.Service<IDbContextFactory<BackOfficeDb>>();
        var gate = new Gate(dbs, actors, NullLogger<Gate>.Instance);
        var approve = new ApproveInvoice(dbs, gate, scene.Clock, NullLogger<ApproveInvoice>.Instance);
        var issue = new IssueInvoice(dbs, gate, scene.Clock, NullLogger<IssueInvoice>.Instance);
        Services.AddSingleton(actors).AddSingleton(new RunQueries(dbs, scene.Clock)).AddSingleton(new InvoiceQueries(dbs))
            .AddSingleton(new RetryParked(dbs, gate, scene.Clock)).AddSingleton(new ApproveInvoices(approve))
                .AddSingleton(new IssueInvoices(issue))
            .AddSingleton(scene.Service<RunWorker>()).AddSingleton(approve).AddSingleton(issue)
                .AddSingleton(new RefreshInvoice(dbs, gate, scene.Clock))
            .AddSingleton(new ReturnInvoice(dbs, gate, scene.Clock)).AddSingleton(new SubmitInvoice(dbs, gate, scene.Clock))
            .AddSingleton(new VoidInvoice(dbs, gate, scene.Clock, NullLogger<VoidInvoice>.Instance));
        Renderer.SetRendererInfo(new Microsoft.AspNetCore.Components.RendererInfo("Server", isInteractive: true));
        return this;
    }

    private static AngleSharp.Dom.IElement Button<T>(IRenderedComponent<T> page, string text)
        where T : Microsoft.AspNetCore.Components.IComponent =>
        page.FindAll("button").Single(button => button.TextContent.Trim() == text);

    private static string Text<T>(IRenderedComponent<T> page)
        where T : Microsoft.AspNetCore.Components.IComponent =>
        string.Join(' ', string.Concat(page.Nodes.Select(node => node.TextContent))
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
