using System.CommandLine;
using System.Globalization;
using BackOffice.Core.Common;
using BackOffice.Data;
using BackOffice.Web.Features.Operations;
using BackOffice.Web.Hosting;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Verbs;

/// <summary>Verbs that look after the installation.</summary>
internal static class OperationVerbs
{
    public static Command Migrate() =>
        Verb.Of(
            "migrate",
            "Creates the database, or brings it to this version.",
            async call =>
            {
                await using var db = await call.Get<IDbContextFactory<BackOfficeDb>>().CreateDbContextAsync(call.Cancel);
                var applied = (await db.Database.GetAppliedMigrationsAsync(call.Cancel)).ToList();
                var provider = call.Get<DataPlace>().Provider.ToString();
                return new Answer(
                    $"The {provider} database is up to date ({applied.Count} migrations).",
                    new { provider, migrations = applied }
                );
            }
        );

    public static Command Verify() =>
        Verb.Of(
            "verify",
            "Proves the books: numbers, sums, billed periods, imports, evidence.",
            async call =>
            {
                var checks = await call.Get<Verify>().Run(call.Cancel);
                var lines = checks.SelectMany(check =>
                    check.Problems.Prepend(
                        string.Create(CultureInfo.InvariantCulture, $"{Verdict(check)}  {check.Name} ({check.Cases:N0} checked)")
                    )
                );
                var ok = checks.All(check => check.Problems.Count == 0);
                return new Answer(string.Join('\n', lines), new { ok, checks }, ok);
            }
        );

    public static Command Health() =>
        Verb.WithoutDatabase(
            "health",
            "Asks the running server whether it is well; for container health checks.",
            async call =>
            {
                var address = new Uri(call.Get<IConfiguration>().LocalAddress(), "/healthz");
                using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
                try
                {
                    var status = await http.GetStringAsync(address, call.Cancel);
                    return new Answer(status, new { status });
                }
                catch (Exception silent) when (silent is HttpRequestException or OperationCanceledException)
                {
                    throw new RuleBroken($"The server at {address} does not answer: {silent.Message}");
                }
            }
        );

    private static string Verdict(Check check) => check.Problems.Count == 0 ? "ok   " : "WRONG";
}
