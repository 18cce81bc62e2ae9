using BackOffice.Data.Identity;

namespace BackOffice.Web.Shared;

/// <summary>What somebody may do. Use cases ask for it through <see cref="Gate"/>; pages only hide what would be refused.</summary>
public enum Permission
{
    Read,
    ImportUsage,
    EditCatalog,
    PublishPlans,
    ManageCustomers,
    RunBilling,
    ApproveInvoices,
    IssueInvoices,
    ManageTaxRates,
    ManageUsers,
    ManageSettings,
    ManageSchedules,
    ManageApiKeys,
}

/// <summary>The role matrix, in one place. docs/operate/roles.md shows the same table.</summary>
public static class RoleMatrix
{
    private static readonly Dictionary<Permission, string[]> Holders = new()
    {
        [Permission.Read] = [Roles.Viewer, Roles.Clerk, Roles.Approver, Roles.Admin],
        [Permission.ImportUsage] = [Roles.Clerk, Roles.Approver],
        [Permission.EditCatalog] = [Roles.Clerk, Roles.Approver, Roles.Admin],
        [Permission.PublishPlans] = [Roles.Approver],
        [Permission.ManageCustomers] = [Roles.Clerk, Roles.Approver],
        [Permission.RunBilling] = [Roles.Clerk, Roles.Approver],
        [Permission.ApproveInvoices] = [Roles.Approver],
        [Permission.IssueInvoices] = [Roles.Approver],
        [Permission.ManageTaxRates] = [Roles.Approver, Roles.Admin],
        [Permission.ManageUsers] = [Roles.Admin],
        [Permission.ManageSettings] = [Roles.Admin],
        [Permission.ManageSchedules] = [Roles.Admin],
        [Permission.ManageApiKeys] = [Roles.Admin],
    };

    public static IReadOnlyList<string> RolesWith(Permission permission) => Holders[permission];

    public static bool Allows(IEnumerable<string> roles, Permission permission) => roles.Any(Holders[permission].Contains);
}
