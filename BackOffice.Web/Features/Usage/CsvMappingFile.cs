using System.Text.Json;
using BackOffice.Core.Common;
using BackOffice.Web.Features.Usage.Files;

namespace BackOffice.Web.Features.Usage;

/// <summary>Reads a mapping that a script keeps in a file: the same JSON as an import stores.</summary>
public static class CsvMappingFile
{
    private const long MaxBytes = 1 << 20;

    private static readonly JsonSerializerOptions Strict = new()
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        PropertyNameCaseInsensitive = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <exception cref="RuleBroken">The file is missing or wrong; the message names the field.</exception>
    public static UsageMapping FromFile(string path)
    {
        var mapping = Parse(Read(path), path);
        try
        {
            MappingRules.RequireComplete(mapping);
            return mapping;
        }
        catch (RuleBroken incomplete)
        {
            throw new RuleBroken($"{path}: {incomplete.Message}");
        }
    }

    private static string Read(string path)
    {
        try
        {
            return new FileInfo(path).Length <= MaxBytes
                ? File.ReadAllText(path)
                : throw new RuleBroken($"{path} is larger than 1 MB: it is no mapping.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new RuleBroken($"The mapping {path} cannot be read: {unreadable.Message}");
        }
    }

    private static UsageMapping Parse(string json, string path)
    {
        try
        {
            return JsonSerializer.Deserialize<UsageMapping>(json, Strict)
                ?? throw new RuleBroken($"{path}: a mapping is an object, not null.");
        }
        catch (JsonException malformed)
        {
            throw new RuleBroken($"{path}: {Field(malformed)}{Reason(malformed)}");
        }
    }

    private static string Field(JsonException malformed) =>
        malformed.Path is { Length: > 2 } at ? $"field {at[2..]}: " : malformed.LineNumber is { } line ? $"line {line + 1}: " : "";

    // The framework adds where it was in its own terms; the field is named already.
    private static string Reason(JsonException malformed)
    {
        var end = malformed.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        return (end < 0 ? malformed.Message : malformed.Message[..end])
            .Replace(typeof(UsageMapping).FullName!, "a mapping", StringComparison.Ordinal);
    }
}
