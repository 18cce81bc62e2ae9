using Microsoft.AspNetCore.Identity;

namespace BackOffice.Data.Identity;

/// <summary>A person who signs in. What he may do comes from his roles; see <see cref="Roles"/>.</summary>
public sealed class AppUser : IdentityUser<Guid>
{
    public AppUser() => Id = Guid.CreateVersion7();

    /// <summary>The name colleagues see on approvals and in the audit trail.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>A disabled person keeps his history but is refused at the next command.</summary>
    public bool IsDisabled { get; set; }
}
