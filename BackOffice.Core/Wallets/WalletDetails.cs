namespace BackOffice.Core.Wallets;

/// <summary>What finance decides about a wallet.</summary>
/// <param name="Priority">1 to 50; among a customer's wallets the lowest pays first.</param>
/// <param name="TaxesPurchases">Whether buying credits bears tax; if so, what they pay for bears none again.</param>
public sealed record WalletDetails(string Name, int Priority, WalletScope Scope, TopUpLimits Limits, bool TaxesPurchases = false);
