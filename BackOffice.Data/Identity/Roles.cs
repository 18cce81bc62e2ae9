namespace BackOffice.Data.Identity;

/// <summary>The four roles. A role is a bundle of permissions; the matrix stands in docs/operate/roles.md.</summary>
public static class Roles
{
    public const string Viewer = "Viewer";
    public const string Clerk = "Clerk";
    public const string Approver = "Approver";
    public const string Admin = "Admin";

    public static IReadOnlyList<string> All { get; } = [Viewer, Clerk, Approver, Admin];
}
