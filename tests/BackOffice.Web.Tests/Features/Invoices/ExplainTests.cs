using BackOffice.Core.Catalog;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Usage;
using BackOffice.Data.Usage;
using BackOffice.Web.Features.Invoices;
using BackOffice.Web.Tests.Features.Billing;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Invoices;

public sealed class ExplainTests
{
    private static readonly LocalDate FirstOfNovember = new(2023, 11, 1);

    [Fact]
    public async Task A_line_leads_back_to_its_days_its_events_and_their_files()
    {
        await using var scene = await Scene.Create();
        await scene.UseRealMonth(await scene.Customer("acme", FirstOfNovember));
        await scene.Bill();

        var input = (await Explain(scene, 2))!;

        Assert.Equal(
            ["First 1,000,000", "1,000,000 to 10,000,000", "Above 10,000,000"],
            input.Line.Steps.Select(step => step.Label));
        var usage = input.Usage!;
        Assert.Equal((18_059_974m, 8_819L), (usage.SumOfDays, usage.Now.Events));
        Assert.Equal(30, usage.Days.Count);
        Assert.Equal([new LocalDate(2023, 11, 16)], usage.Days.Where(day => day.Events > 0).Select(day => day.Day));
        Assert.Equal((Instant.FromUtc(2023, 10, 31, 23, 0), Instant.FromUtc(2023, 11, 30, 23, 0)), (usage.When.Start, usage.When.End));
        Assert.Equal((50, 8_819L), (usage.Page.Rows.Count, usage.Page.All));
        Assert.Equal((4_808m, 1L, 2L), (usage.Page.Rows[0].Value!.Value, usage.Page.Rows[0].ImportNumber, usage.Page.Rows[0].Line));
        Assert.Empty(usage.Excluded);
    }

    [Fact]
    public async Task Events_that_no_line_bills_are_listed_with_the_reason()
    {
        await using var scene = await Scene.Create();
        var subscription = await scene.Customer("acme", FirstOfNovember);
        var at = Instant.FromUtc(2023, 11, 30, 22, 59);
        await scene.Use(subscription, at, 7);
        await scene.Store([new(subscription.Id, "login", at, "x", "{}", 9, false)]);
        await scene.Use(subscription, at + Duration.FromMinutes(1), 100); // Midnight in Berlin: the next period's.
        await scene.Bill();
        var invoice = (await scene.OnlyInvoice()).Id;
        await scene.Approve(invoice);
        await scene.Issue(invoice);
        await scene.Use(subscription, at, 8, late: true);

        var usage = (await Explain(scene, 2))!.Usage!;

        Assert.Equal((7m, 2L), (usage.SumOfDays, usage.ExcludedCount));
        Assert.Equal(
            ["Late: it arrived after this period had been issued.", "It has no number \"input_tokens\"."],
            usage.Excluded.Select(excluded => excluded.Reason));
        Assert.Equal([8m, null], usage.Excluded.Select(excluded => excluded.Event.Value));
    }

    [Fact]
    public async Task A_base_fee_is_explained_without_usage_and_a_line_that_is_not_there_is_nothing()
    {
        await using var scene = await Scene.Create();
        await scene.Customer("acme", new(2023, 11, 15));
        await scene.Bill();

        var fee = (await Explain(scene, 1))!;

        Assert.Null(fee.Usage);
        Assert.Equal(("16 of 30 days", 52.8m), (fee.Line.Steps[0].Label, fee.Line.ExactAmount));
        Assert.Null(await Explain(scene, 2));
    }

    [Fact]
    public async Task A_line_of_a_group_shows_the_events_of_its_group_only()
    {
        await using var scene = await Scene.Create();
        var subscription = await scene.CustomerOf(
            Metric.Create("calls", "Calls", Aggregation.Count, null, "calls"),
            ChargeSettings.Plain with { GroupKeys = ["model"] }, FirstOfNovember);
        await scene.Store([
            Call(subscription, 1, "small"), Call(subscription, 2, "large"), Call(subscription, 3, "small"), Call(subscription, 4, null)]);
        await scene.Bill();

        var lines = new List<LineExplained>();
        for (var position = 1; await Explain(scene, position) is { } line; position++)
        {
            lines.Add(line);
        }

        Assert.Equal([(2m, 2L, 2), (1m, 1L, 1), (1m, 1L, 1)],
            lines.Select(line => (line.Usage!.SumOfDays, line.Usage.Page.All, line.Usage.Page.Rows.Count)));
        Assert.All(lines, line => Assert.Equal((line.Line.Quantity, line.Line.Events), (line.Usage!.SumOfDays, line.Usage.Now.Events)));
        Assert.Equal(4, lines.SelectMany(line => line.Usage!.Page.Rows).Select(row => row.Id).Distinct().Count());
    }

    [Fact]
    public async Task The_largest_value_is_not_said_to_be_the_sum_of_days()
    {
        await using var scene = await Scene.Create();
        var subscription = await scene.CustomerOf(
            Metric.Create("peak", "Peak", Aggregation.Max, "seats", "seats"), ChargeSettings.Plain, FirstOfNovember);
        await scene.Store([Seats(subscription, 1, 5), Seats(subscription, 2, 8)]);
        await scene.Bill();

        var line = (await Explain(scene, 1))!;

        Assert.Equal((8m, 8m, 2L), (line.Line.Quantity, line.Usage!.Now.Quantity, line.Usage.Now.Events));
        Assert.False(line.Usage.IsSum);
    }

    private static NewEvent Call(Subscription subscription, int day, string? model) => Event(
        subscription, day, EventProperties.Write([], model is null ? [] : [KeyValuePair.Create("model", model)]));

    private static NewEvent Seats(Subscription subscription, int day, decimal seats) =>
        Event(subscription, day, EventProperties.Write([KeyValuePair.Create("seats", seats)], []));

    private static NewEvent Event(Subscription subscription, int day, string properties) =>
        new(subscription.Id, "call", Instant.FromUtc(2023, 11, day, 12, 0), $"t{day}", properties, day, false);

    private static async Task<LineExplained?> Explain(Scene scene, int position)
    {
        var invoice = await scene.OnlyInvoice();
        return await scene.Ask<ExplainQueries, LineExplained?>(scene.Clerk, lines => lines.Explain(invoice.Id, position));
    }
}
