namespace BackOffice.Core.Taxes;

/// <summary>Why a rate applies, or why none does, as e-invoices name it (UNCL 5305, EN 16931 BT-151).</summary>
public enum TaxCategory
{
    /// <summary>S: taxed at a rate above zero.</summary>
    Standard,

    /// <summary>Z: taxed at zero by law.</summary>
    ZeroRated,

    /// <summary>E: exempt, for a reason that the document states.</summary>
    Exempt,

    /// <summary>AE: the business that buys owes the tax in its own country (Directive 2006/112/EC, Art. 196).</summary>
    ReverseCharge,

    /// <summary>O: the supply is not made where we are taxed. The document then carries no other category.</summary>
    OutsideScope,
}
