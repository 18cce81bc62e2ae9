using System.Text.Json;

namespace BackOffice.Vectors;

/// <summary>One expected figure: what was given, and what another system made of it.</summary>
/// <param name="Kind">What is computed. Files call it kind, model or aggregation.</param>
/// <param name="Quirk">Why the figure is a defect of the other system; null when it binds.</param>
public sealed record Vector(string Id, string Kind, string? Quirk, Facts Root)
{
    public Facts Input => Root["input"] is { IsThere: true } input ? input : Root["given"];

    public Facts Expected => Root["expected"];

    /// <summary>The vectors before this one from the same file of the other system: earlier steps of its scenario.</summary>
    public IReadOnlyList<Vector> Earlier { get; private init; } = [];

    /// <summary>A file is a list of vectors, or an object with one.</summary>
    public static IReadOnlyList<Vector> ReadFile(string path)
    {
        using var file = File.OpenRead(path);
        using var document = JsonDocument.Parse(file);
        var root = new Facts(document.RootElement.Clone(), "");
        var vectors = new List<Vector>();
        foreach (var item in (root.IsObject ? root["vectors"] : root).Items)
        {
            var vector = Of(new Facts(item.Element, ""));
            vectors.Add(vector with { Earlier = [.. vectors.Where(earlier => vector.Source is { } source && earlier.Source == source)] });
        }

        return vectors;
    }

    // "file.rb:126" is a line of a file; one file tells one story, or few.
    private string? Source => Root["source"].TextOrNull?.Split(':')[0];

    private static Vector Of(Facts facts) => new(
        facts["id"].Text,
        KindOf(facts, facts["kind"].TextOrNull ?? facts["model"].TextOrNull ?? facts["aggregation"].Text),
        facts["lago_quirk"].TextOrNull,
        facts);

    /// <summary>Invoices and credits of wallets are both voided, and both kinds are called void: what is given tells them apart.</summary>
    private static string KindOf(Facts facts, string kind) =>
        kind == "void" && facts["input"]["void_credits"].IsThere ? "void_credits" : kind;
}
