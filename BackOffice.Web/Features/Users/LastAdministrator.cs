using BackOffice.Core.Common;
using BackOffice.Data;
using BackOffice.Data.Identity;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Features.Users;

/// <summary>Somebody must always be able to let people in.</summary>
internal static class LastAdministrator
{
    /// <summary>Call before <paramref name="leaving"/> stops being an active administrator, inside the transaction.</summary>
    /// <exception cref="RuleBroken">There would be none left.</exception>
    public static async Task Keep(BackOfficeDb db, Guid leaving)
    {
        // Two administrators who remove each other at the same moment both write this row, and the second one is refused.
        var role = await db.Roles.SingleAsync(r => r.Name == Roles.Admin);
        role.ConcurrencyStamp = Guid.CreateVersion7().ToString();

        var others = await db.UserRoles.Where(r => r.RoleId == role.Id && r.UserId != leaving)
            .Join(db.Users.Where(u => !u.IsDisabled), r => r.UserId, u => u.Id, (_, u) => u.Id).AnyAsync();
        if (!others)
        {
            throw new RuleBroken("This is the last administrator. Give somebody else the role first.");
        }
    }
}
