using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Pricing;
using BackOffice.Core.Rating;
using BackOffice.Core.Wallets;
using NodaTime;

namespace BackOffice.Vectors.Kinds;

/// <summary>Previews, and invoices that wallets pay: the rest of invoices.json that needs a subscription.</summary>
internal static class LifePreviews
{
    private static readonly string[] Ordinals = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"];

    private static readonly string[] Numbers = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight"];

    public static IEnumerable<KeyValuePair<string, Translate>> Kinds =>
    [
        new("preview_with_spending_minimum", PreviewMinimum),
        new("preview_with_wallet", PreviewWallet),
        new("pay_in_advance_with_limited_wallet", InAdvanceWithWallet),
    ];

    private static void PreviewMinimum(Vector vector, Check check)
    {
        var input = vector.Input;
        var life = new LifeBuilder(input);
        var start = life.At(input["period"].Items[0]);
        var charge = life.Charge("units", input["unit_price"].Number, settings: new ChargeSettings
        {
            Minimum = Money.OfMinor(input["charge_minimum_cents"].Minor, LifeBuilder.Eur),
        });
        life.Use(charge, start, input["units"].Number).Start(life.Plan(charges: charge), start);
        var documents = life.Bill(life.FirstMoment(input["period"].Items[1].Day.PlusDays(1)));
        check.IfExpected("charge_fee_cents", () => documents.Lines(LineKind.Usage).Cents());
        check.IfExpected("true_up_cents", () => documents.Lines(LineKind.Minimum).Cents());
        check.IfExpected("fees_amount_cents", () => documents.Sum(document => document.Content.Subtotal.MinorUnits));
        check.IfExpected("taxes_amount_cents", () => documents.Sum(document => document.Content.Tax.MinorUnits));
        check.IfExpected("total_amount_cents", () => documents.Due());
    }

    private static void PreviewWallet(Vector vector, Check check)
    {
        var input = vector.Input;
        var life = new LifeBuilder(input);
        var start = Instant.FromUtc(2024, 1, 1, 0, 0);
        var fees = input["fees"].Items.ToLookup(fee => fee["type"].Text, fee => fee["amount_cents"].Minor);
        var usage = life.Charge("usage", 0.01m);
        life.Use(usage, start, fees["charge"].Sum());
        var plan = life.Plan(charges: usage);
        life.Start(plan with
        {
            BaseFee = Money.OfMinor(fees["subscription"].Sum(), LifeBuilder.Eur),
            Settings = plan.Settings with
            {
                FixedCharges =
                [
                    .. fees["fixed_charge"].Select((cents, i) => new FixedCharge($"c{i}", "Fixed", 1, new PerUnitPrice(cents / 100m))),
                ],
            },
        }, start);
        var account = life.Account with { Wallets = [Wallet(input["wallet"])] };
        var documents = life.Bill(account, Instant.FromUtc(2024, 2, 1, 0, 0));
        check.IfExpected("prepaid_credit_cents", () => documents.Sum(document => document.Wallets.Total.MinorUnits));
        check.IfExpected("fees_amount_cents", () => documents.Sum(document => document.Content.Subtotal.MinorUnits));
        check.IfExpected("total_amount_cents", () => documents.Due());
        check.IfExpected("wallet_balance_after_cents", () => account.Wallets[0].Balance.MinorUnits);
    }

    private static void InAdvanceWithWallet(Vector vector, Check check)
    {
        var input = vector.Input;
        var life = new LifeBuilder(input);
        var start = Instant.FromUtc(2024, 1, 1, 0, 0);
        var charges = input["unit_prices"].Items
            .Select((price, i) => life.Charge($"m{i}", price.Number, settings: new ChargeSettings { PayInAdvance = true })).ToList();
        for (var i = 0; i < charges.Count; i++)
        {
            life.Use(charges[i], start + Duration.FromHours(i + 1), 1);
        }

        life.Start(life.Plan(charges: charges), start);
        var words = input["wallet"]["metrics"].Items[0].Text.Split(' ');
        var limited = Math.Max(1, Array.FindIndex(Numbers, number => words.Contains(number)));
        var account = life.Account with
        {
            Wallets = [Wallet(input["wallet"], [.. charges.Take(limited).Select(charge => charge.Name)])],
        };
        foreach (var document in life.Bill(account, start + Duration.FromDays(1)).Where(document => !document.IsEmpty).Index())
        {
            account = account.After(document.Item);
            check.IfExpected(Ordinals[document.Index], () => new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["before_credits_cents"] = document.Item.Content.Total.MinorUnits,
                ["prepaid_credit_cents"] = document.Item.Wallets.Total.MinorUnits,
                ["wallet_after_cents"] = account.Wallets[0].Balance.MinorUnits,
                ["total_amount_cents"] = document.Item.Content.Due.MinorUnits,
            });
        }
    }

    private static WalletInHand Wallet(Facts facts, params IReadOnlyList<string> metrics) => new(
        "wallet", 1, Money.OfMinor(facts["balance_cents"].Minor, LifeBuilder.Eur), WalletScope.Of(
            [.. facts["fee_types"].Items.Select(type => type.Text switch
            {
                "subscription" => PaidFor.BaseFee,
                "fixed_charge" => PaidFor.FixedCharge,
                "commitment" => PaidFor.Commitment,
                "charge" => PaidFor.Usage,
                _ => PaidFor.Other,
            })], metrics));
}
