using System.Text.Json;

namespace BackOffice.Vectors;

/// <summary>One expected figure: what was given, and what another system made of it.</summary>
/// <param name="Kind">What is computed. Files call it kind, model or aggregation.</param>
/// <param name="Quirk">Why the figure is a defect of the other system; null when it binds.</param>
public sealed record Vector(string Id, string Kind, string? Quirk, Facts Root)
{
    public Facts Input => Root["input"] is { IsThere: true } input ? input : Root["given"];

    public Facts Expected => Root["expected"];

    /// <summary>A file is a list of vectors, or an object with one.</summary>
    public static IReadOnlyList<Vector> ReadFile(string path)
    {
        using var file = File.OpenRead(path);
        using var document = JsonDocument.Parse(file);
        var root = new Facts(document.RootElement.Clone(), "");
        return [.. (root.IsObject ? root["vectors"] : root).Items.Select(item => Of(new Facts(item.Element, "")))];
    }

    private static Vector Of(Facts facts) => new(
        facts["id"].Text,
        KindOf(facts, facts["kind"].TextOrNull ?? facts["model"].TextOrNull ?? facts["aggregation"].Text),
        facts["lago_quirk"].TextOrNull,
        facts);

    /// <summary>Invoices and credits of wallets are both voided, and both kinds are called void: what is given tells them apart.</summary>
    private static string KindOf(Facts facts, string kind) =>
        kind == "void" && facts["input"]["void_credits"].IsThere ? "void_credits" : kind;
}
