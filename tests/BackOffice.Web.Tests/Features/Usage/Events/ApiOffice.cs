using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using BackOffice.Core.Access;
using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Pricing;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Providers;
using BackOffice.Data.Usage;
using BackOffice.Web.Features.Api;
using BackOffice.Web.Features.Operations;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Usage.Events;

/// <summary>
/// The whole application with one customer in Berlin, whose subscription SUB-1 began in 2024 at 2 euros a hundred calls, and a key.
/// </summary>
internal sealed class ApiOffice : IAsyncDisposable
{
    public const string Events = "/api/v1/usage/events";

    private readonly WebApp _app = new();
    private Func<Task> _drop = () => Task.CompletedTask;

    private ApiOffice()
    {
    }

    public IServiceProvider Services => _app.Services;

    public string Key { get; private set; } = "";

    public static async Task<ApiOffice> Open(
        DatabaseProvider provider = DatabaseProvider.Sqlite, PostgresServer? server = null, params (string Name, string Value)[] settings)
    {
        var office = new ApiOffice();
        foreach (var (name, value) in settings)
        {
            office._app.Settings[name] = value;
        }

        if (provider == DatabaseProvider.PostgreSql)
        {
            var database = await server!.CreateDatabaseAsync();
            office._app.Settings["Database:Provider"] = "PostgreSql";
            office._app.Settings["Database:ConnectionString"] = database;
            office._drop = () => server.DropDatabaseAsync(database);
        }

        await office.Furnish();
        office.Key = await office.NewKey("Gateway", ApiScopes.UsageWrite | ApiScopes.UsageRead);
        return office;
    }

    public Task<string> NewKey(string name, ApiScopes scopes, LocalDate? lastDay = null) =>
        As<CreateApiKey, string>(create => create.Run(new(name, scopes, lastDay)));

    public HttpClient Client(string? key = null)
    {
        var client = _app.Browser();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key ?? Key);
        return client;
    }

    public HttpClient Stranger() => _app.Browser();

    public Task<BackOfficeDb> Db() => Services.GetRequiredService<IDbContextFactory<BackOfficeDb>>().CreateDbContextAsync();

    public async Task<(int Status, JsonElement Json)> Send(string body, string type = "application/json", string path = Events)
    {
        using var client = Client();
        return await Send(client, body, type, path);
    }

    public static async Task<(int Status, JsonElement Json)> Send(
        HttpClient client, string body, string type = "application/json", string path = Events)
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        using var answer = await client.PostAsync(path, content);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    public async Task<(int Status, JsonElement Json)> Get(string query, string path = Events)
    {
        using var client = Client();
        using var answer = await client.GetAsync(path + query);
        return ((int)answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }

    /// <summary>An event in our own shape.</summary>
    public static string Event(string id, object calls, string subscription = "SUB-1", string at = "2024-02-03T10:00:00Z") =>
        $$"""
        {"subscription":"{{subscription}}","event":"call","transactionId":"{{id}}","timestamp":"{{at}}","properties":{"calls":{{calls}} } }
        """;

    public async Task<long> Stored()
    {
        await using var db = await Db();
        return await db.CountUsage(new EventQuery(), default);
    }

    /// <summary>What verify finds; empty when all is well.</summary>
    public async Task<string> Problems() => string.Join(
        "\n", (await As<Verify, IReadOnlyList<Check>>(verify => verify.Run())).SelectMany(check => check.Problems));

    public async Task<TResult> As<T, TResult>(Func<T, Task<TResult>> work)
        where T : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ActorSource>().ActAs(Actor.CommandLine);
        return await work(scope.ServiceProvider.GetRequiredService<T>());
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _drop();
    }

    private async Task Furnish()
    {
        var berlin = new Address("Torstraße 1", "10119", "Berlin", null, "DE");
        var metric = Metric.Create("calls", "Calls", Aggregation.Sum, "calls", "calls", eventName: "call");
        var plan = Plan.Create("pro", "Pro", Currency.Of("EUR"));
        plan.Edit(Money.Of(10, Currency.Of("EUR")), [Charge.Of("Calls", metric.Id, new PerUnitPrice(2, 100))]);
        plan.Publish(SystemClock.Instance.GetCurrentInstant());
        var customer = Customer.Create(new("ACME", "Acme Ltd", berlin, "Europe/Berlin", null, null, null, null, 30));
        await using var db = await Db();
        db.Companies.Add(Company.Create(new(
            "Lumen Cloud GmbH", berlin, null, null, null, null, "EUR", "Europe/Berlin", "INV-{yyyy}-{seq:6}", 14)));
        db.AddRange(
            metric, Metric.Create("requests", "Requests", Aggregation.Count, null, "requests", eventName: "request"), plan, customer,
            Subscription.Start("SUB-1", customer.Id, plan, new LocalDate(2024, 1, 1)),
            Subscription.Start("SUB-2", customer.Id, plan, new LocalDate(2024, 1, 1)));
        await db.SaveChangesAsync();
    }
}
