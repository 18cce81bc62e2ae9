namespace BackOffice.Vectors;

public enum Outcome
{
    Passed,
    Failed,
    Skipped,
}

/// <summary>What became of one vector.</summary>
/// <param name="Reasons">A line for each difference; why, when it was skipped.</param>
public sealed record Verdict(Vector Vector, Outcome Outcome, IReadOnlyList<string> Reasons)
{
    public static Verdict Of(Vector vector)
    {
        if (vector.Quirk is not null)
        {
            return new(vector, Outcome.Skipped, [vector.Quirk]);
        }

        if (KindTable.IsReadingMatter(vector))
        {
            return new(vector, Outcome.Skipped, ["another system's rule"]);
        }

        var failures = KindTable.For(vector.Kind) is { } translate
            ? Failures(vector, translate)
            : [$"the kind \"{vector.Kind}\" is not known"];
        return new(vector, failures.Count == 0 ? Outcome.Passed : Outcome.Failed, failures);
    }

    // Whatever goes wrong inside one vector is that vector's failure; the others are still judged.
    private static IReadOnlyList<string> Failures(Vector vector, Translate translate)
    {
        var check = new Check(vector);
        try
        {
            translate(vector, check);
            return check.Failures;
        }
        catch (Exception error)
        {
            return [$"{error.GetType().Name}: {error.Message}"];
        }
    }
}
