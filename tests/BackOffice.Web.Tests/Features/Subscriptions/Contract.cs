using BackOffice.Core.Billing;
using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Pricing;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Taxes;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Identity;
using BackOffice.Data.Usage;
using BackOffice.Web.Features.Billing;
using BackOffice.Web.Features.Subscriptions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Testing;
using NodaTime.Text;

namespace BackOffice.Web.Tests.Features.Subscriptions;

/// <summary>A customer whose day is UTC's, a metric of units that stay, and a clock that can be set.</summary>
internal sealed class Contract : IAsyncDisposable
{
    private static readonly Currency Euro = Currency.Of("EUR");

    private TestOffice _test = null!;

    private Contract()
    {
    }

    public IServiceProvider Services => _test.Services;

    public FakeClock Clock { get; } = new(Instant.FromUtc(2024, 1, 1, 0, 0));

    public AppUser Clerk { get; private set; } = null!;

    public Metric Seats { get; } = Metric.Create(
        "seats", "Seats", Aggregation.Sum, "seats", "seats", how: new Measuring { Recurring = true });

    public Metric Calls { get; } = Metric.Create("calls", "Calls", Aggregation.Sum, "calls", "calls");

    public static async Task<Contract> Create(string? taxCode = null, decimal percent = 20)
    {
        var contract = new Contract();
        contract._test = await TestOffice.Create(services => services.AddSingleton<IClock>(contract.Clock));
        contract.Clerk = await contract._test.AddPerson("cleo", Roles.Clerk);
        await using var db = await contract.Open();
        db.AddRange(contract.Seats, contract.Calls);
        if (taxCode is not null)
        {
            db.Add(TaxRate.Create(taxCode, "VAT", "DE", percent, new(2020, 1, 1)));
        }

        var address = new Address("Hafenweg 1", "20457", "Hamburg", null, "DE");
        db.Add(Company.Create(new("Kontor AG", address, "DE123456789", "billing@kontor.test", "DE02120300000000202051", "BYLADEM1001",
            "EUR", "UTC", "INV-{yyyy}-{seq:6}", 30)));
        db.Add(Customer.Create(new("acme", "Acme", address, "UTC", null, null, taxCode, null, 30)));
        await db.SaveChangesAsync();
        return contract;
    }

    public Task<BackOfficeDb> Open() => _test.Open();

    public Task<AppUser> Person(string role) => _test.AddPerson("somebody", role);

    public Task As<T>(AppUser person, Func<T, Task> work)
        where T : notnull => _test.As(person, work);

    public async Task<TResult> Ask<T, TResult>(Func<T, Task<TResult>> question)
        where T : notnull
    {
        TResult answer = default!;
        await As<T>(Clerk, async asked => answer = await question(asked));
        return answer;
    }

    public void At(string moment) => Clock.Reset(Moment(moment));

    public static Instant Moment(string text) => InstantPattern.General.Parse(text).Value;

    /// <summary>A published plan. Published again under the same code, it is the next version.</summary>
    public async Task Plan(
        string code, decimal fee, IReadOnlyList<Charge>? charges = null, PlanSettings? settings = null, string currency = "EUR")
    {
        await using var db = await Open();
        var known = db.Plans.SingleOrDefault(p => p.Code == code);
        var plan = known ?? Core.Catalog.Plan.Create(code, code, Currency.Of(currency));
        plan.Edit(Money.Of(fee, plan.Currency), charges ?? [], settings ?? PlanSettings.Plain);
        plan.Publish(Clock.GetCurrentInstant());
        if (known is null)
        {
            db.Add(plan);
        }

        await db.SaveChangesAsync();
    }

    /// <summary>1.00 for each unit that is there, for its share of days.</summary>
    public IReadOnlyList<Charge> OneForEachSeat() =>
        [Charge.Of("Seats", Seats.Id, new PerUnitPrice(1), new ChargeSettings { Prorated = true })];

    public IReadOnlyList<Charge> OneForEachCall() => [Charge.Of("Calls", Calls.Id, new PerUnitPrice(1))];

    public static FixedCharge Desks(decimal units) =>
        new("desks", "Desks", units, new PerUnitPrice(10)) { PayInAdvance = true, Prorated = true };

    public static Money Euros(decimal amount) => Money.Of(amount, Euro);

    public Task<SubscriptionId> Start(SubscriptionInput input) =>
        Ask<StartSubscription, SubscriptionId>(start => start.Run(input));

    public Task<SubscriptionId> Start(string plan, LocalDate day) => Start(new("acme-1", "acme", plan, day));

    public Task<ChangeMoney> Preview(SubscriptionId id, SubscriptionChange change) =>
        Ask<PreviewChange, ChangeMoney>(preview => preview.Run(id, change));

    public Task Change(SubscriptionId id, SubscriptionChange change, int? seen = null) =>
        As<ChangeSubscription>(Clerk, use => use.Run(id, change, seen));

    public async Task<SubscriptionView> View(SubscriptionId id) =>
        (await Ask<LifeQueries, SubscriptionView?>(lives => lives.View(id)))!;

    public async Task Use(SubscriptionId subscription, string property, decimal units, string at)
    {
        await using var db = await Open();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var number = await db.NextNumber(Numbering.Imports, 0, default);
        var import = Import.Upload(number, "usage.csv", 1, new string('0', 64), new(Clerk.Id, "cleo"), Clock.GetCurrentInstant());
        db.Imports.Add(import);
        await db.SaveChangesAsync();
        await using var writer = await db.Writer(import.Id);
        var properties = EventProperties.Write([new(property, units)], []);
        var usage = new NewEvent(subscription, "used", Moment(at), $"t{number}", properties, 1, false);
        Assert.Equal(AppendOutcome.Accepted, await writer.Append(usage, default));
        await writer.Finish(default);
        await writer.Settle(default);
        await writer.Commit(ImportOutcome.Unknown, default);
    }

    /// <summary>Makes the invoices that are due through a day.</summary>
    public async Task<IReadOnlyList<Money>> Bill(LocalDate through)
    {
        var run = await Ask<StartRun, BillingRunId?>(start => start.Run(through));
        await As<WorkRun>(Clerk, work => work.Run(run!.Value));
        await using var db = await Open();
        var invoices = await db.Invoices.AsNoTracking().Where(invoice => invoice.RunId == run!.Value.Value).ToListAsync();
        return [.. invoices.OrderBy(invoice => invoice.PeriodEnd).Select(invoice => invoice.Total)];
    }

    public static async Task Refused(string sentence, Func<Task> deed) =>
        Assert.Equal(sentence, (await Assert.ThrowsAsync<RuleBroken>(deed)).Message);

    public ValueTask DisposeAsync() => _test.DisposeAsync();
}
