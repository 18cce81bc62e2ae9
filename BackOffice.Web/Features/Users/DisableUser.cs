using BackOffice.Core.Common;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Data.Identity;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Identity;
using NodaTime;

namespace BackOffice.Web.Features.Users;

/// <summary>Keeps a person out, at once and everywhere. His history stays.</summary>
public sealed partial class DisableUser(Gate gate, Accounts accounts, IClock clock, ILogger<DisableUser> logger)
{
    public async Task Run(Guid userId, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ManageUsers, cancel);
        if (actor.UserId == userId)
        {
            throw new RuleBroken("You cannot disable your own account. Ask another administrator.");
        }

        await accounts.InTransaction((users, db) => Disable(users, db, userId, actor), cancel);
        LogDisabled(userId, actor.UserId);
    }

    private async Task<bool> Disable(UserManager<AppUser> users, BackOfficeDb db, Guid userId, Actor actor)
    {
        var user = await Accounts.Find(users, userId);
        if (await users.IsInRoleAsync(user, Roles.Admin))
        {
            await LastAdministrator.Keep(db, userId);
        }

        user.IsDisabled = true;
        Accounts.Must(await users.UpdateSecurityStampAsync(user));
        db.Record(actor.AsPerson(), clock.GetCurrentInstant(), "Disabled", "User", userId, user.DisplayName);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Disabled user {UserId}, by {ActorId}")]
    private partial void LogDisabled(Guid userId, Guid? actorId);
}
