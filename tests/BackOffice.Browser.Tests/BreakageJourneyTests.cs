using System.Text;
using BackOffice.Browser.Tests.Harness;
using BackOffice.Browser.Tests.Screens;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Identity;
using BackOffice.Web.Features.Catalog;
using BackOffice.Web.Features.Usage;
using BackOffice.Web.Features.Usage.Files;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using NodaTime;

namespace BackOffice.Browser.Tests;

/// <summary>10,000 calls a month are free, then each costs 0.002; 1,200.00 a year are promised: docs/domain/commitments.md.</summary>
public sealed class BreakageJourneyTests(Chromium chromium)
{
    private const string OttoMail = "otto@nordlicht.example";
    private static readonly int[] Calls = [18_000, 25_500, 9_000, 31_250, 40_000, 12_345, 8_000, 77_000, 52_000, 10_001, 64_000, 90_000];

    [Fact]
    public async Task What_a_customer_promised_and_did_not_spend_in_a_year_is_billed_at_its_end()
    {
        await using var office = new Office(chromium, Instant.FromUtc(2027, 1, 5, 8, 0));
        var (ana, otto) = await People(office);

        await DefinePlan(ana);
        await otto.Publish("Calls");
        await Subscribe(ana);
        await Use(office);
        await Bill(ana);
        var invoice = await LastInvoice(office);
        await IssueAndRead(otto, invoice);

        Assert.Empty(office.Complaints);
    }

    private static async Task<(Person Ana, Person Otto)> People(Office office)
    {
        await FilledOffice.AddPerson(office, "Ana Clerk", FilledOffice.EverythingMail, Roles.Clerk);
        await FilledOffice.AddPerson(office, "Otto Approver", OttoMail, Roles.Approver);
        await As(office, services => services.GetRequiredService<ImportCatalog>().Run(CatalogFile.Parse(
            """
            {
              "company": { "name": "Nordlicht", "currency": "EUR", "zone": "UTC",
                "address": { "street": "Speicherstraße 12", "postalCode": "10243", "city": "Berlin", "country": "DE" } },
              "metrics": [{ "code": "calls", "name": "Calls", "aggregation": "sum", "property": "calls", "unit": "calls" }],
              "customers": [{ "code": "acme", "name": "Acme Robotics", "zone": "UTC", "taxNote": "No tax in this example.",
                "address": { "street": "Werkstrasse 5", "postalCode": "80331", "city": "Munich", "country": "DE" } }]
            }
            """)));
        var (ana, otto) = (new Person(await office.Window()), new Person(await office.Window()));
        await ana.SignIn(FilledOffice.EverythingMail, FilledOffice.Password);
        await ana.Sees("Home");
        await otto.SignIn(OttoMail, FilledOffice.Password);
        await otto.Sees("Home");
        return (ana, otto);
    }

    private static async Task DefinePlan(Person ana)
    {
        await ana.Open("/plans/new");
        await ana.Fill("Name", "Calls");
        await ana.Page.GetByLabel("Billed each", new() { Exact = true }).SelectOptionAsync("Yearly");
        await ana.Page.GetByText("More: when the base fee is due, trial, commitment, taxes").ClickAsync();
        await ana.Page.GetByLabel("Bill usage every month", new() { Exact = true }).CheckAsync();
        await ana.Fill("Commitment", "1200.00");
        await ana.Fill("Line of the commitment", "Annual minimum");
        var charge = await ana.AddCharge(1, "Calls", "Graduated");
        await charge.PriceTiers(("10000", "0"), (null, "0.002"));
        await charge.HasPrice("First 10,000 at 0.00 EUR; above 10,000 at 0.002 EUR, per unit");
        await Person.Fill(ana.Page.Locator("[data-calculator='1']"), "Calls", "20000");
        await Assertions.Expect(ana.Page.Locator("[data-total]")).ToHaveTextAsync("1,200.00 EUR");
        await ana.SaveDraft("Calls");
    }

    private static async Task Subscribe(Person ana)
    {
        await ana.Open("/subscriptions/new?customer=acme");
        await Assertions.Expect(ana.Page.GetByLabel("Code", new() { Exact = true })).ToHaveValueAsync("acme-calls");
        await ana.Fill("First day", "2026-01-01");
        await ana.Press("Start subscription");
        await ana.Sees("Subscriptions");
    }

    private static Task Use(Office office) => As(office, async services =>
    {
        var csv = new StringBuilder("time,calls\n");
        foreach (var (calls, month) in Calls.Select((calls, i) => (calls, i + 1)))
        {
            csv.Append($"2026-{month:00}-15T12:00:00Z,{calls}\n");
        }

        using var content = new MemoryStream(Encoding.UTF8.GetBytes(csv.ToString()));
        var id = await services.GetRequiredService<ReceiveUpload>().Run("calls.csv", content);
        var mapping = new UsageMapping
        {
            TimestampColumn = "time",
            TimestampFormat = TimestampFormat.Iso8601,
            ZoneId = "UTC",
            SubscriptionCode = "acme-calls",
            EventName = "call",
            Properties = [new("calls", "calls", PropertyKind.Number)],
        };
        await services.GetRequiredService<ImportUsage>().Run(id, mapping, ImportMode.AllOrNothing, null);
    });

    private static async Task Bill(Person ana)
    {
        await ana.Preview("2026-12-31");
        await ana.Reads("559.81 EUR");
        await ana.Press("Make drafts");
        await ana.Page.WaitForURLAsync(address => !address.Contains("/new", StringComparison.Ordinal));
        await ana.Sees("Run 1");
        await Assertions.Expect(ana.Page.Locator(".item-invoice")).Not.ToHaveCountAsync(0);
    }

    // The one that the end of the year makes: December's calls, and what is missing of the year.
    private static async Task<string> LastInvoice(Office office)
    {
        var address = "";
        await As(office, async services =>
        {
            await using var db = await services.GetRequiredService<IDbContextFactory<BackOfficeDb>>().CreateDbContextAsync();
            var invoices = await db.Invoices.AsNoTracking().ToListAsync();
            address = $"/invoices/{invoices.Single(invoice => invoice.Lines.Any(line => line.Name == "Annual minimum")).Id.Value}";
        });
        return address;
    }

    private static async Task IssueAndRead(Person otto, string invoice)
    {
        await otto.Open(invoice);
        await otto.Reads("Annual minimum");
        await otto.Reads("559.81");
        await otto.Reads("160.00");
        await otto.Approve();
        await otto.Issue();
        await otto.Pictures("invoice-breakage");

        var text = await Pdf.Text(await Pdf.Download(otto, invoice));
        string[] parts = ["Acme Robotics", "Annual minimum", "559.81", "160.00", "719.81"];
        Assert.All(parts, part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    private static async Task As(Office office, Func<IServiceProvider, Task> work)
    {
        await using var scope = office.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ActorSource>().ActAs(Actor.CommandLine);
        await work(scope.ServiceProvider);
    }
}
