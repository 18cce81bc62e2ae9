using System.CommandLine;
using BackOffice.Core.Common;
using BackOffice.Data;
using BackOffice.Web.Features.Api;
using Microsoft.EntityFrameworkCore;
using NodaTime.Text;

namespace BackOffice.Web.Verbs;

/// <summary>Keys of programs.</summary>
internal static class ApiVerbs
{
    public static Command AddKey()
    {
        var name = new Option<string>("--name") { Description = "The program that gets it.", Required = true };
        var scope = new Option<string[]>("--scope")
        {
            Description = "usage:write or usage:read; may be given several times.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var until = new Option<string?>("--until") { Description = "The last day on which it works, such as 2027-12-31." };
        return Verb.Of(
            "add",
            "Makes an API key and prints it, once.",
            async call =>
            {
                var day = call.Options.GetValue(until) is { } text
                    ? LocalDatePattern.Iso.Parse(text) is { Success: true } parsed
                        ? parsed.Value
                        : throw new RuleBroken($"{text} is not a day. Write it like 2027-12-31.")
                    : (NodaTime.LocalDate?)null;
                var input = new CreateApiKey.Input(
                    call.Options.GetRequiredValue(name), ApiScopeWords.Parse(call.Options.GetRequiredValue(scope)), day);
                var key = await call.Get<CreateApiKey>().Run(input, call.Cancel);
                return new Answer(
                    $"Key of {input.Name} (shown once): {key}", new { name = input.Name, scopes = ApiScopeWords.Of(input.Scopes), key });
            },
            name, scope, until);
    }

    public static Command RevokeKey()
    {
        var prefix = new Argument<string>("prefix") { Description = "The beginning of the key, such as bk_live_1a2B3c4D." };
        return Verb.Of(
            "revoke",
            "Refuses a key from its next request on, for good.",
            async call =>
            {
                var wanted = call.Options.GetRequiredValue(prefix);
                await using var db = await call.Get<IDbContextFactory<BackOfficeDb>>().CreateDbContextAsync(call.Cancel);
                var key = await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Prefix == wanted, call.Cancel)
                    ?? throw new RuleBroken($"There is no key that begins with {wanted}.");
                await call.Get<RevokeApiKey>().Run(key.Id, call.Cancel);
                return new Answer($"The key of {key.Name} is revoked.", new { name = key.Name, prefix = key.Prefix });
            },
            prefix);
    }
}
