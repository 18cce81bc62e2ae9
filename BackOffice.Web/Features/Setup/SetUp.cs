using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Taxes;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Data.Identity;
using BackOffice.Web.Features.Users;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Setup;

/// <summary>Creates the first people, the company and its tax: all or nothing, once.</summary>
public sealed partial class SetUp(Accounts accounts, FirstRun firstRun, IClock clock, FirstDemo demo, ILogger<SetUp> logger)
{
    /// <param name="token">The one-time token of the printed link.</param>
    /// <returns>The mistakes, each with its field; none when everything is created.</returns>
    /// <exception cref="RuleBroken">The token is wrong, or somebody else was faster.</exception>
    public async Task<IReadOnlyList<FieldError>> Run(SetUpInput input, string? token, CancellationToken cancel = default)
    {
        if (!firstRun.Accepts(token))
        {
            throw new RuleBroken("This link is not valid any more. Use the one the server printed at its last start.");
        }

        var check = SetUpCheck.Of(input);
        if (check.Errors.Count > 0)
        {
            return check.Errors;
        }

        await accounts.InTransaction((users, db) => Create(users, db, input, check, clock.GetCurrentInstant()), cancel);
        await firstRun.IsDone(cancel);
        LogDone();
        if (input.Start == SetUpInput.Demo)
        {
            await demo.Run(cancel);
        }

        return [];
    }

    private static async Task<bool> Create(
        UserManager<AppUser> users, BackOfficeDb db, SetUpInput input, SetUpCheck check, Instant now)
    {
        if (await db.Users.AnyAsync())
        {
            throw new RuleBroken("Somebody else has set this installation up meanwhile.");
        }

        var admin = await Accounts.Create(users, Person(input.Admin, [Roles.Admin, Roles.Clerk], passwordIsTemporary: false));
        await Accounts.Create(users, Person(input.Approver, [Roles.Approver], passwordIsTemporary: true));
        AddCompany(db, check.Company!, check.Tax!);
        db.Record(new(admin.Id, admin.DisplayName), now, "Set up", "Company", null, check.Company!.Name);
        return true;
    }

    private static NewPerson Person(PersonInput person, IReadOnlyList<string> roles, bool passwordIsTemporary) =>
        new(person.Name!, person.Email!, person.Password!, roles, passwordIsTemporary);

    /// <summary>The first rows of the business itself.</summary>
    private static void AddCompany(BackOfficeDb db, Company company, TaxRate tax)
    {
        db.Companies.Add(company);
        db.TaxRates.Add(tax);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The installation is set up")]
    private partial void LogDone();
}
