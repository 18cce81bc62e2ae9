using BackOffice.Core.Common;
using BackOffice.Data.Identity;

namespace BackOffice.Web.Features.Users;

/// <summary>Which roles may be held together, and what each is for.</summary>
public static class RoleChoice
{
    /// <exception cref="RuleBroken">None is chosen, one is unknown, or the two that control each other are combined.</exception>
    public static void Check(IReadOnlyCollection<string> roles)
    {
        if (roles.Count == 0)
        {
            throw new RuleBroken("Choose at least one role.");
        }

        if (roles.FirstOrDefault(role => !Roles.All.Contains(role)) is { } unknown)
        {
            throw new RuleBroken($"There is no role \"{unknown}\".");
        }

        if (roles.Contains(Roles.Admin) && roles.Contains(Roles.Approver))
        {
            throw new RuleBroken("An administrator cannot also be an approver: whoever hands out roles must not approve invoices.");
        }
    }

    public static string Meaning(string role) => role switch
    {
        Roles.Viewer => "Reads everything, changes nothing.",
        Roles.Clerk => "Imports usage, edits customers and plans, prepares invoices.",
        Roles.Approver => "Does what a clerk does, approves and issues invoices prepared by others, publishes plans.",
        Roles.Admin => "Adds people, company data and schedules. Never approves or issues.",
        _ => "",
    };
}
