namespace BackOffice.Web.Features.Usage;

/// <summary>What is right about an event, and why.</summary>
/// <param name="Numbers">All its numbers as they are to be; null when it is void.</param>
public sealed record CorrectAnswer(IReadOnlyDictionary<string, decimal>? Numbers, string Reason);
