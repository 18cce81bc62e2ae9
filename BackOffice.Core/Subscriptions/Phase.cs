using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using NodaTime;

namespace BackOffice.Core.Subscriptions;

/// <summary>A stretch of a subscription on the same terms.</summary>
/// <param name="Number">1, 2, 3 … within the subscription.</param>
/// <param name="Terms">What it costs.</param>
/// <param name="From">The moment usage belongs to it.</param>
/// <param name="FirstDay">The first day its fees are for: the day of <paramref name="From"/>, also when it begins at noon.</param>
public sealed record Phase(int Number, PlanTerms Terms, Instant From, LocalDate FirstDay)
{
    /// <summary>Null while it goes on.</summary>
    public PhaseEnd? End { get; init; }

    /// <summary>Whether usage of this moment belongs to it. The moment of a change belongs to what follows.</summary>
    public bool Contains(Instant moment) => From <= moment && !(End?.At <= moment);
}

/// <summary>Why a phase ends.</summary>
public enum EndReason
{
    /// <summary>The subscription is over.</summary>
    Termination,

    /// <summary>Another plan that does not cost less in a year.</summary>
    Upgrade,

    /// <summary>A cheaper plan, which waits for the end of the period.</summary>
    Downgrade,

    /// <summary>Other terms on an agreed day, such as a new version of the plan.</summary>
    Change,
}

/// <summary>What becomes of a base fee that was paid for days after the end.</summary>
public enum UnusedFee
{
    /// <summary>A credit note that later invoices use up.</summary>
    Credit,

    /// <summary>A credit note whose paid share is paid back; the rest is credit.</summary>
    Refund,

    /// <summary>The same, and the rest lowers what is open of the invoice itself.</summary>
    Offset,

    /// <summary>Nothing.</summary>
    Skip,
}

/// <summary>The end of a phase.</summary>
/// <param name="At">The moment from which usage no longer belongs to it.</param>
/// <param name="Day">The first day its fees are no longer for. A day of termination is billed; a day of change is the new plan's.</param>
/// <param name="KnownAt">When it was decided. What fell due before did not know of it and is made good by a credit.</param>
public sealed record PhaseEnd(Instant At, LocalDate Day, EndReason Why, Instant KnownAt)
{
    /// <summary>What becomes of a fee paid beforehand.</summary>
    public UnusedFee Unused { get; init; } = UnusedFee.Credit;

    /// <summary>Whether what is still owed is billed; false lets it go.</summary>
    public bool Invoice { get; init; } = true;
}

/// <summary>Another number of units of a fixed charge.</summary>
/// <param name="Code">The fixed charge.</param>
/// <param name="Units">From then on; zero or more.</param>
/// <param name="From">The day they count from; for an increase paid in advance also the day the difference is due.</param>
/// <param name="KnownAt">When it was decided, on the day it counts from or before.</param>
public sealed record UnitChange(string Code, decimal Units, LocalDate From, Instant KnownAt)
{
    /// <summary>From then on; zero or more.</summary>
    public decimal Units { get; } = Units >= 0 ? Units : throw new RuleBroken($"{Code} cannot have {Units} units. Use zero or more.");
}
