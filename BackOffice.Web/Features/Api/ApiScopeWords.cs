using BackOffice.Core.Access;
using BackOffice.Core.Common;

namespace BackOffice.Web.Features.Api;

/// <summary>What a key may do, as programs and people name it.</summary>
public static class ApiScopeWords
{
    private static readonly (ApiScopes Scope, string Name, string Meaning)[] Each =
    [
        (ApiScopes.UsageWrite, "usage:write", "Send usage events."),
        (ApiScopes.UsageRead, "usage:read", "Search stored events and ask what events would cost."),
    ];

    public static IReadOnlyList<(ApiScopes Scope, string Name, string Meaning)> All => Each;

    /// <summary>Such as "usage:write, usage:read".</summary>
    public static string Of(ApiScopes scopes) =>
        string.Join(", ", Each.Where(each => scopes.HasFlag(each.Scope)).Select(each => each.Name));

    /// <exception cref="RuleBroken">A name is none.</exception>
    public static ApiScopes Parse(IEnumerable<string> names) => names.Aggregate(ApiScopes.None, (all, name) =>
        Array.Find(Each, each => each.Name == name) is { Name: not null } found
            ? all | found.Scope
            : throw new RuleBroken($"There is no scope {name}. Use {string.Join(" or ", Each.Select(each => each.Name))}."));
}
