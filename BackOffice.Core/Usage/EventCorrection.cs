using System.Globalization;
using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using NodaTime;

namespace BackOffice.Core.Usage;

/// <summary>
/// That one usage event counts no more: it is voided, or another one with right numbers counts in its place. The event itself never
/// changes and stays as evidence.
/// </summary>
public sealed record EventCorrection
{
    private const int MaxReason = 500;

    /// <param name="change">What becomes of the event: "voided", or "calls 5 became 7".</param>
    /// <param name="reason">Why, in the words of whoever does it; 1 to 500 characters.</param>
    /// <exception cref="RuleBroken">No reason is given, or it is too long.</exception>
    public EventCorrection(Guid id, Person by, Instant at, string change, string reason) =>
        (Id, By, At, Change, Reason) = (id, by, at, change, Text.Required(reason, "Reason", MaxReason));

    /// <summary>By which the audit trail knows it.</summary>
    public Guid Id { get; }

    public Person By { get; }

    public Instant At { get; }

    /// <summary>What becomes of the event, in words.</summary>
    public string Change { get; }

    /// <summary>Why; it is kept and shown.</summary>
    public string Reason { get; }

    /// <summary>The event counts no more, and nothing in its place.</summary>
    /// <exception cref="RuleBroken">No reason is given.</exception>
    public static EventCorrection Void(Person by, Instant at, string reason) =>
        new(Guid.CreateVersion7(), by, at, "voided", reason);

    /// <summary>
    /// Another event counts in its place, with right numbers. Texts, name and time stay; whoever finds them wrong voids the event and
    /// sends another one.
    /// </summary>
    /// <param name="numbers">What the event carries, by property.</param>
    /// <param name="typed">The right value of one of these numbers or more.</param>
    /// <returns>With all numbers of the event that takes its place.</returns>
    /// <exception cref="RuleBroken">The event has no such number, nothing would change, or no reason is given.</exception>
    public static (EventCorrection Correction, IReadOnlyDictionary<string, decimal> Numbers) Of(
        IReadOnlyDictionary<string, decimal> numbers, IReadOnlyDictionary<string, decimal> typed, Person by, Instant at, string reason)
    {
        if (typed.Keys.FirstOrDefault(name => !numbers.ContainsKey(name)) is { } unknown)
        {
            throw new RuleBroken($"The event has no number “{unknown}”. Void it and send another one if it should have.");
        }

        var changed = typed.Where(number => numbers[number.Key] != number.Value).OrderBy(number => number.Key, StringComparer.Ordinal);
        var change = string.Join(", ", changed.Select(number => string.Create(
            CultureInfo.InvariantCulture, $"{number.Key} {numbers[number.Key]} became {number.Value}")));
        return change.Length == 0
            ? throw new RuleBroken("Nothing would change: these are the numbers the event has.")
            : (new EventCorrection(Guid.CreateVersion7(), by, at, change, reason),
                numbers.ToDictionary(number => number.Key, number => typed.GetValueOrDefault(number.Key, number.Value)));
    }
}
