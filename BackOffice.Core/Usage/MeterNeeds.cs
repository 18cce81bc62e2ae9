namespace BackOffice.Core.Usage;

/// <summary>What a price or a plan needs to know beyond the quantity. Each makes the meter remember single events.</summary>
[Flags]
public enum MeterNeeds
{
    /// <summary>The quantity, which needs no memory of single events.</summary>
    Nothing = 0,

    /// <summary>The value of every event, for percentage prices.</summary>
    Values = 1,

    /// <summary>For how many days units were there, for prorated charges.</summary>
    Days = 2,

    /// <summary>What was billed at once as it happened: units above the most there had been before.</summary>
    Advance = 4,
}
