using NodaTime;

namespace BackOffice.Core.Common;

/// <summary>Time zones by their name in the tz database, such as Europe/Berlin.</summary>
public static class Zone
{
    public static IReadOnlyList<string> Names { get; } = [.. DateTimeZoneProviders.Tzdb.Ids.Order(StringComparer.Ordinal)];

    /// <summary>The version of the tz data in use; stored with each run, since countries change their clocks.</summary>
    public static string DataVersion => DateTimeZoneProviders.Tzdb.VersionId;

    /// <exception cref="RuleBroken">The name is not in the tz database.</exception>
    public static DateTimeZone Of(string name) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(name)
        ?? throw new RuleBroken($"\"{name}\" is not a time zone. Use a name such as Europe/Berlin or America/New_York.");
}
