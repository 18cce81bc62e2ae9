using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using BackOffice.Web.Features.Usage.Files;
using Microsoft.AspNetCore.Components;
using NodaTime;

namespace BackOffice.Web.Features.Usage;

public sealed partial class ImportForm
{
    private readonly CancellationTokenSource leaving = new();
    private Inspection? inspection;
    private UsageNames? names;
    private MappingDraft? draft;
    private IReadOnlyList<UsageFileLine> samples = [];
    private IReadOnlyList<string> missing = [];
    private CheckResult? check;
    private long? checkedRows;
    private ImportMode mode;
    private bool isReady;

    [Parameter, EditorRequired] public ImportId Id { get; set; }

    /// <summary>What it was tried with before; null when it was not.</summary>
    [Parameter] public UsageMapping? Previous { get; set; }

    [Parameter, EditorRequired] public DateTimeZone Zone { get; set; } = default!;

    [Parameter] public EventCallback Started { get; set; }

    /// <summary>What is not answered yet by the form itself.</summary>
    private IReadOnlyList<string> Questions =>
    [
        .. inspection!.Suggestion!.Questions.Where(question => question.Code switch
        {
            "choose_subscription" => draft is { SubscriptionCode: null } && !draft.Has(ColumnUse.Subscription),
            "choose_event_name" or "confirm_zone" => false,
            "confirm_timestamp_format" => draft!.TimestampFormat is null,
            _ => true,
        }).Select(question => question.Message),
    ];

    public void Dispose()
    {
        leaving.Cancel();
        leaving.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        names = await Usage.Names();
        await Act.Run(async () =>
        {
            var kept = Forms.State(Id)?.Mapping;
            inspection = await Inspect.Run(Id, kept is null ? null : new ShapeChoices(kept.Encoding, kept.Delimiter, kept.HasHeader));
            if (inspection is { Sniffed.Shape: { } shape, Suggestion: { } suggestion })
            {
                var fits = Previous is not null && MappingRules.Faults(Previous, shape.Columns).Count == 0;
                draft = MappingDraft.Of(kept ?? (fits ? Previous! : suggestion.Mapping), shape);
            }
        });
        await Refresh();
        isReady = true;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (isReady)
        {
            isReady = false;
            if (Forms.State(Id) is { Rows: not null } or { Result: not null })
            {
                await Act.Run(WatchCheck);
                StateHasChanged();
            }
        }
    }

    private async Task Reshape(ShapeChoices choices)
    {
        await Act.Run(async () =>
        {
            var reshaped = await Inspect.Run(Id, choices);
            var shape = reshaped.Sniffed.Shape ?? throw new RuleBroken(reshaped.Sniffed.Fault!.Message);
            inspection = reshaped;
            draft = MappingDraft.Of(reshaped.Suggestion!.Mapping, shape);
        });
        await Refresh();
    }

    private async Task Refresh()
    {
        (check, checkedRows, samples) = (null, null, []);
        if (draft is null)
        {
            return;
        }

        var mapping = draft.ToMapping(names!.Metrics);
        Forms.Keep(Id, mapping);
        missing = MappingRules.Faults(mapping, inspection!.Sniffed.Shape!.Columns);
        if (missing.Count == 0)
        {
            await Act.Run(async () => samples = await Preview.Run(Id, mapping));
        }
    }

    private Task<bool> RunCheck() => Act.Run(async () =>
    {
        (check, checkedRows) = (null, 0);
        await Check.Run(Id, draft!.ToMapping(names!.Metrics), leaving.Token);
        await WatchCheck();
    });

    /// <summary>It runs in the background, so that a page that was reloaded finds it again.</summary>
    private async Task WatchCheck()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (!leaving.IsCancellationRequested && Forms.State(Id) is { Rows: { } rows })
        {
            checkedRows = rows;
            StateHasChanged();
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }

        if (!leaving.IsCancellationRequested && Forms.State(Id) is { } state)
        {
            check = state.Result;
            checkedRows = state.Result?.Report.Rows;
            if (state.Refusal is { } refusal)
            {
                throw new RuleBroken(refusal);
            }
        }
    }

    /// <summary>An unknown code has been explained: the check that named it is repeated.</summary>
    private async Task Repair()
    {
        await Refresh();
        await RunCheck();
    }

    private async Task SaveAs()
    {
        if (await NameDialog.Ask(Dialogs, "Save this mapping", inspection!.SavedAs) is { } name)
        {
            await Act.Run(() => Save.Run(name, draft!.ToMapping(names!.Metrics)), $"Files with these columns are mapped as “{name}”.");
        }
    }

    private Task<bool> RunImport()
    {
        var mapping = draft!.ToMapping(names!.Metrics);
        return Act.Run(() => Start.Run(Id, mapping, mode), then: () => Started.InvokeAsync());
    }
}
