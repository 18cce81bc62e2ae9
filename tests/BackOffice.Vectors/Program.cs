using BackOffice.Vectors;

// dotnet run --project tests/BackOffice.Vectors -- [--verbose] FILE...
var verbose = args.Contains("--verbose");
var files = args.Where(argument => argument != "--verbose").ToList();
if (files.Count == 0 || files.FirstOrDefault(file => !File.Exists(file)) is not null)
{
    Console.Error.WriteLine(files.FirstOrDefault(file => !File.Exists(file)) is { } missing
        ? $"There is no file {missing}."
        : "Name the vector files: [--verbose] FILE...");
    return 2;
}

var verdicts = files.SelectMany(Vector.ReadFile).Select(Verdict.Of).ToList();
foreach (var unknown in verdicts.Where(verdict => verdict.Outcome == Outcome.Failed && KindTable.For(verdict.Vector.Kind) is null)
             .GroupBy(verdict => verdict.Vector.Kind))
{
    Console.WriteLine($"the kind \"{unknown.Key}\" is not known: {unknown.Count()} vectors");
}

foreach (var verdict in verdicts.Where(verdict => verdict.Outcome == Outcome.Failed && KindTable.For(verdict.Vector.Kind) is not null))
{
    Console.WriteLine($"{verdict.Vector.Id} ({verdict.Vector.Kind}): {string.Join("; ", verdict.Reasons)}");
}

foreach (var verdict in verbose ? verdicts.Where(verdict => verdict.Outcome != Outcome.Failed) : [])
{
    Console.WriteLine($"{verdict.Vector.Id} ({verdict.Vector.Kind}): {verdict.Outcome.ToString().ToLowerInvariant()}"
        + string.Concat(verdict.Reasons.Select(reason => $", {reason}")));
}

int Count(Outcome outcome) => verdicts.Count(verdict => verdict.Outcome == outcome);
Console.WriteLine($"{Count(Outcome.Passed)} passed, {Count(Outcome.Failed)} failed, {Count(Outcome.Skipped)} skipped");
return Count(Outcome.Failed) == 0 ? 0 : 1;
