using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;

namespace BackOffice.Web.Shared;

/// <summary>Finds out who acts in this scope: set by a job or a verb, else the request's user, else the circuit's.</summary>
public sealed class ActorSource(IServiceProvider services, IHttpContextAccessor http)
{
    private Actor? _set;

    /// <summary>For jobs and verbs, which have no request. Never called on behalf of a browser.</summary>
    public void ActAs(Actor actor) => _set = actor;

    public async ValueTask<Actor?> Find()
    {
        if (_set is not null)
        {
            return _set;
        }

        // In a circuit the request that opened it is long gone; its authentication state is kept and revalidated.
        var user = http.HttpContext?.User;
        if (user?.Identity is not { IsAuthenticated: true }
            && services.GetService<AuthenticationStateProvider>() is { } circuit)
        {
            user = (await circuit.GetAuthenticationStateAsync()).User;
        }

        return user?.FindFirstValue(ClaimTypes.NameIdentifier) is { } id
            ? new Actor(Guid.Parse(id), user.Identity?.Name ?? id)
            : null;
    }
}
