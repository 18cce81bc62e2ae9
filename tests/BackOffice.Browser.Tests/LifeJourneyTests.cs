using BackOffice.Browser.Tests.Harness;
using BackOffice.Browser.Tests.Screens;
using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Data;
using BackOffice.Data.Identity;
using BackOffice.Web.Features.Subscriptions;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using NodaTime;

namespace BackOffice.Browser.Tests;

/// <summary>A subscription changes and ends in the middle of a month that was paid; the money is seen before it is decided.</summary>
public sealed class LifeJourneyTests(Chromium chromium)
{
    private static readonly Instant InMidMonth = Instant.FromUtc(2024, 2, 12, 6, 0);

    [Fact]
    public async Task A_clerk_upgrades_in_mid_month_and_sees_the_credit_and_the_new_fee_first()
    {
        await using var office = new Office(chromium, InMidMonth);
        var clerk = await AtSubscription(office);

        await clerk.Press("Change plan…");
        await clerk.Page.GetByLabel("Plan", new() { Exact = true }).SelectOptionAsync("big 1");
        await Shown(clerk, "[data-note]", "Credit note of 18.00 EUR for 12–29 Feb 2024");
        await Shown(clerk, "[data-document] >> nth=0", "Credit used");
        await Shown(clerk, "[data-due] >> nth=0", "162.00 EUR");
        await Shown(clerk, "[data-sum]", "instead of 87.00 EUR");
        await clerk.Press("Change plan");

        await Shown(clerk, "[data-timeline]", "Upgrade to big, version 1");
        await clerk.Reads("acme on big, version 1");
        Assert.Empty(office.Complaints);
    }

    [Fact]
    public async Task A_clerk_ends_a_subscription_and_sees_what_is_credited_first()
    {
        await using var office = new Office(chromium, InMidMonth);
        var clerk = await AtSubscription(office);

        await clerk.Press("End…");
        await clerk.Page.GetByLabel("When", new() { Exact = true }).SelectOptionAsync("now");
        await Shown(clerk, "[data-note]", "Credit note of 17.00 EUR for 13–29 Feb 2024");
        await Shown(clerk, "[data-preview]", "The invoice of 29.00 EUR due on 1 Mar 2024 is not made.");
        await clerk.Press("End subscription");

        await Shown(clerk, "[data-timeline]", "12 Feb 2024 Last day");
        await clerk.DoesNotSee("End…");
        Assert.Empty(office.Complaints);
    }

    private static Task Shown(Person person, string place, string text) =>
        Assertions.Expect(person.Page.Locator(place)).ToContainTextAsync(text);

    private static async Task<Person> AtSubscription(Office office)
    {
        await FilledOffice.AddPerson(office, "Cleo Clerk", FilledOffice.EverythingMail, Roles.Clerk);
        await using var scope = office.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ActorSource>().ActAs(Actor.CommandLine);
        await using (var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<BackOfficeDb>>().CreateDbContextAsync())
        {
            var address = new Address("Hafenweg 1", "20457", "Hamburg", null, "DE");
            db.AddRange(
                Plan("small", 29), Plan("big", 290), Customer.Create(new("acme", "acme", address, "UTC", null, null, null, null, 30)));
            await db.SaveChangesAsync();
        }

        await scope.ServiceProvider.GetRequiredService<StartSubscription>().Run(new("acme-1", "acme", "small", new LocalDate(2024, 1, 1)));
        var clerk = new Person(await office.Window());
        await clerk.SignIn(FilledOffice.EverythingMail, FilledOffice.Password);
        await clerk.Sees("Home");
        await clerk.Open("/subscriptions");
        await clerk.Follow("acme-1");
        await clerk.Sees("acme-1");
        return clerk;
    }

    private static Plan Plan(string code, decimal fee)
    {
        var plan = Core.Catalog.Plan.Create(code, code, Currency.Of("EUR"));
        plan.Edit(Money.Of(fee, plan.Currency), [], new PlanSettings { PayInAdvance = true });
        plan.Publish(InMidMonth);
        return plan;
    }
}
