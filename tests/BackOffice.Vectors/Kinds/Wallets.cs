using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using BackOffice.Core.Wallets;
using NodaTime;

namespace BackOffice.Vectors.Kinds;

/// <summary>Credits: conversion, top-ups, limits, and the ledger of one wallet. More in the files beside it.</summary>
internal static class Wallets
{
    internal static readonly Instant Start = Instant.FromUtc(2026, 1, 1, 0, 0);

    public static IEnumerable<KeyValuePair<string, Translate>> Kinds =>
    [
        new("credits_to_money", CreditsToMoney),
        new("money_to_credits", MoneyToCredits),
        new("rounds_to_zero", RoundsToZero),
        new("top_up_rounding", TopUpRounding),
        new("void_credits", Voids),
        new("top_up_needs_payment", NeedsPayment),
        new("top_up_limits", Limits),
        new("fifo_consumption", Fifo),
        .. WalletRules.Kinds,
        .. WalletPayments.Kinds,
        .. GrantBurnDown.Kinds,
    ];

    internal static CreditRate Rate(Facts facts) => new(facts["rate"].NumberOrNull ?? 1, CurrencyOf(facts));

    internal static Currency CurrencyOf(Facts facts) => facts["currency"].TextOrNull is { } code ? Currency.Of(code)
        : facts["currency_decimals"].WholeOrNull is { } digits && digits != 2 ? Currency.All.First(currency => currency.Exponent == digits)
        : Currency.Of("EUR");

    internal static Wallet Wallet(CreditRate rate, TopUpLimits? limits = null) =>
        Core.Wallets.Wallet.Create(CustomerId.New(), "wallet", rate, new("Wallet", 50, WalletScope.Everything, limits ?? TopUpLimits.None),
            Start);

    /// <summary>A wallet that holds credits which were granted.</summary>
    internal static Wallet Holding(decimal credits, CreditRate rate, TopUpLimits? limits = null)
    {
        var wallet = Wallet(rate, limits);
        if (credits > 0)
        {
            wallet.Add(new(GrantKind.Granted, credits), Start);
        }

        return wallet;
    }

    internal static bool Refuses(Action step)
    {
        try
        {
            step();
            return false;
        }
        catch (RuleBroken)
        {
            return true;
        }
    }

    private static void CreditsToMoney(Vector vector, Check check)
    {
        var (rate, credits) = (Rate(vector.Input), vector.Input["credits"].Number);
        Converted(check, vector.Input["invoiceable"].Flag ? rate.Bought(credits) : rate.Voided(credits));
    }

    private static void MoneyToCredits(Vector vector, Check check)
    {
        var rate = Rate(vector.Input);
        Converted(check, rate.For(vector.Input["amount_cents"].Number / rate.Currency.Scale));
    }

    private static void Converted(Check check, Conversion converted)
    {
        check.That("credits", converted.Credits);
        check.That("amount_cents", converted.Money.MinorUnits);
    }

    private static void RoundsToZero(Vector vector, Check check) =>
        check.That("rejected", Refuses(() => Rate(vector.Input).Bought(vector.Input["credits"].Number)));

    private static void TopUpRounding(Vector vector, Check check)
    {
        var wallet = Wallet(Rate(vector.Input));
        var isPaid = vector.Input["kind"].Text != "granted";
        var grant = wallet.Add(new(isPaid ? GrantKind.Purchased : GrantKind.Granted, vector.Input["credits"].Number), Start);
        check.That("credits", wallet.Rate.CreditsFor(grant.Amount));
        check.That("amount_cents", grant.AmountMinor);
        check.That("invoice_total_cents", isPaid ? grant.AmountMinor : null);
    }

    private static void Voids(Vector vector, Check check)
    {
        var wallet = Holding((vector.Input["balance_credits"].NumberOrNull ?? vector.Input["top_up_credits"].NumberOrNull)!.Value,
            Rate(vector.Input));
        var voids = vector.Input["void_credits"].IsList ? vector.Input["void_credits"].Items : [vector.Input["void_credits"]];
        if (vector.Expected["error"].IsThere)
        {
            var refused = Refuses(() => voids.ToList().ForEach(credits => wallet.Void(credits.Number, null, Start)));
            check.That("error", refused ? "insufficient credits" : null);
            return;
        }

        var entries = voids.Select(credits => wallet.Void(credits.Number, null, Start)).ToList();
        check.IfExpected("amounts_cents", () => entries.Select(entry => -entry.AmountMinor));
        check.IfExpected("remaining_cents", () => wallet.BalanceAt(Start).MinorUnits);
        check.IfExpected("voided_credits", () => entries.Sum(entry => entry.Credits));
        check.IfExpected("voided_amount_cents", () => -entries.Sum(entry => entry.AmountMinor));
        check.IfExpected("credits_after", () => wallet.CreditsAt(Start));
        check.IfExpected("balance_after_cents", () => wallet.BalanceAt(Start).MinorUnits);
    }

    private static void NeedsPayment(Vector vector, Check check)
    {
        var input = vector.Input;
        var wallet = Holding(input["balance_credits"].Number, Rate(input));
        var topUp = new TopUp(GrantKind.Purchased, input["paid_credits"].Number, AwaitsPayment: input["requires_successful_payment"].Flag);
        var grant = wallet.Add(topUp, Start);
        if (vector.Expected["before_payment"].IsThere)
        {
            check.That("before_payment", TopUpMembers(wallet, grant));
        }

        var failed = input["payment"].TextOrNull == "failed";
        if (failed)
        {
            wallet.PaymentFailed(grant.Id);
        }
        else if (input["payment"].TextOrNull != "pending")
        {
            wallet.Paid(grant.Id, Start);
        }

        var after = TopUpMembers(wallet, grant);
        foreach (var (member, _) in vector.Expected.Members.Where(member => member.Name != "before_payment"))
        {
            check.That(member, member is "after_success" or "after_failure" ? after : after.GetValueOrDefault(member));
        }
    }

    private static Dictionary<string, object?> TopUpMembers(Wallet wallet, WalletGrant grant)
    {
        var members = new Dictionary<string, object?>
        {
            ["invoice_status"] = grant.IsInvoiceIssued ? "finalized" : "open",
            ["transaction"] = grant.Status.ToString().ToLowerInvariant(),
            ["payment_status"] = grant.Status switch { GrantStatus.Settled => "succeeded", GrantStatus.Failed => "failed", _ => "pending" },
            ["pdf"] = grant.IsInvoiceIssued,
            ["credits"] = wallet.CreditsAt(Start),
        };
        if (!grant.IsInvoiceIssued)
        {
            members["invoice_number_suffix"] = "DRAFT";
        }

        return members;
    }

    private static void Limits(Vector vector, Check check)
    {
        var input = vector.Input;
        var rate = Rate(input);
        var limits = LimitsOf(input, "min_cents", "max_cents", rate);
        var verdict = input["ignore_limits"].Flag ? TopUpVerdict.Allowed : limits.Judge(rate.Bought(input["credits"].Number).Money);
        check.IfExpected("error", () => verdict switch
        {
            TopUpVerdict.BelowMinimum => "amount_below_minimum",
            TopUpVerdict.AboveMaximum => "amount_above_maximum",
            _ => null,
        });
        check.IfExpected("allowed", () => verdict == TopUpVerdict.Allowed);
        check.IfExpected("valid", () => verdict == TopUpVerdict.Allowed);
    }

    internal static TopUpLimits LimitsOf(Facts facts, string least, string most, CreditRate rate) => new(
        facts[least].IsThere ? Money.OfMinor(facts[least].Minor, rate.Currency) : null,
        facts[most].IsThere ? Money.OfMinor(facts[most].Minor, rate.Currency) : null);

    private static void Fifo(Vector vector, Check check)
    {
        var wallet = Wallet(new(1, Currency.Of("EUR")));
        var names = new Dictionary<Guid, string>();
        foreach (var (topUp, i) in vector.Input["top_ups_oldest_first"].Items.Select((topUp, i) => (topUp, i)))
        {
            var kind = topUp["kind"].TextOrNull is "purchased" or "paid" ? GrantKind.Purchased : GrantKind.Granted;
            var grant = wallet.Add(
                new(kind, topUp["amount_cents"].Number / 100, Priority: topUp["priority"].WholeOrNull ?? 50), Start + Duration.FromDays(i));
            if (kind == GrantKind.Purchased)
            {
                wallet.Paid(grant.Id, Start + Duration.FromDays(i));
            }

            names.Add(grant.Id, topUp["id"].Text);
        }

        var now = Start + Duration.FromDays(names.Count);
        var entries = vector.Input["uses"].Items.Select((use, i) => use["kind"].Text == "void"
            ? wallet.Void(use["amount_cents"].Number / 100, null, now)
            : wallet.Spend(Money.OfMinor(use["amount_cents"].Minor, wallet.Currency), $"invoice {i + 1}", now)).ToList();
        check.That("links", entries.Select(entry => entry.Parts.Select(part => new Dictionary<string, object?>
        {
            ["top_up"] = names[part.GrantId],
            ["cents"] = part.AmountMinor,
        })));
        check.That("remaining_cents", wallet.Grants.Select(grant => grant.LeftMinor));
    }
}
