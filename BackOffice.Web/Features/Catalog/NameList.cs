using System.Text.RegularExpressions;

namespace BackOffice.Web.Features.Catalog;

/// <summary>Names in one field, separated by commas; one that has a comma itself stands in quotes.</summary>
internal static partial class NameList
{
    public static IReadOnlyList<string> Read(string? text) =>
    [
        .. Part().Matches(text ?? "").Select(part => part.Groups["quoted"].Success ? part.Groups["quoted"].Value : part.Value.Trim())
            .Where(name => name.Length > 0).Distinct(StringComparer.Ordinal),
    ];

    public static string? Write(IReadOnlyList<string> names) => names.Count == 0
        ? null
        : string.Join(", ", names.Select(name => name.Contains(',', StringComparison.Ordinal) ? $"\"{name}\"" : name));

    [GeneratedRegex("\"(?<quoted>[^\"]*)\"|[^,\"]+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Part();
}
