using BackOffice.Core.Catalog;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Identity;
using BackOffice.Web.Features.Catalog;
using BackOffice.Web.Features.Usage;
using BackOffice.Web.Shared;
using BackOffice.Web.Tests.Shared;
using Bunit;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Catalog;

public sealed class MetricPageTests : PageTest
{
    [Fact]
    public async Task A_metric_is_tried_while_it_is_typed_and_then_made()
    {
        await using var test = await TestOffice.Create();
        await Prepare(test);
        var page = Render<NewMetricPage>();
        Input(page, "Name").Input("Megabytes");
        Input(page, "How events become a quantity").Change("Max");
        Input(page, "The value of an event").Change("True");
        Input(page, "Expression").Input("event.properties.bytes /");
        Assert.StartsWith("At character ", page.Find("[data-expression]").TextContent, StringComparison.Ordinal);

        Input(page, "Expression").Input("event.properties.bytes / 1000000");
        Assert.Empty(page.FindAll("[data-expression]"));
        Input(page, "Unit").Input("MB");
        Button(page, "Paste events").Click();
        page.Find("textarea").Input("event,bytes\nupload,1500000\nupload,nothing");
        Button(page, "Use these events").Click();

        Assert.Equal("1 of 2 events count. They come to 1.5 MB.", page.Find("[data-result]").TextContent);
        Assert.Single(page.FindAll("[data-counts='no']"));
    }

    [Fact]
    public async Task A_metric_tells_which_versions_charge_it_and_can_be_renamed()
    {
        await using var test = await TestOffice.Create();
        await test.AddMetric();
        var charge = new ChargeInput("Input", "input-tokens", Samples.InputTokenPrice);
        await test.AsApprover<SavePlan>(save => save.Run(null, Samples.Plan("ai-api", charge)));
        await Prepare(test);
        var id = (await Services.GetRequiredService<CatalogQueries>().Metrics()).Single().Id;

        var page = Render<MetricPage>(parameters => parameters.Add(p => p.Id, id.Value));
        page.WaitForElement("form");
        Assert.Contains("in version 1", page.Markup, StringComparison.Ordinal);
        Input(page, "Name").Change("Prompt tokens");
        await page.InvokeAsync(() => Button(page, "Rename").Click());

        page.WaitForAssertion(() => Assert.Contains("Prompt tokens", page.Find("h1").TextContent, StringComparison.Ordinal));
        await using var db = await test.Open();
        var metric = await db.Metrics.SingleAsync();
        Assert.Equal(("Prompt tokens", Aggregation.Sum), (metric.Name, metric.Aggregation));
    }

    [Fact]
    public async Task A_rename_does_not_overwrite_what_somebody_changed_meanwhile()
    {
        await using var test = await TestOffice.Create();
        await test.AddMetric();
        await Prepare(test);
        var queries = Services.GetRequiredService<CatalogQueries>();
        var id = (await queries.Metrics()).Single().Id;
        var seen = (await queries.Metric(id))!.Revision;
        await test.AsApprover<RenameMetric>(rename => rename.Run(id, "First", "tokens", seen));

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() =>
            test.AsApprover<RenameMetric>(rename => rename.Run(id, "Second", "tokens", seen)));
    }

    private async Task Prepare(TestOffice test)
    {
        AddAuthorization().SetAuthorized("clara").SetPolicies(nameof(Permission.Read), nameof(Permission.EditCatalog));
        Services.AddSingleton(test.Services.GetRequiredService<IDbContextFactory<BackOfficeDb>>());
        Services.AddSingleton<IClock>(test.Services.GetRequiredService<IClock>());
        Services.AddSingleton<IHttpContextAccessor, HttpContextAccessor>();
        Services.AddScoped<ActorSource>().AddScoped<Gate>().AddScoped<CatalogQueries>().AddScoped<EventQueries>()
            .AddScoped<CreateMetric>().AddScoped<RenameMetric>();
        var clara = await test.AddPerson("clara", Roles.Clerk);
        Services.GetRequiredService<ActorSource>().ActAs(new Actor(clara.Id, "clara"));
    }

    private static AngleSharp.Dom.IElement Button<T>(IRenderedComponent<T> page, string text)
        where T : Microsoft.AspNetCore.Components.IComponent =>
        page.FindAll("button").First(button => button.TextContent.Trim() == text);

    private static AngleSharp.Dom.IElement Input<T>(IRenderedComponent<T> page, string label)
        where T : Microsoft.AspNetCore.Components.IComponent
    {
        var found = page.FindAll("label").First(l => l.TextContent.Trim().TrimEnd('*') == label);
        return page.Find($"#{found.GetAttribute("for")}");
    }
}
