using BackOffice.Core.Common;
using BackOffice.Web.Features.Catalog;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Tests.Features.Catalog;

/// <summary>What a catalogue file cannot do: change what is published or agreed, or start lives that are none.</summary>
public sealed class CatalogRefusalTests
{
    private const string Office =
        """
        {
          "metrics": [{ "code": "calls", "name": "Calls", "aggregation": "count", "unit": "calls" }],
          "plans": [
            { "code": "api", "name": "API", "currency": "EUR", "baseFee": 49, "charges": [],
              "earlierVersions": [{ "baseFee": 39, "charges": [] }] },
            { "code": "dollars", "name": "Dollars", "currency": "USD", "baseFee": 9, "charges": [] },
            { "code": "old", "name": "Old", "currency": "EUR", "baseFee": 19, "charges": [], "retired": true }
          ],
          "coupons": [
            { "code": "gone", "name": "Gone", "terms": { "percent": 10, "frequency": "forever" }, "withdrawn": true },
            { "code": "ten", "name": "Ten", "terms": { "amount": 10, "currency": "EUR", "frequency": "once" } }
          ],
          "customers": [{ "code": "acme", "name": "Acme", "zone": "UTC",
            "address": { "street": "Werkstrasse 5", "postalCode": "80331", "city": "Munich", "country": "DE" } }],
          "subscriptions": [{ "code": "acme-api", "customer": "acme", "plan": "api", "startsOn": "2026-01-01", "version": 1 }],
          "wallets": [{ "customer": "acme", "code": "prepaid", "name": "Prepaid", "currency": "EUR", "moneyPerCredit": 1 }]
        }
        """;

    private const string FirstPhase =
        """
        "code": "new", "customer": "acme", "startsOn": "2026-01-01", "plan": "api", "phases": [{ "plan": "api", "version": 1,
          "from": "2026-01-01T00:00:00Z", "firstDay": "2026-01-01"
        """;

    public static TheoryData<string, string> Refused => new()
    {
        {
            """
            "plans": [{ "code": "api", "name": "API", "currency": "EUR", "baseFee": 49, "charges": [],
              "earlierVersions": [{ "baseFee": 40, "charges": [] }] }]
            """,
            "Plans, entry \"api\": Version 1 is stored with other terms, and a published version never changes."
        },
        {
            """ "plans": [{ "code": "api", "name": "API", "currency": "EUR", "baseFee": 49, "charges": [], "interval": "yearly" }] """,
            "Plans, entry \"api\": It is stored with another interval, and the interval of a plan never changes. Use another code."
        },
        {
            """ "subscriptions": [{ "code": "acme-old", "customer": "acme", "plan": "old", "startsOn": "2026-01-01" }] """,
            "Subscriptions, entry \"acme-old\": Plan old is retired: subscriptions on it go on, and nobody new can subscribe to it."
        },
        {
            """ "subscriptions": [{ "code": "acme-api", "customer": "acme", "plan": "api", "startsOn": "2026-01-01", "version": 2 }] """,
            "Subscriptions, entry \"acme-api\": It is stored with another customer, plan, start or course. Use another code."
        },
        {
            """ "subscriptions": [{ "code": "new", "customer": "acme", "plan": "api", "startsOn": "2026-01-01", "version": 7 }] """,
            "Subscriptions, entry \"new\": Plan api has no version 7."
        },
        {
            """
            "subscriptions": [{ "code": "new", "customer": "acme", "plan": "api", "startsOn": "2026-01-01", "version": 2,
              "agreedPrices": [{ "metric": "clals", "price": { "model": "per_unit", "unitPrice": 1 } }] }]
            """,
            "Subscriptions, entry \"new\": There is no metric with the code \"clals\"."
        },
        {
            $$"""
            "subscriptions": [{ {{FirstPhase}} },
              { "plan": "api", "version": 2, "from": "2026-02-01T00:00:00Z", "firstDay": "2026-02-01" }] }]
            """,
            "Subscriptions, entry \"new\": Phase 2 does not begin where phase 1 ends."
        },
        {
            $$"""
            "subscriptions": [{ {{FirstPhase}}, "end": { "at": "2026-02-02T00:00:00Z", "day": "2026-02-02", "why": "upgrade",
              "knownAt": "2026-02-01T00:00:00Z" } },
              { "plan": "api", "version": 2, "from": "2026-02-01T00:00:00Z", "firstDay": "2026-02-01" }] }]
            """,
            "Subscriptions, entry \"new\": Phase 2 does not begin where phase 1 ends."
        },
        {
            $$"""
            "subscriptions": [{ {{FirstPhase}}, "end": { "at": "2025-12-01T00:00:00Z", "day": "2025-12-01", "why": "termination",
              "knownAt": "2025-12-01T00:00:00Z" } }] }]
            """,
            "Subscriptions, entry \"new\": Phase 1 ends before it begins."
        },
        {
            """ "coupons": [{ "code": "gone", "name": "Gone", "terms": { "percent": 10, "frequency": "forever" } }] """,
            "Coupons, entry \"gone\": It was withdrawn, which cannot be taken back. Use another code."
        },
        {
            """
            "customerCoupons": [{ "customer": "acme", "coupon": "ten", "givenAt": "2026-01-01T00:00:00Z", "name": "Ten",
              "terms": { "amount": 10, "currency": "EUR", "frequency": "once" }, "used": 10 }]
            """,
            "CustomerCoupons, entry \"ten of acme\": What is left of coupon \"Ten\" does not fit its terms: "
            + "10.00 EUR on everything, until it is used up."
        },
        {
            """ "wallets": [{ "customer": "acme", "code": "prepaid", "name": "Prepaid", "currency": "EUR", "moneyPerCredit": 2 }] """,
            "Wallets, entry \"prepaid of acme\": It is stored with 1 EUR per credit, and what a credit is worth never changes. "
            + "Use another code."
        },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_refused_entry_is_named_with_the_reason_and_nothing_of_the_file_is_stored(string sections, string sentence)
    {
        await using var test = await TestOffice.Create();
        await test.AsApprover<ImportCatalog>(import => import.Run(CatalogFile.Parse(Office)));
        var before = await Export(test);
        var file = CatalogFile.Parse(
            $$"""{ "metrics": [{ "code": "more", "name": "More", "aggregation": "count", "unit": "u" }], {{sections}} }""");

        var refusal = await Samples.Refused(() => test.AsApprover<ImportCatalog>(import => import.Run(file)));

        Assert.Equal(sentence, refusal.Message);
        Assert.Equal(before, await Export(test));
    }

    [Theory]
    [InlineData("\"timing\": \"fortnightly\"", "The timing is \"calendar\", \"anniversary\", or a day of the month such as \"15\".")]
    [InlineData("\"billFrom\": \"1 May\"", "A day is written like 2023-11-01.")]
    [InlineData("\"trialFrom\": \"noon\"", "A moment is written like 2023-11-01T13:30:00Z.")]
    [InlineData("\"agreed\": { \"charges\": [] }", "charges")]
    public void A_value_that_cannot_be_read_is_refused_with_its_place(string field, string sentence)
    {
        var refusal = Assert.Throws<RuleBroken>(() => CatalogFile.Parse(
            $$"""{ "subscriptions": [{ "code": "s", "customer": "c", "plan": "p", "startsOn": "2026-01-01", {{field}} }] }"""));

        Assert.StartsWith("The catalogue file is wrong at $.subscriptions[0]", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plans_are_retired_by_a_file_and_offered_again_by_another()
    {
        await using var test = await TestOffice.Create();
        await test.AsApprover<ImportCatalog>(import => import.Run(CatalogFile.Parse(Office)));

        foreach (var (retired, expected) in new[] { ("", true), (", \"retired\": false", false), (", \"retired\": true", true) })
        {
            await test.AsApprover<ImportCatalog>(import => import.Run(CatalogFile.Parse(
                $$"""{ "plans": [{ "code": "old", "name": "Old", "currency": "EUR", "baseFee": 19, "charges": []{{retired}} }] }""")));
            await using var db = await test.Open();
            Assert.Equal(expected, (await db.Plans.SingleAsync(plan => plan.Code == "old")).IsRetired);
        }
    }

    private static async Task<string> Export(TestOffice test)
    {
        CatalogFile? exported = null;
        await test.AsApprover<ExportCatalog>(async export => exported = await export.Run());
        return exported!.Write();
    }
}
