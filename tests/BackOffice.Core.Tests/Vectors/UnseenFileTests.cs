using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using BackOffice.Vectors;
using NodaTime.Text;

namespace BackOffice.Core.Tests.Vectors;

/// <summary>The runner takes files it has never seen: other ids, other figures, and the same facts written in another way.</summary>
public sealed class UnseenFileTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "vectors");

    private static readonly string Own = Path.Combine(AppContext.BaseDirectory, "own-vectors", "variations.json");

    public static TheoryData<string, string> Ways()
    {
        var ways = new TheoryData<string, string>();
        foreach (var file in Directory.EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            foreach (var way in Rewritings.Keys)
            {
                ways.Add(Path.GetRelativePath(Folder, file), way);
            }
        }

        return ways;
    }

    private static Dictionary<string, Action<JsonArray>> Rewritings { get; } = new(StringComparer.Ordinal)
    {
        ["other ids from another source file"] = Rename,
        ["members in another order"] = vectors => Each(vectors, Reversed),
        ["numbers as texts"] = vectors => EachInput(vectors, NumbersAsTexts),
        ["what is null left out"] = vectors => EachInput(vectors, WithoutNulls),
        ["what is left out as null"] = WithNulls,
    };

    // Figures worked out by hand: each vector's note says how.
    [Fact]
    public void Figures_it_has_never_seen_agree()
    {
        var verdicts = Vector.ReadFile(Own).Select(Verdict.Of).ToList();
        Assert.All(verdicts, verdict => Assert.True(
            verdict.Outcome == Outcome.Passed, $"{verdict.Vector.Id} ({verdict.Vector.Kind}): {string.Join("; ", verdict.Reasons)}"));
        Assert.True(verdicts.Count > 70, "The variations are there.");
    }

    [Fact]
    public void A_wrong_figure_is_found_in_every_one_of_them()
    {
        var vectors = Read(Own);
        Each(vectors, vector => vector["expected"] = Wrong(vector["expected"]!));
        Assert.All(Judge(vectors), verdict => Assert.True(verdict.Outcome == Outcome.Failed, $"{verdict.Vector.Id} takes any figure."));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void The_same_facts_written_in_another_way_have_the_same_verdict(string file, string way)
    {
        var before = Vector.ReadFile(Path.Combine(Folder, file)).Select(Verdict.Of).ToList();
        var vectors = Read(Path.Combine(Folder, file));
        Rewritings[way](vectors);
        Assert.All(Judge(vectors).Zip(before), pair => Assert.True(
            pair.First.Outcome == pair.Second.Outcome, $"{pair.Second.Vector.Id}: {string.Join("; ", pair.First.Reasons)}"));
    }

    private static JsonArray Read(string path)
    {
        var root = JsonNode.Parse(File.ReadAllText(path))!;
        return (root as JsonArray ?? root["vectors"]!.AsArray()).DeepClone().AsArray();
    }

    private static List<Verdict> Judge(JsonArray vectors)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, vectors.ToJsonString());
        var verdicts = Vector.ReadFile(file).Select(Verdict.Of).ToList();
        File.Delete(file);
        return verdicts;
    }

    private static void Each(JsonArray vectors, Action<JsonObject> change)
    {
        foreach (var vector in vectors)
        {
            change(vector!.AsObject());
        }
    }

    private static void EachInput(JsonArray vectors, Func<JsonNode?, JsonNode?> change) => Each(vectors, vector =>
    {
        var name = vector.ContainsKey("input") ? "input" : "given";
        vector[name] = change(vector[name]);
    });

    private static void Rename(JsonArray vectors)
    {
        for (var i = 0; i < vectors.Count; i++)
        {
            vectors[i]!["id"] = $"unseen {i}";
            vectors[i]!["source"] = "elsewhere/" + vectors[i]!["source"]?.GetValue<string>();
        }
    }

    private static void Reversed(JsonObject vector)
    {
        foreach (var (name, value) in vector.Reverse().ToList())
        {
            vector.Remove(name);
            vector[name] = value is JsonObject inner ? new JsonObject(inner.Reverse().Select(Copy)) : value;
        }
    }

    private static JsonNode? NumbersAsTexts(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, NumbersAsTexts(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(NumbersAsTexts)]),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => JsonValue.Create(value.ToJsonString()),
        _ => node?.DeepClone(),
    };

    private static JsonNode? WithoutNulls(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Where(member => member.Value is not null)
            .Select(member => KeyValuePair.Create(member.Key, WithoutNulls(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(WithoutNulls)]),
        _ => node?.DeepClone(),
    };

    // Every member that another vector of the kind has.
    private static void WithNulls(JsonArray vectors)
    {
        static string KindOf(JsonNode vector) => (vector["kind"] ?? vector["model"] ?? vector["aggregation"])!.GetValue<string>();
        foreach (var kind in vectors.GroupBy(vector => KindOf(vector!)))
        {
            var inputs = kind.Select(vector => (vector!["input"] ?? vector["given"]) as JsonObject).OfType<JsonObject>().ToList();
            foreach (var name in inputs.SelectMany(input => input.Select(member => member.Key)).Distinct(StringComparer.Ordinal).ToList())
            {
                foreach (var input in inputs.Where(input => !input.ContainsKey(name)))
                {
                    input[name] = null;
                }
            }
        }
    }

    // Every figure, day and text is another one.
    private static JsonNode Wrong(JsonNode node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member =>
            KeyValuePair.Create(member.Key, member.Value is null ? null : Wrong(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(item => item is null ? null : Wrong(item))]),
        _ => node.GetValueKind() switch
        {
            JsonValueKind.Number => JsonValue.Create(node.GetValue<decimal>() + 1),
            JsonValueKind.True or JsonValueKind.False => JsonValue.Create(!node.GetValue<bool>()),
            _ => WrongText(node.GetValue<string>()),
        },
    };

    private static JsonValue WrongText(string text) => JsonValue.Create(
        decimal.TryParse(text, CultureInfo.InvariantCulture, out var number) ? $"{number + 1}"
        : LocalDatePattern.Iso.Parse(text) is { Success: true } day ? LocalDatePattern.Iso.Format(day.Value.PlusDays(1))
        : InstantPattern.ExtendedIso.Parse(text) is { Success: true } at
            ? InstantPattern.ExtendedIso.Format(at.Value + Duration.FromDays(1))
        : "other " + text)!;

    private static KeyValuePair<string, JsonNode?> Copy(KeyValuePair<string, JsonNode?> member) =>
        KeyValuePair.Create(member.Key, member.Value?.DeepClone());
}
