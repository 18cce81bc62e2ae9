namespace BackOffice.Core.Catalog;

/// <summary>How long a whole billing period of a plan is.</summary>
public enum BillingInterval
{
    /// <summary>Seven days.</summary>
    Weekly,

    /// <summary>A month: 28 to 31 days.</summary>
    Monthly,

    /// <summary>Three months: 89 to 92 days.</summary>
    Quarterly,

    /// <summary>Six months: 181 to 184 days.</summary>
    SemiAnnual,

    /// <summary>Twelve months: 365 or 366 days.</summary>
    Yearly,
}
