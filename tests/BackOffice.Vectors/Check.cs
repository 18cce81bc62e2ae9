using System.Collections;
using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace BackOffice.Vectors;

/// <summary>Compares what the engine computed with what a vector expects, and notices what nobody compared.</summary>
public sealed class Check(Vector vector)
{
    private readonly List<string> _failures = [];
    private readonly HashSet<string> _compared = new(StringComparer.Ordinal);
    private int _comparisons;

    /// <summary>One line for each difference, and one for each expected member that was never compared.</summary>
    public IReadOnlyList<string> Failures =>
    [
        .. _failures,
        .. vector.Expected.IsObject
            ? vector.Expected.Members.Where(member => member.Name != "note" && !_compared.Contains(member.Name))
                .Select(member => $"{member.Name}: expected {Show(member.Value)}, was not computed")
            : [],
        .. _comparisons == 0 ? ["nothing was compared"] : Array.Empty<string>(),
    ];

    /// <summary>The expectation itself, when it is one value.</summary>
    public void Is(object? got) => Compare(vector.Expected, "result", got);

    /// <summary>A member of the expectation. An object is compared with a dictionary, which must hold every expected member.</summary>
    public void That(string member, object? got)
    {
        _compared.Add(member);
        Compare(vector.Expected[member], member, got);
    }

    /// <summary>The same, if the vector expects anything there.</summary>
    public void IfExpected(string member, Func<object?> got)
    {
        if (vector.Expected.Element.TryGetProperty(member, out _))
        {
            That(member, got());
        }
    }

    /// <summary>A member that is words for the reader, not a figure.</summary>
    public void IsProse(params ReadOnlySpan<string> members)
    {
        foreach (var member in members)
        {
            _compared.Add(member);
        }
    }

    /// <summary>An expectation that lies elsewhere in the vector.</summary>
    public void At(Facts expected, object? got) => Compare(expected, expected.Path, got);

    private void Compare(Facts expected, string name, object? got)
    {
        _comparisons++;
        switch (got)
        {
            case IReadOnlyDictionary<string, object?> members when expected.IsObject:
                foreach (var (member, value) in expected.Members.Where(member => member.Name != "note"))
                {
                    if (members.TryGetValue(member, out var inner))
                    {
                        Compare(value, $"{name}.{member}", inner);
                    }
                    else
                    {
                        Fail($"{name}.{member}", value, "nothing computed");
                    }
                }

                break;
            case IEnumerable items and not string and not IReadOnlyDictionary<string, object?> when expected.IsList:
                CompareLists(expected, name, [.. items.Cast<object?>()]);
                break;
            default:
                if (!Same(expected, got))
                {
                    Fail(name, expected, Show(got));
                }

                break;
        }
    }

    private void CompareLists(Facts expected, string name, IReadOnlyList<object?> got)
    {
        if (expected.Items.Count != got.Count)
        {
            Fail(name, expected, $"{got.Count} values: {string.Join(", ", got.Select(Show))}");
            return;
        }

        for (var i = 0; i < got.Count; i++)
        {
            Compare(expected.Items[i], $"{name}[{i}]", got[i]);
        }
    }

    private static bool Same(Facts expected, object? got) => got switch
    {
        null => expected.IsMissing,
        _ when expected.IsMissing => false,
        bool flag => expected.Element.ValueKind is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False
            && expected.Flag == flag,
        string text => expected.Element.ValueKind == System.Text.Json.JsonValueKind.String && expected.Text == text,
        decimal or long or int => expected.NumberOrNull == Convert.ToDecimal(got, CultureInfo.InvariantCulture),
        LocalDate day => expected.Day == day,
        Instant moment => expected.Moment == moment,
        _ => throw new NotSupportedException(
            $"A {got.GetType().Name} cannot be compared; hand over what the vector has: a number, a text, a day, a moment, a list."),
    };

    private void Fail(string name, Facts expected, string got) => _failures.Add($"{name}: expected {Show(expected)}, got {got}");

    private static string Show(Facts facts) => facts.IsMissing ? "nothing" : facts.Element.GetRawText();

    private static string Show(object? value) => value switch
    {
        null => "nothing",
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        Instant moment => InstantPattern.ExtendedIso.Format(moment),
        LocalDate day => LocalDatePattern.Iso.Format(day),
        IReadOnlyDictionary<string, object?> members =>
            "{" + string.Join(", ", members.Select(member => $"{member.Key}: {Show(member.Value)}")) + "}",
        string text => text,
        IEnumerable items => "[" + string.Join(", ", items.Cast<object?>().Select(Show)) + "]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
