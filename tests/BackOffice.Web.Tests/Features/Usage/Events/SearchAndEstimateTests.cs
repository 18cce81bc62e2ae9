using System.Text.Json;
using BackOffice.Core.Access;
using BackOffice.Data.Providers;
using BackOffice.Web.Features.Billing;
using BackOffice.Web.Features.Usage;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using static BackOffice.Web.Tests.Features.Usage.Events.ApiOffice;

namespace BackOffice.Web.Tests.Features.Usage.Events;

/// <summary>A program reads what is stored, and asks what events would cost.</summary>
public sealed class SearchAndEstimateTests(PostgresServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, ClassData<BothDatabases>]
    public async Task Events_are_found_page_by_page_the_last_stored_first(DatabaseProvider provider)
    {
        await using var office = await ApiOffice.Open(provider, server);
        var week = Enumerable.Range(0, 7).Select(i => Event($"e{i}", i, at: $"2024-02-0{i + 1}T10:00:00Z"));
        await office.Send($"[{string.Join(',', week)}]");
        await office.Send(Event("e0", 100, "SUB-2"));

        var (found, query) = (new List<string>(), "?limit=3");
        for (var page = 0; page < 4; page++)
        {
            var (status, answer) = await office.Get(query);
            Assert.Equal(200, status);
            found.AddRange(Ids(answer));
            if (answer.GetProperty("next").GetString() is not { } next)
            {
                break;
            }

            query = $"?limit=3&cursor={next}";
        }

        Assert.Equal(["SUB-2 e0", "SUB-1 e6", "SUB-1 e5", "SUB-1 e4", "SUB-1 e3", "SUB-1 e2", "SUB-1 e1", "SUB-1 e0"], found);
        Assert.Equal(["SUB-1 e0"], Ids((await office.Get("?subscription=SUB-1&transactionId=e0")).Json));
        const string Two = "from=2024-02-02T11:00:00%2B01:00&to=2024-02-04T10:00:00Z&limit=2";
        Assert.Equal(["SUB-1 e2", "SUB-1 e1"], Ids((await office.Get($"?subscription=SUB-1&{Two}")).Json));
        Assert.Equal(["SUB-2 e0", "SUB-1 e2"], Ids((await office.Get($"?metric=calls&{Two}")).Json));
        Assert.Empty(Ids((await office.Get("?metric=requests")).Json));
        var first = (await office.Get("?subscription=SUB-2")).Json.GetProperty("events")[0];
        Assert.Equal(
            "call 2024-02-03T10:00:00Z {\"calls\":100} 1 False",
            $"{first.GetProperty("event")} {first.GetProperty("timestamp")} {first.GetProperty("properties").GetRawText()} "
            + $"{first.GetProperty("import")} {first.GetProperty("late").GetBoolean()}");
    }

    [Theory]
    [InlineData("?subscription=SUB-9", "unknown_subscription")]
    [InlineData("?metric=nothing", "unknown_metric")]
    [InlineData("?limit=1001", "parameter_malformed")]
    [InlineData("?limit=x", "parameter_malformed")]
    [InlineData("?from=2024-02-02", "parameter_malformed")]
    [InlineData("?transactionId=e0", "subscription_missing")]
    public async Task A_question_that_cannot_be_answered_says_why(string query, string code)
    {
        await using var office = await ApiOffice.Open();
        var (status, answer) = await office.Get(query);
        Assert.Equal((400, code), (status, answer.GetProperty("code").GetString()));
    }

    [Theory, ClassData<BothDatabases>]
    public async Task An_event_that_was_taken_back_is_not_found_and_the_one_that_replaced_it_is(DatabaseProvider provider)
    {
        await using var office = await ApiOffice.Open(provider, server);
        await office.Send(Event("e0", 1));
        await using var db = await office.Db();
        var import = await db.Imports.SingleAsync(Cancel);
        await office.As<UndoImport, bool>(async undo =>
        {
            await undo.Run(import.Id, "Wrong.", Cancel);
            return true;
        });
        Assert.Empty(Ids((await office.Get("?subscription=SUB-1&transactionId=e0")).Json));
        await office.Send(Event("e0", 2));
        var found = (await office.Get("?subscription=SUB-1&transactionId=e0")).Json.GetProperty("events");
        Assert.Equal("{\"calls\":2}", Assert.Single(found.EnumerateArray()).GetProperty("properties").GetRawText());
    }

    [Theory, ClassData<BothDatabases>]
    public async Task An_estimate_is_what_the_bill_will_be_and_stores_nothing(DatabaseProvider provider)
    {
        await using var office = await ApiOffice.Open(provider, server);
        await office.Send($"[{Event("a", 100)}, {Event("x", 1, at: "2024-03-05T00:00:00Z")}]");
        var asked = $"[{Event("a", 100)}, {Event("b", 50)}, {Event("c", 1, "SUB-9")}]";
        var (status, estimate) = await office.Send(asked, path: ApiOffice.Events + "/estimate");

        Assert.Equal(200, status);
        Assert.Equal(2, await office.Stored());
        Assert.Equal(
            ["duplicate", "accepted", "rejected"],
            estimate.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("outcome").GetString()));
        var invoice = Assert.Single(estimate.GetProperty("invoices").EnumerateArray());
        var line = Assert.Single(invoice.GetProperty("lines").EnumerateArray());
        Assert.Equal(
            "ACME 2024-03-01 EUR 1.00: SUB-1 calls 2024-02-01 to 2024-02-29, 2.00 becomes 3.00",
            $"{invoice.GetProperty("customer")} {invoice.GetProperty("dueOn")} {invoice.GetProperty("currency")} "
            + $"{invoice.GetProperty("difference")}: "
            + $"{line.GetProperty("subscription")} {line.GetProperty("charge")} "
            + $"{line.GetProperty("from")} to {line.GetProperty("through")}, "
            + $"{line.GetProperty("before")} becomes {line.GetProperty("after")}");

        await office.Send(Event("b", 50));
        var now = SystemClock.Instance.GetCurrentInstant();
        await using var db = await office.Db();
        var customer = await db.Customers.SingleAsync(Cancel);
        var bills = await new BillingBook(db).Due(customer.Id, new LocalDate(2024, 2, 29), now, Cancel);
        var bill = bills.Single(due => due.Document.Day == new LocalDate(2024, 3, 1));
        Assert.Equal($"{invoice.GetProperty("after")} EUR", $"{bill.Content.Total}");
    }

    [Fact]
    public async Task An_estimate_needs_the_scope_that_reads_and_a_thousand_events_at_most()
    {
        await using var office = await ApiOffice.Open();
        using var client = office.Client(await office.NewKey("Writes", ApiScopes.UsageWrite));
        Assert.Equal(403, (await Send(client, Event("a", 1), path: ApiOffice.Events + "/estimate")).Status);
        var many = "[" + string.Join(',', Enumerable.Range(0, 1_001).Select(i => Event($"e{i}", i))) + "]";
        Assert.Equal(413, (await office.Send(many, path: ApiOffice.Events + "/estimate")).Status);
    }

    private static IEnumerable<string> Ids(JsonElement answer) => answer.GetProperty("events").EnumerateArray()
        .Select(e => $"{e.GetProperty("subscription")} {e.GetProperty("transactionId")}");
}
