using Microsoft.AspNetCore.Components.Endpoints;

namespace BackOffice.Web.Hosting;

/// <summary>What the middleware asks about a request.</summary>
internal static class Requests
{
    public static bool IsUnder(this HttpContext context, string path) =>
        context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase);

    /// <summary>True for a page people look at, false for an endpoint of the API, a file or the circuit.</summary>
    public static bool IsPage(this Endpoint endpoint) => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;
}
