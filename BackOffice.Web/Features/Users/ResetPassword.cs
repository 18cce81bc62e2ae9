using System.Security.Claims;
using BackOffice.Core.Common;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Data.Identity;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Identity;
using NodaTime;

namespace BackOffice.Web.Features.Users;

/// <summary>Gives a person who forgot the password a new one, shown once. He is signed out everywhere.</summary>
public sealed partial class ResetPassword(Gate gate, Accounts accounts, IClock clock, ILogger<ResetPassword> logger)
{
    /// <returns>The one-time password.</returns>
    public async Task<string> Run(Guid userId, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ManageUsers, cancel);
        if (actor.UserId == userId)
        {
            throw new RuleBroken("Change your own password in the menu at the top right.");
        }

        var password = Accounts.NewPassword();
        await accounts.InTransaction((users, db) => Reset(users, db, userId, password, actor), cancel);
        LogReset(userId, actor.UserId);
        return password;
    }

    private async Task<bool> Reset(UserManager<AppUser> users, BackOfficeDb db, Guid userId, string password, Actor actor)
    {
        var user = await Accounts.Find(users, userId);

        // Not by a reset token: making one may have to store a new protection key, which would wait for this very transaction.
        Accounts.Must(await users.RemovePasswordAsync(user));
        Accounts.Must(await users.AddPasswordAsync(user, password));
        Accounts.Must(await users.SetLockoutEndDateAsync(user, null));
        if (!(await users.GetClaimsAsync(user)).Any(claim => claim.Type == Accounts.TemporaryPassword))
        {
            Accounts.Must(await users.AddClaimAsync(user, new Claim(Accounts.TemporaryPassword, "true")));
        }

        db.Record(actor.AsPerson(), clock.GetCurrentInstant(), "Reset password", "User", userId, user.DisplayName);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Reset the password of user {UserId}, by {ActorId}")]
    private partial void LogReset(Guid userId, Guid? actorId);
}
