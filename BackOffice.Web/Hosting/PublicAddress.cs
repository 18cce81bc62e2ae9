namespace BackOffice.Web.Hosting;

/// <summary>The address people type. Behind a proxy it differs from what the server listens on.</summary>
internal static class PublicAddress
{
    /// <summary>True when people reach the application by HTTPS, whoever ends it.</summary>
    public static bool IsHttps(this IConfiguration settings) =>
        settings.Address().StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    /// <summary>PublicUrl if set, else the first of Urls.</summary>
    public static string Address(this IConfiguration settings)
    {
        var address = settings["PublicUrl"] is { Length: > 0 } set ? set : settings["Urls"]?.Split(';')[0];
        return (address ?? "http://localhost:5080").TrimEnd('/');
    }

    /// <summary>Where a process on this machine reaches the server: the first of Urls, whatever interfaces it listens on.</summary>
    public static Uri LocalAddress(this IConfiguration settings)
    {
        var listening = settings["Urls"]?.Split(';')[0] ?? "http://localhost:5080";
        return new Uri(
            listening
                .Replace("//+", "//localhost", StringComparison.Ordinal)
                .Replace("//*", "//localhost", StringComparison.Ordinal)
                .Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal)
                .Replace("//[::]", "//localhost", StringComparison.Ordinal)
        );
    }
}
