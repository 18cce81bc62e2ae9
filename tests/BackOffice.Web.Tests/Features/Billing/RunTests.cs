using BackOffice.Core.Billing;
using BackOffice.Core.Common;
using BackOffice.Core.Taxes;
using BackOffice.Web.Features.Billing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Billing;

public sealed class RunTests
{
    private static readonly LocalDate FirstOfNovember = new(2023, 11, 1);

    [Fact]
    public async Task A_real_month_becomes_a_draft_of_176_dollars_49()
    {
        await using var scene = await Scene.Create();
        await scene.UseRealMonth(await scene.Customer("acme", FirstOfNovember));

        await scene.Bill();

        var invoice = await scene.OnlyInvoice();
        Assert.Equal(["99.00 USD", "41.62 USD", "3.69 USD", "4.00 USD"], invoice.Lines.Select(line => line.Amount.ToString()));
        Assert.Equal(["148.31 USD", "28.18 USD", "176.49 USD"],
            new[] { invoice.Subtotal, invoice.Tax, invoice.Total }.Select(sum => sum.ToString()));
        Assert.Equal("2023-11-01..2023-11-30", invoice.Period.ToString());
    }

    [Fact]
    public async Task The_preview_shows_the_same_figures_and_stores_nothing()
    {
        await using var scene = await Scene.Create();
        await scene.UseRealMonth(await scene.Customer("acme", FirstOfNovember));

        var items = await scene.Ask<PreviewBilling, IReadOnlyList<PreviewItem>>(scene.Clerk, preview => preview.Run(Scene.November));

        Assert.Equal("176.49 USD", Assert.Single(Assert.Single(items).Invoices).Content.Total.ToString());
        Assert.Empty(await scene.Invoices());
    }

    [Fact]
    public async Task A_second_run_bills_nothing_again()
    {
        await using var scene = await Scene.Create();
        await scene.Customer("acme", FirstOfNovember);
        await scene.Bill();

        await Scene.Refused("Nothing is due", () => scene.Bill());

        Assert.Single(await scene.Invoices());
    }

    [Fact]
    public async Task Three_months_that_nobody_billed_become_three_invoices_the_oldest_first()
    {
        await using var scene = await Scene.Create();
        await scene.Customer("acme", new(2023, 9, 15));

        await scene.Bill();

        var invoices = await scene.Invoices();
        Assert.Equal(["2023-09-15..2023-09-30", "2023-10-01..2023-10-31", "2023-11-01..2023-11-30"],
            invoices.Select(i => i.Period.ToString()));
        Assert.Equal(["52.80 USD", "99.00 USD", "99.00 USD"], invoices.Select(i => i.Subtotal.ToString()));
    }

    [Fact]
    public async Task A_parked_customer_does_not_stop_the_run_and_can_be_tried_again()
    {
        await using var scene = await Scene.Create();
        await AddTax(scene, new LocalDate(2024, 1, 1));
        await scene.Customer("beta", FirstOfNovember, "DE-NEW");
        await scene.Customer("acme", FirstOfNovember);
        await scene.Customer("zeta", FirstOfNovember);

        var run = await scene.Bill();
        var view = await scene.Ask<RunQueries, RunView?>(scene.Clerk, runs => runs.View(run, scene.Clerk.Id));
        Assert.Equal(["Billed", "Parked", "Billed"], view!.Items.Select(item => item.Status.ToString()));
        Assert.Equal("Finished, 1 parked", view.Run.Counts.InWords);
        Assert.Contains("has no percentage on 2023-11-30", view.Items[1].Reason, StringComparison.Ordinal);

        await PutRight(scene);
        await scene.As<RetryParked>(scene.Clerk, retry => retry.Run(run, view.Items[1].Id));
        await scene.Work(run);

        view = await scene.Ask<RunQueries, RunView?>(scene.Clerk, runs => runs.View(run, scene.Clerk.Id));
        Assert.Equal("Finished", view!.Run.Counts.InWords);
        Assert.Equal(3, view.Run.Invoices);
    }

    [Fact]
    public async Task A_retry_that_a_stop_interrupts_is_found_again_at_start()
    {
        await using var scene = await Scene.Create();
        await AddTax(scene, new LocalDate(2024, 1, 1));
        await scene.Customer("beta", FirstOfNovember, "DE-NEW");
        var run = await scene.Bill();
        await PutRight(scene);

        await scene.As<RetryParked>(scene.Clerk, retry => retry.Run(run));

        Assert.Equal([run], await scene.Ask<WorkRun, IReadOnlyList<BillingRunId>>(scene.Clerk, work => work.Unfinished(default)));
    }

    [Fact]
    public async Task A_run_that_is_killed_goes_on_where_it_stopped()
    {
        await using var scene = await Scene.Create();
        for (var i = 0; i < 5; i++)
        {
            await scene.Customer($"c{i}", FirstOfNovember);
        }

        using var killed = new CancellationTokenSource();
        var run = await scene.Ask<StartRun, BillingRunId?>(scene.Clerk, start => start.Run(Scene.November));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.Work(run!.Value, new After(2, killed), killed.Token));
        Assert.Equal(2, (await scene.Invoices()).Count);
        var progress = await scene.Ask<RunQueries, RunCounts?>(scene.Clerk, runs => runs.Progress(run!.Value));
        Assert.Equal("Working 2 of 5", progress!.InWords);

        var unfinished = await scene.Ask<WorkRun, IReadOnlyList<BillingRunId>>(scene.Clerk, work => work.Unfinished(default));
        await scene.Work(Assert.Single(unfinished));

        Assert.Equal(5, (await scene.Invoices()).DistinctBy(invoice => invoice.CustomerId).Count());
        Assert.Equal(5, (await scene.Invoices()).Count);
    }

    [Fact]
    public async Task Two_workers_on_one_run_bill_everybody_once()
    {
        await using var scene = await Scene.Create();
        for (var i = 0; i < 6; i++)
        {
            await scene.Customer($"c{i}", FirstOfNovember);
        }

        var run = await scene.Ask<StartRun, BillingRunId?>(scene.Clerk, start => start.Run(Scene.November));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => scene.Work(run!.Value))));

        Assert.Equal(6, (await scene.Invoices()).Count);
    }

    [Fact]
    public async Task An_administrator_does_not_bill()
    {
        await using var scene = await Scene.Create();
        await scene.Customer("acme", FirstOfNovember);

        await Scene.Refused("This needs the role Clerk or Approver", () => scene.Bill(by: scene.Admin));
    }

    [Fact]
    public async Task The_worker_goes_on_with_unfinished_runs_at_start_and_takes_new_ones()
    {
        await using var scene = await Scene.Create();
        await scene.Customer("acme", new(2023, 10, 1));
        var first = await scene.Ask<StartRun, BillingRunId?>(scene.Clerk, start => start.Run(new LocalDate(2023, 10, 31)));
        var worker = scene.Service<RunWorker>();

        await worker.StartAsync(default);
        await Until(async () => (await scene.Invoices()).Count == 1);
        var second = await scene.Ask<StartRun, BillingRunId?>(scene.Clerk, start => start.Run(Scene.November));
        await worker.Enqueue(second!.Value);
        await Until(async () => (await scene.Invoices()).Count == 2);
        await worker.StopAsync(default);

        Assert.Equal([first!.Value.Value, second.Value.Value], (await scene.Invoices()).Select(i => i.RunId!.Value));
    }

    private static async Task AddTax(Scene scene, LocalDate from)
    {
        await using var db = await scene.Open();
        db.Add(TaxRate.Create("DE-NEW", "VAT", "DE", 20, from));
        await db.SaveChangesAsync();
    }

    private static async Task PutRight(Scene scene)
    {
        await using var db = await scene.Open();
        var customer = await db.Customers.SingleAsync(c => c.Code == "beta");
        customer.Change(new(customer.Code, customer.Name, customer.Address, customer.ZoneId, null, null, "DE-VAT", null, 30));
        await db.SaveChangesAsync();
    }

    private static async Task Until(Func<Task<bool>> done)
    {
        for (var i = 0; i < 200 && !await done(); i++)
        {
            await Task.Delay(50);
        }

        Assert.True(await done());
    }

    /// <summary>Pulls the plug after some customers.</summary>
    private sealed class After(int customers, CancellationTokenSource plug) : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            if (value.Done == customers)
            {
                plug.Cancel();
            }
        }
    }
}
