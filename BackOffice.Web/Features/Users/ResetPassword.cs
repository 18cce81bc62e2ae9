using System.Security.Claims;
using BackOffice.Core.Common;
using BackOffice.Data.Identity;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Identity;

namespace BackOffice.Web.Features.Users;

/// <summary>Gives a person who forgot the password a new one, shown once. He is signed out everywhere.</summary>
public sealed partial class ResetPassword(Gate gate, Accounts accounts, ILogger<ResetPassword> logger)
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
        await accounts.InTransaction((users, _) => Reset(users, userId, password), cancel);
        LogReset(userId, actor.UserId);
        return password;
    }

    private static async Task<bool> Reset(UserManager<AppUser> users, Guid userId, string password)
    {
        var user = await Accounts.Find(users, userId);
        Accounts.Must(await users.ResetPasswordAsync(user, await users.GeneratePasswordResetTokenAsync(user), password));
        Accounts.Must(await users.SetLockoutEndDateAsync(user, null));
        if (!(await users.GetClaimsAsync(user)).Any(claim => claim.Type == Accounts.TemporaryPassword))
        {
            Accounts.Must(await users.AddClaimAsync(user, new Claim(Accounts.TemporaryPassword, "true")));
        }

        return true;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Reset the password of user {UserId}, by {ActorId}")]
    private partial void LogReset(Guid userId, Guid? actorId);
}
