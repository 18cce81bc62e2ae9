using System.CommandLine;
using BackOffice.Core.Common;
using BackOffice.Data;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Verbs;

/// <summary>In whose name a verb works.</summary>
internal static class People
{
    public static Option<string?> As() => new("--as")
    {
        Description = "The e-mail of the person in whose name this is done; his roles apply. Without it: the command line itself.",
        HelpName = "EMAIL",
    };

    /// <exception cref="RuleBroken">Nobody has that e-mail.</exception>
    public static async Task ActAs(this VerbCall call, Option<string?> option)
    {
        if (call.Options.GetValue(option) is not { } email)
        {
            return;
        }

        await using var db = await call.Get<IDbContextFactory<BackOfficeDb>>().CreateDbContextAsync(call.Cancel);
        var normalized = email.Trim().ToUpperInvariant();
        var user = await db.Users.SingleOrDefaultAsync(u => u.NormalizedEmail == normalized, call.Cancel)
            ?? throw new RuleBroken($"Nobody has the e-mail {email}. Add him with: user add --email {email} --role ROLE");
        call.Get<ActorSource>().ActAs(new Actor(user.Id, user.DisplayName));
    }
}
