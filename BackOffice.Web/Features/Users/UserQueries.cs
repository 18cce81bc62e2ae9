using BackOffice.Data;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Features.Users;

/// <summary>People as the users page shows them.</summary>
public sealed record UserRow(Guid Id, string Name, string Email, IReadOnlyList<string> Roles, bool IsDisabled, bool PasswordIsTemporary);

/// <summary>Reads people and their roles.</summary>
public sealed class UserQueries(IDbContextFactory<BackOfficeDb> dbs)
{
    public async Task<IReadOnlyList<UserRow>> List(CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var people = await db.Users.AsNoTracking().OrderBy(u => u.DisplayName).ThenBy(u => u.Id).ToListAsync(cancel);
        var held = await db.UserRoles
            .Join(db.Roles, r => r.RoleId, r => r.Id, (held, role) => new { held.UserId, role.Name }).ToListAsync(cancel);
        var roles = held.ToLookup(h => h.UserId, h => h.Name!);
        var temporary = await db.UserClaims
            .Where(c => c.ClaimType == Accounts.TemporaryPassword).Select(c => c.UserId).ToHashSetAsync(cancel);
        return
        [
            .. people.Select(u => new UserRow(
                u.Id,
                u.DisplayName,
                u.Email ?? "",
                [.. Data.Identity.Roles.All.Where(roles[u.Id].Contains)],
                u.IsDisabled,
                temporary.Contains(u.Id))),
        ];
    }
}
