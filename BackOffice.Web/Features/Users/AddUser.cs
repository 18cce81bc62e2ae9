using BackOffice.Data.Audit;
using BackOffice.Web.Shared;
using NodaTime;

namespace BackOffice.Web.Features.Users;

/// <summary>Adds a person. The generated password is shown once and must be changed at the first sign-in.</summary>
public sealed partial class AddUser(Gate gate, Accounts accounts, IClock clock, ILogger<AddUser> logger)
{
    public sealed record Input(string Name, string Email, IReadOnlyList<string> Roles);

    /// <returns>The one-time password.</returns>
    public async Task<string> Run(Input input, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ManageUsers, cancel);
        RoleChoice.Check(input.Roles);
        var password = Accounts.NewPassword();
        var person = new NewPerson(input.Name, input.Email, password, input.Roles, PasswordIsTemporary: true);
        var user = await accounts.InTransaction(
            async (users, db) =>
            {
                var added = await Accounts.Create(users, person);
                var detail = $"{added.DisplayName}: {string.Join(", ", input.Roles)}";
                db.Record(actor.AsPerson(), clock.GetCurrentInstant(), "Added", "User", added.Id, detail);
                return added;
            },
            cancel);
        LogAdded(user.Id, input.Roles, actor.UserId);
        return password;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Added user {UserId} as {Roles}, by {ActorId}")]
    private partial void LogAdded(Guid userId, IReadOnlyList<string> roles, Guid? actorId);
}
