using BackOffice.Core.Common;

namespace BackOffice.Core.Invoices;

/// <summary>A person, as documents remember who did something.</summary>
/// <param name="Id">Null when the system did it: a schedule or the command line.</param>
public sealed record Person(Guid? Id, string Name)
{
    /// <summary>Four eyes: refuses whoever is no person, or had a hand in preparing an invoice.</summary>
    /// <param name="preparers">Everybody who had.</param>
    /// <param name="verb">What is wanted: "approve".</param>
    /// <param name="done">The same when it is done: "approved".</param>
    /// <exception cref="RuleBroken">It is such a one.</exception>
    internal void RequireSecond(IEnumerable<Guid> preparers, string verb, string done)
    {
        if (Id is not { } id)
        {
            throw new RuleBroken($"An invoice is {done} by a person. Say who: the system cannot vouch for its own work.");
        }

        if (preparers.Contains(id))
        {
            throw new RuleBroken($"{Name} prepared this invoice. Somebody else must {verb} it.");
        }
    }
}
