using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using BackOffice.Web.Features.Usage;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace BackOffice.Web.Features.Catalog;

public partial class MetricTryIt
{
    private IReadOnlyList<UsageEvent> events = [];
    private string? pasted;
    private string? mistake;
    private bool pasting;
    private bool empty;

    /// <summary>What is tried; null while it is not complete.</summary>
    [Parameter] public Metric? Metric { get; set; }

    /// <summary>Why there is nothing to try yet.</summary>
    [Parameter] public string? Mistake { get; set; }

    /// <summary>What one unit is called.</summary>
    [Parameter] public string? Unit { get; set; }

    private async Task Recent()
    {
        var rows = (await Events.List(new EventFilter())).Rows.Take(20).Reverse();
        (events, mistake) = ([.. rows.Select(row => PastedEvents.Of(row.Id, row.Name, row.At, row.Properties))], null);
        empty = events.Count == 0;
    }

    private void Paste()
    {
        try
        {
            (events, mistake, pasting) = (PastedEvents.Read(pasted), null, false);
        }
        catch (RuleBroken refusal)
        {
            mistake = refusal.Message;
        }
    }

    private string Result(MetricTrial trial) => trial.Measured is not { } measured ? trial.Problem! : string.Concat(
        $"{trial.Rows.Count(row => row.Counts)} of {trial.Rows.Count} events count. They come to {MoneyText.Quantity(measured.Quantity)}",
        $" {(string.IsNullOrWhiteSpace(Unit) ? "units" : Unit.Trim())}.");

    private static string Properties(UsageEvent usage) => string.Join(", ",
        usage.Numbers.Select(pair => $"{pair.Key} {MoneyText.Quantity(pair.Value)}")
            .Concat(usage.Texts.Select(pair => $"{pair.Key} {pair.Value}")));
}
