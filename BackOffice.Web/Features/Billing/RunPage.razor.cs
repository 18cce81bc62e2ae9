using BackOffice.Core.Billing;
using BackOffice.Web.Features.Invoices;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace BackOffice.Web.Features.Billing;

public partial class RunPage
{
    private static readonly Crumb[] Above = [new("Billing runs", "/runs")];

    private readonly CancellationTokenSource gone = new();
    private Task watching = Task.CompletedTask;
    private RunView? view;
    private RunCounts? counts;
    private BulkResult? bulk;
    private string bulkVerb = "";
    private bool missing;

    [Parameter] public Guid Id { get; set; }

    /// <summary>"parked" lists only customers that need a person.</summary>
    [SupplyParameterFromQuery]
    public string? Show { get; set; }

    [SupplyParameterFromQuery]
    public int? Page { get; set; }

    private BillingRunId Run => new(Id);

    private double Percent => counts is { Customers: > 0 } ? 100.0 * counts.Done / counts.Customers : 0;

    private string Subtitle =>
        $"Periods that ended through {DateText.Day(view!.Run.Through)} · started by {view.Run.StartedBy}, "
        + DateText.MomentWithZone(view.Run.StartedAt, view.Zone);

    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        await watching;
        gone.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override async Task OnParametersSetAsync()
    {
        await Load();
        if (RendererInfo.IsInteractive && counts is { IsWorking: true } && watching.IsCompleted)
        {
            watching = Watch();
        }
    }

    private async Task Load()
    {
        view = await Runs.View(Run, (await Actors.Find())?.UserId);
        (counts, missing) = (view?.Run.Counts, view is null);
    }

    /// <summary>Looks each second how far the run is, until it is finished or nobody looks any more.</summary>
    private async Task Watch()
    {
        try
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
            while (counts is { IsWorking: true } && await timer.WaitForNextTickAsync(gone.Token))
            {
                counts = await Runs.Progress(Run, gone.Token) ?? counts;
                await InvokeAsync(StateHasChanged);
            }

            await InvokeAsync(Load);
            await InvokeAsync(StateHasChanged);
        }
        catch (OperationCanceledException)
        {
            // The page was left; the run goes on without it.
        }
    }

    private Task Retry(Guid? item) => Act.Run(
        async () =>
        {
            await RetryParked.Run(Run, item);
            await Worker.Enqueue(Run);
        },
        then: async () =>
        {
            await Load();
            watching = Watch();
        });

    private async Task ApproveAll()
    {
        var invoices = view!.ToApprove;
        var excluded = view.NotMineToApprove == 0 ? "" : $" {view.NotMineToApprove} excluded because you prepared them.";
        if (await ConfirmDialog.Ask(Dialogs, "Approve?", $"Approve {RunSums.InWords(invoices)}.{excluded}", $"Approve {invoices.Count}"))
        {
            await Decide("approved", () => ApproveInvoices.Run(Seen(invoices)));
        }
    }

    private async Task IssueAll()
    {
        var invoices = view!.ToIssue;
        var sentence = $"Issue {RunSums.InWords(invoices)}. Each invoice gets its number and can never be changed.";
        if (await ConfirmDialog.Ask(Dialogs, "Issue?", sentence, $"Issue {invoices.Count}"))
        {
            await Decide("issued", () => IssueInvoices.Run(Seen(invoices)));
        }
    }

    private async Task Decide(string verb, Func<Task<BulkResult>> decide)
    {
        bulkVerb = verb;
        await Act.Run(async () => bulk = await decide(), then: Load);
    }

    private static IReadOnlyList<InvoiceSeen> Seen(IReadOnlyList<RunInvoice> invoices) =>
        [.. invoices.Select(i => new InvoiceSeen(i.Id, i.Revision, $"{i.Buyer}, {DateText.Days(i.Period)}"))];
}
