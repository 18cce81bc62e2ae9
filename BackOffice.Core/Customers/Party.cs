namespace BackOffice.Core.Customers;

/// <summary>Seller or buyer as a document remembers them: a copy, not a reference.</summary>
/// <param name="Code">The buyer's customer code; null for the seller.</param>
/// <param name="Iban">The seller's account, where the document asks to be paid; null for the buyer.</param>
public sealed record Party(
    string Name, string? Code, Address Address, string? TaxNumber, string? Email, string? Iban = null, string? Bic = null);
