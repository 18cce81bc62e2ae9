using System.Net.Mail;
using System.Security.Claims;
using System.Security.Cryptography;
using BackOffice.Core.Common;
using BackOffice.Data;
using BackOffice.Data.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Features.Users;

/// <summary>Identity's user manager in a scope and a transaction of its own.</summary>
/// <remarks>In a circuit the injected manager would share one database context for as long as the page stays open.</remarks>
public sealed class Accounts(IServiceScopeFactory scopes)
{
    /// <summary>The claim of people whose password somebody else knows.</summary>
    public const string TemporaryPassword = "temporary-password";

    private const string Letters = "abcdefghijkmnpqrstuvwxyz23456789";

    /// <summary>Runs <paramref name="work"/> and commits; whatever it throws undoes all of it.</summary>
    public async Task<T> InTransaction<T>(Func<UserManager<AppUser>, BackOfficeDb, Task<T>> work, CancellationToken cancel = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BackOfficeDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var result = await work(scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>(), db);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return result;
    }

    /// <summary>Creates a person with his roles; the refusals of Identity become one sentence.</summary>
    public static async Task<AppUser> Create(UserManager<AppUser> users, NewPerson person)
    {
        var email = person.Email.Trim();
        if (!MailAddress.TryCreate(email, out _))
        {
            throw new RuleBroken($"\"{email}\" is not an e-mail address.");
        }

        var user = new AppUser { UserName = email, Email = email, EmailConfirmed = true, DisplayName = Text.Required(person.Name, "Name") };
        Must(await users.CreateAsync(user, person.Password));
        Must(await users.AddToRolesAsync(user, person.Roles));
        if (person.PasswordIsTemporary)
        {
            Must(await users.AddClaimAsync(user, new Claim(TemporaryPassword, "true")));
        }

        return user;
    }

    /// <exception cref="RuleBroken">There is no such person.</exception>
    public static async Task<AppUser> Find(UserManager<AppUser> users, Guid id) =>
        await users.FindByIdAsync(id.ToString()) ?? throw new RuleBroken("This person no longer exists.");

    /// <summary>Throws the sentence of a failed result.</summary>
    public static void Must(IdentityResult result)
    {
        if (result.Errors.Any(error => error.Code == nameof(IdentityErrorDescriber.ConcurrencyFailure)))
        {
            throw new DbUpdateConcurrencyException();
        }

        if (!result.Succeeded)
        {
            throw new RuleBroken(string.Join(" ", result.Errors
                .Where(error => error.Code != nameof(IdentityErrorDescriber.DuplicateUserName) || result.Errors.Count() == 1)
                .Select(error => error.Description)));
        }
    }

    /// <summary>Four groups of five characters that are easy to read aloud: about 100 bits.</summary>
    public static string NewPassword() =>
        string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Letters, 5)));
}

/// <summary>Somebody to be created.</summary>
public sealed record NewPerson(string Name, string Email, string Password, IReadOnlyList<string> Roles, bool PasswordIsTemporary);
