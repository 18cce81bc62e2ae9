using BackOffice.Core.Billing;
using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using BackOffice.Core.Pricing;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Taxes;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Identity;
using BackOffice.Data.Usage;
using BackOffice.Web.Features.Billing;
using BackOffice.Web.Features.Invoices;
using BackOffice.Web.Features.Usage.Files;
using BackOffice.Web.Shared;
using BackOffice.Web.Tests.Features.Usage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Testing;

namespace BackOffice.Web.Tests.Features.Billing;

/// <summary>A company in Berlin that sells tokens by the million, its people, and a clock on 1 December 2023, 11:00 there.</summary>
public sealed class Scene : IAsyncDisposable
{
    public static readonly LocalDate November = new(2023, 11, 30);

    private TestOffice _test = null!;
    private long _events;

    private Scene()
    {
    }

    public FakeClock Clock { get; } = new(Instant.FromUtc(2023, 12, 1, 10, 0));

    /// <summary>Prepares invoices.</summary>
    public AppUser Clerk { get; private set; } = null!;

    /// <summary>Approves and issues what others prepared.</summary>
    public AppUser Approver { get; private set; } = null!;

    public AppUser Admin { get; private set; } = null!;

    public Plan Plan { get; private set; } = null!;

    public static async Task<Scene> Create()
    {
        var scene = new Scene();
        scene._test = await TestOffice.Create(services => services.AddSingleton<IClock>(scene.Clock));
        scene.Clerk = await scene.Person("cleo", Roles.Clerk);
        scene.Approver = await scene.Person("arno", Roles.Approver);
        scene.Admin = await scene.Person("ada", Roles.Admin);
        await scene.AddCompany();
        return scene;
    }

    public Task<AppUser> Person(string name, params string[] roles) => _test.AddPerson(name, roles);

    public Task<BackOfficeDb> Open() => _test.Open();

    public Task As<T>(AppUser person, Func<T, Task> work)
        where T : notnull => _test.As(person, work);

    public async Task<TResult> Ask<T, TResult>(AppUser person, Func<T, Task<TResult>> question)
        where T : notnull
    {
        TResult answer = default!;
        await As<T>(person, async asked => answer = await question(asked));
        return answer;
    }

    /// <summary>Runs work in the name of the schedule.</summary>
    public async Task<BillingRunId?> AsSchedule()
    {
        await using var scope = _test.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ActorSource>().ActAs(Actor.Schedule);
        return await scope.ServiceProvider.GetRequiredService<RunDueSchedule>().Run();
    }

    public T Service<T>()
        where T : notnull => _test.Services.GetRequiredService<T>();

    /// <summary>A customer of the plan since a day, taxed with 19 %.</summary>
    public async Task<Subscription> Customer(
        string code, LocalDate startsOn, string? taxCode = "DE-VAT", string zone = "Europe/Berlin", Plan? plan = null)
    {
        await using var db = await Open();
        var address = new Address("Hafenweg 1", "20457", "Hamburg", null, "DE");
        var customer = Core.Customers.Customer.Create(new(code, $"{code} GmbH", address, zone, null, null, taxCode, null, 30));
        var subscription = Subscription.Start($"{code}-pro", customer.Id, plan ?? Plan, startsOn);
        db.AddRange(customer, subscription);
        await db.SaveChangesAsync();
        return subscription;
    }

    /// <summary>A customer of a plan that charges one metric and nothing else, 1.00 a unit.</summary>
    public async Task<Subscription> CustomerOf(Metric metric, ChargeSettings settings, LocalDate startsOn)
    {
        await using var db = await Open();
        var plan = Plan.Create($"plan-{metric.Code}", metric.Name, Currency.Of("USD"));
        plan.Edit(Money.Zero(plan.Currency), [Charge.Of(metric.Name, metric.Id, new PerUnitPrice(1), settings)]);
        plan.Publish(Clock.GetCurrentInstant());
        db.AddRange(metric, plan);
        await db.SaveChangesAsync();
        Plan = plan;
        return await Customer($"buyer-of-{metric.Code}", startsOn);
    }

    /// <summary>Usage of one moment.</summary>
    public Task Use(Subscription subscription, Instant at, decimal input, decimal output = 0, bool late = false) => Store(
        [new NewEvent(subscription.Id, "llm_request", at, $"t{++_events}", Tokens(input, output), _events, late)]);

    /// <summary>The 8,819 real requests of November 2023.</summary>
    public async Task UseRealMonth(Subscription subscription)
    {
        await using var stream = File.OpenRead(UsageFiles.TracePath);
        var rows = await UsageFiles.ReadAsync(stream, new UsageFileReader(UsageFiles.Trace, Clock.GetCurrentInstant()));
        await Store([.. rows.Cast<UsageRow>().Select(row => new NewEvent(
            subscription.Id, row.EventName, row.At, row.TransactionId,
            EventProperties.Write(row.Properties.Select(p => KeyValuePair.Create(p.Name, p.Number!.Value)), []), row.Line, false))]);
    }

    public async Task Store(IReadOnlyList<NewEvent> events)
    {
        await using var db = await Open();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var number = await db.NextNumber(Numbering.Imports, 0, default);
        var import = Import.Upload(number, "usage.csv", 1, new string('0', 64), new(Clerk.Id, "cleo"), Clock.GetCurrentInstant());
        db.Imports.Add(import);
        await db.SaveChangesAsync();
        await using var writer = await db.Writer(import.Id);
        foreach (var e in events)
        {
            Assert.Equal(AppendOutcome.Accepted, await writer.Append(e, default));
        }

        await writer.Finish(default);
        await writer.Settle(default);
        await writer.Commit(ImportOutcome.Unknown, default);
    }

    /// <summary>Starts a run and works it to the end.</summary>
    public async Task<BillingRunId> Bill(LocalDate? through = null, AppUser? by = null)
    {
        var run = await Ask<StartRun, BillingRunId?>(by ?? Clerk, start => start.Run(through ?? November));
        await Work(run!.Value);
        return run.Value;
    }

    public Task Work(BillingRunId run, IProgress<RunProgress>? progress = null, CancellationToken cancel = default) =>
        As<WorkRun>(Clerk, work => work.Run(run, progress, cancel));

    public async Task<IReadOnlyList<Invoice>> Invoices()
    {
        await using var db = await Open();
        return await db.Invoices.AsNoTracking().OrderBy(i => i.PeriodStart).ThenBy(i => i.Id).ToListAsync();
    }

    public async Task<Invoice> OnlyInvoice() => Assert.Single(await Invoices());

    public Task Approve(InvoiceId id, AppUser? by = null, int? seen = null) =>
        As<ApproveInvoice>(by ?? Approver, approve => approve.Run(id, seen));

    public Task<string> Issue(InvoiceId id, AppUser? by = null) => Ask<IssueInvoice, string>(by ?? Approver, issue => issue.Run(id));

    public static async Task Refused(string sentence, Func<Task> deed) =>
        Assert.Contains(sentence, (await Assert.ThrowsAsync<RuleBroken>(deed)).Message, StringComparison.Ordinal);

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    private static string Tokens(decimal input, decimal output) =>
        EventProperties.Write([new("input_tokens", input), new("output_tokens", output)], []);

    private async Task AddCompany()
    {
        await using var db = await Open();
        var address = new Address("Am Markt 2", "10178", "Berlin", null, "DE");
        db.Add(Company.Create(new("Kontor AG", address, "DE123456789", "billing@kontor.test", "DE02120300000000202051", "BYLADEM1001",
            "USD", "Europe/Berlin", "INV-{yyyy}-{seq:6}", 30)));
        db.Add(TaxRate.Create("DE-VAT", "VAT", "DE", 19, new(2020, 1, 1)));
        var input = Metric.Create("input", "Input tokens", Aggregation.Sum, "input_tokens", "tokens");
        var output = Metric.Create("output", "Output tokens", Aggregation.Sum, "output_tokens", "tokens");
        var requests = Metric.Create("requests", "Requests", Aggregation.Count, null, "requests");
        db.AddRange(input, output, requests);
        Plan = Plan.Create("pro", "Pro", Currency.Of("USD"));
        Plan.Edit(Money.Of(99, Currency.Of("USD")),
        [
            Charge.Of("Input tokens", input.Id, new GraduatedPrice([new(1_000_000, 3m), new(10_000_000, 2.5m), new(null, 2m)], 1_000_000)),
            Charge.Of("Output tokens", output.Id, new PerUnitPrice(15, 1_000_000)),
            Charge.Of("Requests", requests.Id, new PackagePrice(1_000, 0.50m, 1_000)),
        ]);
        Plan.Publish(Clock.GetCurrentInstant());
        db.Add(Plan);
        await db.SaveChangesAsync();
    }
}
