using BackOffice.Core.Catalog;
using BackOffice.Core.Common;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Components;
using NodaTime;

namespace BackOffice.Web.Features.Catalog;

public partial class PlanReplay
{
    private IReadOnlyList<Choice> codes = [];
    private (PlanId?, BillingInterval, Currency, int?)? shown;
    private Replay? replay;
    private string? subscription;
    private string? search;
    private LocalDate? day;
    private int all;
    private int found;

    /// <summary>Whose subscriptions are offered; null for those of every plan of the same interval and currency.</summary>
    [Parameter] public PlanId? Plan { get; set; }

    [Parameter, EditorRequired] public BillingInterval Interval { get; set; }

    [Parameter, EditorRequired] public Currency Currency { get; set; } = default!;

    /// <summary>The version to replay on; null for the draft.</summary>
    [Parameter] public int? Version { get; set; }

    /// <summary>The plan as it is typed now; null for the version.</summary>
    [Parameter] public PlanDraft? Draft { get; set; }

    private string Name => Version is { } number ? $"Version {number}" : "This draft";

    private string Offered => found > SimulationQueries.Most
        ? $"The first {SimulationQueries.Most} of {found} are offered. Type a part of the code."
        : $"{found} of {all} fit.";

    // A page around it that renders again is no reason to ask again.
    protected override async Task OnParametersSetAsync()
    {
        var asked = (Plan, Interval, Currency, Version);
        if (shown == asked)
        {
            return;
        }

        (shown, search) = (asked, null);
        await Find(null);
        all = found;
        await Compute();
    }

    private async Task Find(string? typed)
    {
        search = typed;
        var some = await Simulate.Subscriptions(Plan, Interval, Currency, search);
        (codes, found) = ([.. some.Rows.Select(code => new Choice(code, code))], some.Total);
    }

    private Task Choose(string? chosen)
    {
        subscription = chosen;
        return Compute();
    }

    private Task At(LocalDate? chosen)
    {
        day = chosen;
        return Compute();
    }

    private async Task Compute()
    {
        replay = null;
        if (subscription is { Length: > 0 })
        {
            await Act.Run(async () => replay = Version is { } number
                ? await Simulate.Replay(subscription, number, day)
                : await Simulate.Replay(subscription, Draft!.ToInput(), day));
        }
    }

    private static string Text(Money? amount) => amount is { } money ? MoneyText.Of(money) : "–";
}
