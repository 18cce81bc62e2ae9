using BackOffice.Core.Invoices;

namespace BackOffice.Web.Shared;

/// <summary>Who acts: a person with an account, or the system itself (a schedule, an operator's command line).</summary>
/// <param name="UserId">The account; null for the system.</param>
/// <param name="Name">What the audit trail and the approvals show.</param>
public sealed record Actor(Guid? UserId, string Name)
{
    public static Actor Schedule { get; } = new(null, "Schedule");

    public static Actor CommandLine { get; } = new(null, "Command line");

    public bool IsSystem => UserId is null;

    /// <summary>As documents and the audit trail remember who did something.</summary>
    public Person AsPerson() => new(UserId, Name);
}
