using BackOffice.Core.Common;
using BackOffice.Data;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Shared;

/// <summary>Decides whether the one who acts may do what a use case is about to do. Every writing use case starts here.</summary>
/// <remarks>
/// Asks the database each time: a role taken away or an account disabled counts at the next command,
/// not at the next sign-in, although a circuit can be hours old.
/// </remarks>
public sealed partial class Gate(IDbContextFactory<BackOfficeDb> dbs, ActorSource source, ILogger<Gate> logger)
{
    /// <exception cref="RuleBroken">Nobody is signed in, the account is disabled, or no role holds the permission.</exception>
    public async Task<Actor> Require(Permission permission, CancellationToken cancel = default)
    {
        var actor = await source.Find() ?? throw new RuleBroken("Sign in first.");
        if (actor.IsSystem)
        {
            return actor;
        }

        await using var db = await dbs.CreateDbContextAsync(cancel);
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == actor.UserId, cancel);
        var roles = await db.UserRoles.Where(r => r.UserId == actor.UserId)
            .Join(db.Roles, r => r.RoleId, r => r.Id, (_, role) => role.Name!).ToListAsync(cancel);
        if (user is null || user.IsDisabled || !RoleMatrix.Allows(roles, permission))
        {
            LogRefused(actor.UserId!.Value, permission);
            throw new RuleBroken(user is null or { IsDisabled: true }
                ? "This account is disabled. Ask an administrator."
                : $"This needs the role {string.Join(" or ", RoleMatrix.RolesWith(permission))}. Ask an administrator.");
        }

        return actor with { Name = user.DisplayName.Length > 0 ? user.DisplayName : user.Email! };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused {Permission} to user {UserId}")]
    private partial void LogRefused(Guid userId, Permission permission);
}
