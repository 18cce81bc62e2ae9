using System.Text;
using BackOffice.Browser.Tests.Harness;
using BackOffice.Browser.Tests.Screens;
using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Pricing;
using BackOffice.Core.Thresholds;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Identity;
using BackOffice.Web.Features.Billing;
using BackOffice.Web.Features.Subscriptions;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using NodaTime;

namespace BackOffice.Browser.Tests;

/// <summary>Usage passes an agreed sum in mid-month: an alert tells, a run bills it early, and the month's end takes it off.</summary>
public sealed class EarlyBillingJourneyTests(Chromium chromium)
{
    private const string Usage =
        "id,timestamp,customer,units\na,2023-12-04T10:00:00Z,acme-1,120\nb,2023-12-05T10:00:00Z,acme-1,100\n";

    [Fact]
    public async Task An_import_passes_a_sum_a_run_bills_it_and_the_end_of_the_month_takes_it_off()
    {
        await using var office = new Office(chromium, Instant.FromUtc(2023, 12, 6, 10, 0));
        var clerk = await AtSubscription(office);
        await SetAlert(clerk);

        await clerk.Upload(new FilePayload { Name = "usage.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(Usage) });
        await clerk.Import();
        await clerk.Reads("All 2 rows were stored.");

        await clerk.Open("/alerts");
        await clerk.Reads("reached 100.00 EUR: 220.00 EUR when it was noticed");
        await clerk.Pictures("alerts-told");
        await clerk.Follow("acme-1, acme");
        await Shown(clerk, "[data-usage-so-far]", "A billing run through today bills it early.");
        await clerk.Pictures("usage-so-far");

        await Bill(clerk, "2023-12-05", "220.00", 1);
        await clerk.OpenInvoice("acme");
        await Shown(clerk, "[data-progressive]", "usage so far");
        await clerk.LineIs("Calls", "220 calls", "220.00");

        office.ComesTo(Instant.FromUtc(2024, 1, 1, 10, 0));
        await SignIn(clerk); // A month later nobody is signed in any more.
        await Bill(clerk, "2023-12-31", "251.00", 2);
        await clerk.Open("/invoices");
        await clerk.Row("1–31 Dec 2023").GetByRole(AriaRole.Link).First.ClickAsync();
        await clerk.Page.Locator("article.paper").WaitForAsync();
        await clerk.TotalsAre(
            ("Subtotal", "251.00"), ("Billed early (acme-1)", "−220.00"), ("No tax", "0.00"), ("Total", "31.00 EUR"));
        await clerk.Pictures("taken-off");
        Assert.Empty(office.Complaints);
    }

    private static async Task SetAlert(Person clerk)
    {
        await clerk.Follow("New alert");
        await clerk.Sees("New alert");
        await clerk.Fill("Name", "Spend");
        await clerk.Fill("Level 1", "100.00");
        await clerk.Pictures("alert-new");
        await clerk.Press("Set alert");
        await Shown(clerk, "[data-alerts]", "100.00 EUR");
    }

    private static async Task Bill(Person clerk, string through, string net, int run)
    {
        await clerk.Preview(through);
        await Assertions.Expect(clerk.Row("acme").First).ToContainTextAsync(net);
        await clerk.Press("Make drafts");
        await clerk.Page.WaitForURLAsync(address => !address.Contains("/new", StringComparison.Ordinal));
        await clerk.Sees($"Run {run}");
        await Assertions.Expect(clerk.Page.Locator(".item-invoice")).ToHaveCountAsync(1);
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
            var calls = Metric.Create("calls", "Calls", Aggregation.Sum, "units", "calls");
            db.AddRange(
                calls, EarlyPlan(calls), Customer.Create(new("acme", "acme", address, "UTC", null, null, null, null, 30)),
                Company.Create(new("Kontor AG", address, null, null, null, null, "EUR", "UTC", "INV-{yyyy}-{seq:6}", 30)));
            await db.SaveChangesAsync();
        }

        await scope.ServiceProvider.GetRequiredService<ChangeSchedule>().Run(new(new LocalTime(2, 30), "UTC", IsPaused: true, null));
        await scope.ServiceProvider.GetRequiredService<StartSubscription>().Run(new("acme-1", "acme", "early", new LocalDate(2023, 12, 1)));
        var clerk = new Person(await office.Window());
        await SignIn(clerk);
        await clerk.Open("/subscriptions");
        await clerk.Follow("acme-1");
        await clerk.Sees("acme-1");
        return clerk;
    }

    private static async Task SignIn(Person clerk)
    {
        await clerk.SignIn(FilledOffice.EverythingMail, FilledOffice.Password);
        await clerk.Sees("Home");
    }

    private static Plan EarlyPlan(Metric calls)
    {
        var plan = Plan.Create("early", "Early", Currency.Of("EUR"));
        plan.Edit(Money.Of(31, plan.Currency), [Charge.Of("Calls", calls.Id, new PerUnitPrice(1))], new PlanSettings
        {
            EarlyBilling = new ThresholdLadder([new UsageThreshold(Money.Of(200, plan.Currency), "Watch")], null),
        });
        plan.Publish(Instant.FromUtc(2023, 12, 1, 0, 0));
        return plan;
    }
}
