namespace BackOffice.Core.Catalog;

/// <summary>What becomes of usage that comes after the invoice of its period was issued. It is stored and listed in any case.</summary>
public enum LateUsageRule
{
    /// <summary>The next invoice of the subscription has a line for what it changes.</summary>
    NextInvoice,

    /// <summary>It is on the list of late usage and on no invoice.</summary>
    ListOnly,
}
