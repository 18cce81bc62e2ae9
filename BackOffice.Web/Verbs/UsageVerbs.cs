using System.CommandLine;
using System.Globalization;
using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Web.Features.Alerts;
using BackOffice.Web.Features.Usage;
using BackOffice.Web.Features.Usage.Files;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Verbs;

/// <summary>Verbs on usage files.</summary>
internal static class UsageVerbs
{
    private static readonly Argument<FileInfo> File = new("FILE") { Description = "A CSV file." };

    private static readonly Option<FileInfo?> Mapping = new("--mapping")
    {
        Description =
            "The name of a saved mapping, or a JSON file that says what the columns mean (docs/operate/verbs.md). Without it the columns "
            + "are recognised by their names.",
    };

    private static readonly Option<string?> Subscription = new("--subscription")
    {
        Description = "The subscription that all rows belong to.",
    };

    private static readonly Option<string?> ZoneOption = new("--zone")
    {
        Description = "The time zone of timestamps without an offset, such as UTC.",
    };

    private static readonly Option<string?> EventName = new("--event") { Description = "The name of the events, when no column has it." };

    private static readonly Option<string> Commit = Choice();

    public static Command Import()
    {
        var person = People.As();
        return Verb.Of(
            "import",
            "Imports a usage file. Rows that are stored already are skipped.",
            async call =>
            {
                await call.ActAs(person);
                var path = call.Options.GetRequiredValue(File);
                if (!path.Exists)
                {
                    throw new RuleBroken($"There is no file {path}.");
                }

                await using var content = path.OpenRead();
                var id = await call.Get<ReceiveUpload>().Run(path.Name, content, call.Cancel);
                var mode = call.Options.GetRequiredValue(Commit) == "good" ? ImportMode.GoodRowsOnly : ImportMode.AllOrNothing;
                var import = await call.Get<ImportUsage>().Run(id, await MappingFor(call, id), mode, new RowsRead(), call.Cancel);
                await call.Get<CheckAlerts>().Run(id, call.Cancel);
                return await Summary(call, import);
            },
            File,
            Mapping,
            Subscription,
            ZoneOption,
            EventName,
            Commit,
            person
        );
    }

    private static async Task<UsageMapping> MappingFor(VerbCall call, ImportId id)
    {
        var mapping = call.Options.GetValue(Mapping) switch
        {
            null => await Recognised(call, id),
            { Exists: true } file => CsvMappingFile.FromFile(file.FullName),
            var named => await call.Get<MappingQueries>().Named(named.ToString(), call.Cancel),
        };
        if (call.Options.GetValue(Subscription) is { } subscription)
        {
            mapping = mapping with { SubscriptionCode = subscription, SubscriptionColumn = null };
        }

        if (call.Options.GetValue(EventName) is { } name)
        {
            mapping = mapping with { EventName = name, EventNameColumn = null };
        }

        return call.Options.GetValue(ZoneOption) is { } zone ? mapping with { ZoneId = Zone.Of(zone).Id } : mapping;
    }

    private static async Task<UsageMapping> Recognised(VerbCall call, ImportId id)
    {
        var seen = await call.Get<InspectUpload>().Run(id, null, call.Cancel);
        if (seen.Suggestion is null)
        {
            throw new RuleBroken(seen.Sniffed.Fault!.Message);
        }

        var answered = new Dictionary<string, bool>
        {
            ["confirm_zone"] = call.Options.GetValue(ZoneOption) is not null,
            ["choose_subscription"] = call.Options.GetValue(Subscription) is not null,
            ["confirm_subscription"] = call.Options.GetValue(Subscription) is not null,
            ["choose_event_name"] = true,
        };
        var open = seen.Suggestion.Questions.Where(question => !answered.GetValueOrDefault(question.Code)).ToList();
        return open.Count == 0
            ? seen.Suggestion.Mapping with
            {
                EventName = seen.Suggestion.Mapping.EventNameColumn is null ? "usage" : null,
            }
            : throw new RuleBroken(
                "The file leaves questions open; answer them with --subscription, --zone or --mapping:\n"
                    + string.Join('\n', open.Select(question => $"  {question.Message}"))
            );
    }

    private static async Task<Answer> Summary(VerbCall call, Import import)
    {
        await using var db = await call.Get<IDbContextFactory<BackOfficeDb>>().CreateDbContextAsync(call.Cancel);
        var problems = await db
            .ImportProblems.AsNoTracking()
            .Where(p => p.ImportId == import.Id)
            .OrderBy(p => p.Id)
            .Take(20)
            .ToListAsync(call.Cancel);
        var report = import.Report!;
        var ok = import.Status != ImportStatus.Refused;
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            Import {import.Number}: {(ok ? "stored" : "nothing is stored")}.
            {report.Rows} rows: {report.Accepted} accepted, {report.Duplicates} duplicates, {report.Rejected} rejected, {report.Late} late.
            """
        );
        var json = new
        {
            import = import.Number,
            id = import.Id.Value,
            status = import.Status.ToString(),
            report.Rows,
            report.Accepted,
            report.Duplicates,
            report.Rejected,
            report.Late,
            first = report.First?.ToString(),
            last = report.Last?.ToString(),
            report.Totals,
            problems = problems.Select(p => new
            {
                p.Line,
                p.Column,
                p.Value,
                p.Code,
                p.Message,
            }),
        };
        return new Answer(
            string.Join('\n', [text, .. problems.Select(p => $"  line {p.Line}, {p.Column ?? "row"}: {p.Message}")]),
            json,
            ok
        );
    }

    private static Option<string> Choice()
    {
        var commit = new Option<string>("--commit")
        {
            Description = "all: every row or none (default). good: the good rows.",
            DefaultValueFactory = _ => "all",
        };
        commit.AcceptOnlyFromAmong("all", "good");
        return commit;
    }

    // Lines on the error stream, so that the answer stays alone on the output.
    private sealed class RowsRead : IProgress<long>
    {
        private long _told;

        public void Report(long value)
        {
            if (value >= _told + 10_000)
            {
                _told = value;
                Console.Error.WriteLine($"{value} rows");
            }
        }
    }
}
