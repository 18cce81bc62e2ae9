using BackOffice.Core.Common;

namespace BackOffice.Core.CreditNotes;

/// <summary>What somebody wants to take back of one line: all that is left, an amount, or units of it.</summary>
public sealed record CreditRequest
{
    private CreditRequest(int line, decimal? amount, decimal? units) => (Line, Amount, Units) = (line, amount, units);

    /// <summary>The place of the line on the invoice, from 0.</summary>
    public int Line { get; }

    /// <summary>Exact, in major units, before the line's discount and tax; null for all that is left, or when units are given.</summary>
    public decimal? Amount { get; }

    public decimal? Units { get; }

    /// <summary>The amount as what is divided, when it is a share of days; null for every other request.</summary>
    internal Quotient? Share { get; private init; }

    /// <summary>All that is left of a line.</summary>
    public static CreditRequest Whole(int line) => new(line, null, null);

    /// <summary>An amount of a line before its discount and tax. A fraction of a minor unit is rounded once, on the note.</summary>
    /// <exception cref="RuleBroken">The amount is negative.</exception>
    public static CreditRequest Of(int line, decimal amount) =>
        amount >= 0 ? new(line, amount, null) : throw new RuleBroken("A credit note takes back; its amounts are not below zero.");

    /// <summary>A share of a line, kept as what is divided, so that a half is still one after the line's discount.</summary>
    /// <exception cref="RuleBroken">The share is negative.</exception>
    internal static CreditRequest Of(int line, Quotient share) => Of(line, share.Value) with { Share = share };

    /// <summary>Units of a line at the price they were billed at on average.</summary>
    /// <exception cref="RuleBroken">The units are not above zero.</exception>
    public static CreditRequest OfUnits(int line, decimal units) =>
        units > 0 ? new(line, null, units) : throw new RuleBroken("Say how many units are taken back: more than zero.");
}
