using AngleSharp.Dom;
using BackOffice.Data;
using BackOffice.Web.Features.Catalog;
using BackOffice.Web.Features.Customers;
using BackOffice.Web.Features.Subscriptions;
using BackOffice.Web.Shared;
using BackOffice.Web.Tests.Shared;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Subscriptions;

/// <summary>The pages and dialogs of subscriptions over an office of their own, as a clerk sees them.</summary>
public abstract class SubscriptionPageTest : PageTest
{
    // A busy machine computes the money of a change in more than the second that is usual.
    private protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private protected void Enter(Contract contract)
    {
        AddAuthorization().SetAuthorized("cleo").SetPolicies(nameof(Permission.Read), nameof(Permission.ManageCustomers));
        Services.AddSingleton(contract.Services.GetRequiredService<IDbContextFactory<BackOfficeDb>>());
        Services.AddSingleton<IClock>(contract.Clock).AddSingleton<IHttpContextAccessor, HttpContextAccessor>();
        Services.AddScoped<ActorSource>().AddScoped<Gate>().AddScoped<CatalogQueries>();
        Services.AddScoped<CustomerQueries>().AddScoped<LifeQueries>();
        Services.AddScoped<PreviewChange>().AddScoped<PreviewStart>().AddScoped<StartSubscription>().AddScoped<ChangeSubscription>();
        Services.GetRequiredService<ActorSource>().ActAs(new Actor(contract.Clerk.Id, "cleo"));
    }

    /// <summary>An open dialog, and what it answers once it is closed.</summary>
    private protected (IRenderedComponent<MudDialogProvider> Page, Task<object?> Answer) Open<T>(DialogParameters<T> parameters)
        where T : IComponent
    {
        var page = Render<MudDialogProvider>();
        var dialogs = Services.GetRequiredService<IDialogService>();
        var answer = page.InvokeAsync(async () => (await (await dialogs.ShowAsync<T>(null, parameters)).Result)?.Data);
        page.WaitForElement(".mud-dialog-actions button", Patience);
        return (page, answer.WaitAsync(TimeSpan.FromMinutes(1)));
    }

    /// <summary>The field with a label.</summary>
    private protected static IElement Field<T>(IRenderedComponent<T> page, string label, string scope = "*")
        where T : IComponent
    {
        var found = page.FindAll($"{scope} label").First(l => l.TextContent.Trim().TrimEnd('*') == label);
        return found.QuerySelector("input") ?? page.Find($"#{found.GetAttribute("for")}");
    }

    private protected static IElement Button<T>(IRenderedComponent<T> page, string text)
        where T : IComponent => page.FindAll("button").First(button => button.TextContent.Trim() == text);

    /// <summary>Waits for the money of the choice; only then may it be confirmed.</summary>
    private protected static void SeesMoney<T>(IRenderedComponent<T> page)
        where T : IComponent => page.WaitForElement("[data-preview] h3", Patience);

    /// <summary>Waits for the refusal of the choice, which nobody can confirm.</summary>
    private protected static string SeesRefusal<T>(IRenderedComponent<T> page)
        where T : IComponent => page.WaitForElement("[data-preview] .notice-bad", Patience).TextContent.Trim();
}
