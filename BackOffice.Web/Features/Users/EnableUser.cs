using BackOffice.Data.Audit;
using BackOffice.Web.Shared;
using NodaTime;

namespace BackOffice.Web.Features.Users;

/// <summary>Lets a disabled person in again, with the roles and the password he had.</summary>
public sealed partial class EnableUser(Gate gate, Accounts accounts, IClock clock, ILogger<EnableUser> logger)
{
    public async Task Run(Guid userId, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ManageUsers, cancel);
        await accounts.InTransaction(
            async (users, db) =>
            {
                var user = await Accounts.Find(users, userId);
                user.IsDisabled = false;
                Accounts.Must(await users.UpdateAsync(user));
                db.Record(actor.AsPerson(), clock.GetCurrentInstant(), "Enabled", "User", userId, user.DisplayName);
                return true;
            },
            cancel);
        LogEnabled(userId, actor.UserId);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Enabled user {UserId}, by {ActorId}")]
    private partial void LogEnabled(Guid userId, Guid? actorId);
}
