using System.CommandLine;
using System.Globalization;
using BackOffice.Core.Common;
using BackOffice.Data;
using BackOffice.Data.Identity;
using BackOffice.Web.Features.Catalog;
using BackOffice.Web.Features.Setup;
using BackOffice.Web.Features.Users;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Verbs;

/// <summary>Verbs that fill an empty installation.</summary>
internal static class SetupVerbs
{
    public static Command AddUser()
    {
        var email = new Option<string>("--email") { Description = "What the person signs in with.", Required = true };
        var role = new Option<string[]>("--role")
        {
            Description = "Viewer, Clerk, Approver or Admin; may be given several times.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var name = new Option<string?>("--name")
        {
            Description = "What colleagues see; the part of the e-mail before the @ when left out.",
        };
        return Verb.Of(
            "add",
            "Adds a person and prints the generated password, once.",
            async call =>
            {
                var address = call.Options.GetRequiredValue(email);
                var roles = call.Options.GetRequiredValue(role);
                var password = await call.Get<AddUser>()
                    .Run(new(call.Options.GetValue(name) ?? address.Split('@')[0], address, roles), call.Cancel);
                return new Answer(
                    $"Added {address} as {string.Join(", ", roles)}.\n"
                        + $"Password (shown once, to be changed at the first sign-in): {password}",
                    new
                    {
                        email = address,
                        roles,
                        password,
                    }
                );
            },
            email,
            role,
            name
        );
    }

    public static Command SeedDemo()
    {
        var customers = new Option<int>("--customers")
        {
            Description = "Further customers who share the demo usage among them.",
            DefaultValueFactory = _ => 0,
        };
        return Verb.Of(
            "seed",
            "Sets an empty installation up as the demo company and prints the generated passwords, once.",
            async call =>
            {
                await using (var db = await call.Get<IDbContextFactory<BackOfficeDb>>().CreateDbContextAsync(call.Cancel))
                {
                    if (await db.Companies.AnyAsync(call.Cancel) || await db.Users.AnyAsync(call.Cancel))
                    {
                        throw new RuleBroken("The demo company is for an empty installation, and this one is set up already.");
                    }
                }

                await call.Get<DemoCompany>().Run(call.Options.GetValue(customers), cancel: call.Cancel);
                var people = new[]
                {
                    await Person(call, "Ada Admin", "admin@demo.example", Roles.Admin, Roles.Clerk),
                    await Person(call, "Clara Clerk", "clerk@demo.example", Roles.Clerk),
                    await Person(call, "Anton Approver", "approver@demo.example", Roles.Approver),
                };
                return new Answer(
                    "The demo company is ready. Passwords (shown once, to be changed at the first sign-in):\n"
                        + string.Join('\n', people.Select(p => $"  {p.Email, -24}{p.Password}")),
                    new { users = people }
                );
            },
            customers
        );
    }

    public static Command ImportCatalog()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A JSON file; its shape is described in docs/operate/catalog-file.md." };
        return Verb.Of(
            "import",
            "Loads company, taxes, metrics, plans, customers and subscriptions: all of the file or nothing.",
            async call =>
            {
                var path = call.Options.GetRequiredValue(file);
                if (!path.Exists)
                {
                    throw new RuleBroken($"There is no file {path}.");
                }

                var catalog = CatalogFile.Parse(await File.ReadAllTextAsync(path.FullName, call.Cancel));
                var report = await call.Get<ImportCatalog>().Run(catalog, call.Cancel);
                return new Answer(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{report.Created} created, {report.Changed} changed, {report.Unchanged} unchanged."
                    ),
                    report
                );
            },
            file
        );
    }

    public static Command ExportCatalog()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "Written as docs/operate/catalog-file.md describes; not there yet." };
        return Verb.Of(
            "export",
            "Writes company, taxes, metrics, plans, customers and subscriptions to a file that import reads.",
            async call =>
            {
                var path = call.Options.GetRequiredValue(file);
                if (path.Exists)
                {
                    throw new RuleBroken($"There is a file {path} already. It is not overwritten.");
                }

                var catalog = await call.Get<ExportCatalog>().Run(call.Cancel);
                await File.WriteAllTextAsync(path.FullName, catalog.Write(), call.Cancel);
                var counts = new { metrics = catalog.Metrics.Count, plans = catalog.Plans.Count, customers = catalog.Customers.Count };
                return new Answer($"Written to {path}: {catalog.Plans.Count} plans, {catalog.Customers.Count} customers.", counts);
            },
            file
        );
    }

    private static async Task<Seeded> Person(VerbCall call, string name, string email, params string[] roles) =>
        new(email, roles, await call.Get<AddUser>().Run(new(name, email, roles), call.Cancel));

    private sealed record Seeded(string Email, IReadOnlyList<string> Roles, string Password);
}
