using System.Text;
using BackOffice.Core.Billing;
using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Invoices;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Taxes;
using BackOffice.Core.Usage;
using BackOffice.Data.Identity;
using BackOffice.Data.Usage;
using BackOffice.Data.Providers;
using BackOffice.Web.Features.Usage;
using BackOffice.Web.Features.Usage.Files;
using BackOffice.Web.Hosting;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using NodaTime.Testing;

namespace BackOffice.Web.Tests.Features.Usage;

/// <summary>A company with one customer in Berlin whose subscription SUB-1 began in November 2023, and the use cases of imports.</summary>
internal sealed class UsageOffice : IAsyncDisposable
{
    private readonly TestDatabase _test;
    private readonly FakeClock _clock = new(UsageFiles.Now);

    private UsageOffice(TestDatabase test, long maxBytes)
    {
        _test = test;
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Imports:MaxBytes"] = $"{maxBytes}" }).Build();
        Uploads = new UploadStore(new DataPlace(test.DataDirectory, test.Provider, test.ConnectionString), settings);
    }

    public UploadStore Uploads { get; }

    /// <summary>Who acts; the command line unless a test signs somebody in.</summary>
    public Actor Actor { get; set; } = Actor.CommandLine;

    public Customer Customer { get; private set; } = null!;

    public Subscription Subscription { get; private set; } = null!;

    public ReceiveUpload Receive => new(_test.Dbs, Gate, Uploads, _clock, NullLogger<ReceiveUpload>.Instance);

    public InspectUpload Inspect => new(_test.Dbs, Gate, Uploads, _clock);

    public CheckUpload Check => new(_test.Dbs, Gate, Uploads, _clock);

    public ImportUsage Import => new(_test.Dbs, Gate, Uploads, _clock, NullLogger<ImportUsage>.Instance);

    public UndoImport Undo => new(_test.Dbs, Gate, _clock, NullLogger<UndoImport>.Instance);

    public CorrectEvent Correct => new(_test.Dbs, Gate, _clock, NullLogger<CorrectEvent>.Instance);

    public IDbContextFactory<Data.BackOfficeDb> Dbs => _test.Dbs;

    public UsageQueries Usage => new(_test.Dbs);

    public EventQueries Events => new(_test.Dbs);

    public string ConnectionString => _test.ConnectionString;

    public string UploadFolder => Path.Combine(_test.DataDirectory, "uploads");

    public Gate Gate
    {
        get
        {
            var source = new ActorSource(new ServiceCollection().BuildServiceProvider(), new HttpContextAccessor());
            source.ActAs(Actor);
            return new Gate(_test.Dbs, source, NullLogger<Gate>.Instance);
        }
    }

    public static async Task<UsageOffice> Open(DatabaseProvider provider, PostgresServer server, long maxBytes = 64 << 20)
    {
        var office = new UsageOffice(await TestDatabase.Create(provider, server), maxBytes);
        await office.Furnish();
        return office;
    }

    public static async Task<UsageOffice> Open(long maxBytes = 64 << 20)
    {
        var office = new UsageOffice(await TestDatabase.Sqlite(), maxBytes);
        await office.Furnish();
        return office;
    }

    public Data.BackOfficeDb Db() => _test.Open();

    public async Task<ImportId> Upload(string text, string name = "usage.csv") => await Upload(Encoding.UTF8.GetBytes(text), name);

    public async Task<ImportId> Upload(byte[] bytes, string name = "usage.csv")
    {
        using var content = new MemoryStream(bytes);
        return await Receive.Run(name, content);
    }

    public async Task<Import> ImportText(string text, ImportMode mode = ImportMode.AllOrNothing, UsageMapping? mapping = null) =>
        await Import.Run(await Upload(text), mapping ?? UsageFiles.Calls, mode);

    public async Task<int> StoredEvents()
    {
        await using var db = Db();
        return (int)await db.CountUsage(new EventQuery(), default);
    }

    public async Task<Import> Stored(ImportId id)
    {
        await using var db = Db();
        return await db.Imports.SingleAsync(i => i.Id == id);
    }

    /// <summary>The problems of an import in brief: "3 calls number_malformed".</summary>
    public async Task<string> Problems(ImportId id)
    {
        await using var db = Db();
        var problems = await db.ImportProblems.Where(p => p.ImportId == id).OrderBy(p => p.Id).ToListAsync();
        return string.Join(", ", problems.Select(p => $"{p.Line?.ToString() ?? "file"} {p.Column ?? "-"} {p.Code}"));
    }

    /// <summary>Signs in somebody with these roles.</summary>
    public async Task SignIn(params string[] roles)
    {
        await using var db = Db();
        var user = new AppUser { UserName = "ana", DisplayName = "Ana" };
        db.Users.Add(user);
        foreach (var role in roles)
        {
            var row = new IdentityRole<Guid>(role) { Id = Guid.CreateVersion7(), NormalizedName = role.ToUpperInvariant() };
            db.Roles.Add(row);
            db.UserRoles.Add(new IdentityUserRole<Guid> { RoleId = row.Id, UserId = user.Id });
        }

        await db.SaveChangesAsync();
        Actor = new Actor(user.Id, user.DisplayName);
    }

    /// <summary>Bills a month of the subscription: with an issued invoice, or without any because nothing was owed.</summary>
    public async Task Bill(int year, int month, InvoiceStatus? status)
    {
        await using var db = Db();
        var period = new Period(new LocalDate(year, month, 1), new LocalDate(year, month, 1).PlusMonths(1));
        var invoice = status is null ? null : Prepared(await db.Companies.SingleAsync(), period);
        if (invoice is not null)
        {
            db.Invoices.Add(invoice);
        }

        db.BilledPeriods.Add(BilledPeriod.Of(Subscription.Id, period, invoice?.Id));
        await db.SaveChangesAsync();
        if (status == InvoiceStatus.Issued)
        {
            invoice!.Approve(new Person(Guid.CreateVersion7(), "Ines"), UsageFiles.Now);
            invoice.Issue("INV-1", new LocalDate(2023, 12, 1), new Person(null, "Ines"));
            await db.SaveChangesAsync();
        }
    }

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    private Invoice Prepared(Company company, Period period)
    {
        var content = InvoiceContent.Of([], TaxTreatment.None(null), Currency.Of("EUR"));
        return Invoice.Prepare(Customer, company, period, content, null, new Person(null, "Mara"), UsageFiles.Now);
    }

    private async Task Furnish()
    {
        var berlin = new Address("Torstraße 1", "10119", "Berlin", null, "DE");
        Customer = Customer.Create(new("ACME", "Acme Ltd", berlin, "Europe/Berlin", null, null, null, null, 30));
        var plan = Plan.Create("pro", "Pro", Currency.Of("EUR"));
        plan.Edit(Money.OfMinor(0, Currency.Of("EUR")), [Charge.Of("Calls", await AddMetrics(), new Core.Pricing.PerUnitPrice(1))]);
        plan.Publish(UsageFiles.Now);
        Subscription = Subscription.Start("SUB-1", Customer.Id, plan, new LocalDate(2023, 11, 1));
        await using var db = Db();
        db.Companies.Add(Company.Create(new(
            "Lumen Cloud GmbH", berlin, null, null, null, null, "EUR", "Europe/Berlin", "INV-{yyyy}-{seq:6}", 14)));
        db.Customers.Add(Customer);
        db.Plans.Add(plan);
        db.Subscriptions.Add(Subscription);
        await db.SaveChangesAsync();
    }

    private async Task<MetricId> AddMetrics()
    {
        await using var db = Db();
        var calls = Metric.Create("calls", "Calls", Aggregation.Sum, "calls", "calls");
        db.Metrics.AddRange(
            calls,
            Metric.Create("in", "Input", Aggregation.Sum, "input_tokens", "tokens"),
            Metric.Create("out", "Output", Aggregation.Sum, "output_tokens", "tokens"));
        await db.SaveChangesAsync();
        return calls.Id;
    }
}
