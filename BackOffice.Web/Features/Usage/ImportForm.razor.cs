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
            inspection = await Inspect.Run(Id);
            if (inspection is { Sniffed.Shape: { } shape, Suggestion: { } suggestion })
            {
                var fits = Previous is not null && MappingRules.Faults(Previous, shape.Columns).Count == 0;
                draft = MappingDraft.Of(fits ? Previous! : suggestion.Mapping, shape);
            }
        });
        await Refresh();
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
        missing = MappingRules.Faults(mapping, inspection!.Sniffed.Shape!.Columns);
        if (missing.Count == 0)
        {
            await Act.Run(async () => samples = await Preview.Run(Id, mapping));
        }
    }

    private Task<bool> RunCheck()
    {
        (check, checkedRows) = (null, 0);
        var mapping = draft!.ToMapping(names!.Metrics);
        var cancel = leaving.Token;
        return Act.Run(async () => check = await Task.Run(() => Check.Run(Id, mapping, new Ticker(Show), cancel), cancel));
    }

    /// <summary>An unknown code has been explained: the check that named it is repeated.</summary>
    private async Task Repair()
    {
        await Refresh();
        await RunCheck();
    }

    private Task<bool> RunImport()
    {
        var mapping = draft!.ToMapping(names!.Metrics);
        return Act.Run(() => Start.Run(Id, mapping, mode), then: () => Started.InvokeAsync());
    }

    private void Show(long rows)
    {
        checkedRows = rows;
        _ = InvokeAsync(StateHasChanged);
    }

    /// <summary>Passes on every few thousand rows, as the page is drawn again each time.</summary>
    private sealed class Ticker(Action<long> show) : IProgress<long>
    {
        private const long Step = 5_000;
        private long _next;

        public void Report(long value)
        {
            if (value >= _next)
            {
                _next = value + Step;
                show(value);
            }
        }
    }
}
