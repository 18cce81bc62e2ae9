using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Data.Identity;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Identity;
using NodaTime;

namespace BackOffice.Web.Features.Users;

/// <summary>Gives a person other roles. He is signed out everywhere and signs in again with the new ones.</summary>
public sealed partial class ChangeRoles(Gate gate, Accounts accounts, IClock clock, ILogger<ChangeRoles> logger)
{
    public async Task Run(Guid userId, IReadOnlyList<string> roles, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ManageUsers, cancel);
        RoleChoice.Check(roles);
        await accounts.InTransaction((users, db) => Change(users, db, userId, roles, actor), cancel);
        LogChanged(userId, roles, actor.UserId);
    }

    private async Task<bool> Change(UserManager<AppUser> users, BackOfficeDb db, Guid userId, IReadOnlyList<string> roles, Actor actor)
    {
        var user = await Accounts.Find(users, userId);
        var before = await users.GetRolesAsync(user);
        if (before.Contains(Roles.Admin) && !roles.Contains(Roles.Admin))
        {
            await LastAdministrator.Keep(db, userId);
        }

        Accounts.Must(await users.RemoveFromRolesAsync(user, before.Except(roles)));
        Accounts.Must(await users.AddToRolesAsync(user, roles.Except(before)));
        Accounts.Must(await users.UpdateSecurityStampAsync(user));
        var detail = $"{user.DisplayName}: {string.Join(", ", before)} → {string.Join(", ", roles)}";
        db.Record(actor.AsPerson(), clock.GetCurrentInstant(), "Changed roles", "User", userId, detail);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Changed roles of user {UserId} to {Roles}, by {ActorId}")]
    private partial void LogChanged(Guid userId, IReadOnlyList<string> roles, Guid? actorId);
}
