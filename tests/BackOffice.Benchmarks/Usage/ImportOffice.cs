using BackOffice.Core.Access;
using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Pricing;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Taxes;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Web.Features.Api;
using BackOffice.Web.Features.Usage;
using BackOffice.Web.Features.Usage.Files;
using BackOffice.Web.Hosting;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace BackOffice.Benchmarks.Usage;

/// <summary>The application's own services over a database of their own: what is measured is what a person starts.</summary>
internal sealed class ImportOffice : IAsyncDisposable
{
    private static readonly UsageMapping Mapping = new()
    {
        TimestampColumn = "time",
        TimestampFormat = TimestampFormat.Iso8601,
        SubscriptionColumn = "subscription",
        EventName = "llm_request",
        TransactionIdColumn = "id",
        Properties =
        [
            new("input_tokens", "input_tokens", PropertyKind.Number),
            new("model", "model", PropertyKind.Text),
            new("output_tokens", "output_tokens", PropertyKind.Number),
        ],
    };

    private readonly WebApplication _app;

    private ImportOffice(WebApplication app, string directory) => (_app, Folder) = (app, directory);

    public string Folder { get; }

    public static async Task<ImportOffice> Open(int subscriptions, string? postgres = null)
    {
        var directory = Directory.CreateTempSubdirectory("backoffice-bench-").FullName;
        string[] settings = [$"--DataDirectory={directory}", $"--Imports:MaxBytes={4L << 30}", "--Api:RequestsPerSecond=1000000"];
        string[] database = postgres is null ? [] : ["--Database:Provider=PostgreSql", $"--Database:ConnectionString={postgres}"];
        var builder = WebApplication.CreateBuilder([.. settings, .. database]);
        builder.AddBackOffice();
        builder.Logging.ClearProviders();
        var office = new ImportOffice(builder.Build(), directory);
        await office._app.Services.PrepareDatabase();
        await office.Furnish(subscriptions);
        return office;
    }

    /// <summary>What an import reads the file with.</summary>
    public static UsageFileReader Reader() => new(Mapping, SystemClock.Instance.GetCurrentInstant());

    public Task<BackOfficeDb> Db() => _app.Services.GetRequiredService<IDbContextFactory<BackOfficeDb>>().CreateDbContextAsync();

    /// <summary>Receives the file; this is not part of what is measured, as the yardstick has it on disk, too.</summary>
    public Task<ImportId> Upload(string path) => As<ReceiveUpload, ImportId>(async receive =>
    {
        await using var file = File.OpenRead(path);
        return await receive.Run("usage.csv", file);
    });

    public Task<Import> Import(ImportId id) =>
        As<ImportUsage, Import>(import => import.Run(id, Mapping, ImportMode.AllOrNothing));

    /// <summary>What a use case does for the operator of the machine.</summary>
    public async Task<TResult> As<T, TResult>(Func<T, Task<TResult>> work)
        where T : notnull
    {
        await using var scope = _app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ActorSource>().ActAs(Actor.CommandLine);
        return await work(scope.ServiceProvider.GetRequiredService<T>());
    }

    /// <summary>Starts the server on a free port of this machine, with a key that may send.</summary>
    public async Task<(Uri Address, string Key)> Serve()
    {
        _app.UseBackOffice();
        _app.MapBackOffice();
        _app.Urls.Clear();
        _app.Urls.Add("http://127.0.0.1:0");
        await _app.StartAsync();
        var key = await As<CreateApiKey, string>(create => create.Run(new("Benchmark", ApiScopes.UsageWrite)));
        return (new Uri(_app.Urls.First()), key);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task Furnish(int subscriptions)
    {
        var address = new Address("Hafenweg 1", "20457", "Hamburg", null, "DE");
        var input = Metric.Create("input", "Input tokens", Aggregation.Sum, "input_tokens", "tokens");
        var output = Metric.Create("output", "Output tokens", Aggregation.Sum, "output_tokens", "tokens");
        var requests = Metric.Create("requests", "Requests", Aggregation.Count, null, "requests");
        var plan = Plan.Create("pro", "Pro", Currency.Of("USD"));
        var tax = TaxRate.Create("standard", "VAT", "DE", 19, new LocalDate(2020, 1, 1));
        plan.Edit(
            Money.Of(99, Currency.Of("USD")),
            [
                Charge.Of("Input tokens", input.Id, new GraduatedPrice([new(1e6m, 15), new(1e7m, 12), new(null, 10)], 1_000_000)),
                Charge.Of("Output tokens", output.Id, new PackagePrice(1_000, 0.06m, 5_000)),
                Charge.Of("Requests", requests.Id, new PerUnitPrice(0.002m)),
            ]);
        plan.Publish(SystemClock.Instance.GetCurrentInstant());
        await using var db = await Db();
        db.AddRange(Company(address), input, output, requests, plan, tax);
        for (var i = 0; i < subscriptions; i++)
        {
            var code = UsageTrace.Code(i);
            var customer = Customer.Create(new(code, code, address, "Europe/Berlin", null, null, "standard", null, 30));
            db.AddRange(customer, Subscription.Start(code, customer.Id, plan, UsageTrace.Start));
        }

        await db.SaveChangesAsync();
    }

    private static Company Company(Address address) => Core.Customers.Company.Create(
        new("Seller", address, "DE123456789", null, null, null, "USD", "Europe/Berlin", "INV-{yyyy}-{seq:6}", 30));
}
