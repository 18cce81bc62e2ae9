using System.Reflection;

namespace BackOffice.Web.Hosting;

/// <summary>Registers use cases and queries by their shape, so that a new one needs no line anywhere.</summary>
/// <remarks>A use case is a class under Features with one public Run; a query class ends in "Queries".</remarks>
internal static class UseCaseRegistration
{
    public static IServiceCollection AddEveryUseCase(this IServiceCollection services, Assembly assembly)
    {
        foreach (var type in assembly.GetTypes().Where(IsUseCase))
        {
            services.AddScoped(type);
        }

        return services;
    }

    internal static bool IsUseCase(Type type) =>
        type is { IsClass: true, IsAbstract: false, IsNested: false, IsGenericType: false }
        && type.Namespace?.StartsWith("BackOffice.Web.Features.", StringComparison.Ordinal) == true
        && (type.Name.EndsWith("Queries", StringComparison.Ordinal)
            || type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Any(m => m.Name == "Run"));
}
