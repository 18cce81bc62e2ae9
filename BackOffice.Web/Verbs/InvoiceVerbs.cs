using System.CommandLine;
using System.Globalization;
using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Data;
using BackOffice.Web.Features.Invoices;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Verbs;

/// <summary>Verbs on the invoices of a run.</summary>
internal static class InvoiceVerbs
{
    public static Command List()
    {
        var run = Run();
        return Verb.Of(
            "list",
            "Shows the invoices of a run.",
            async call =>
            {
                var invoices = await Invoices(call, run);
                var lines = invoices.Select(i => $"{i.Number ?? i.Status.ToString(), -20}{i.Buyer.Code, -24}{i.Period}  {i.Total, 20}");
                return new Answer(string.Join('\n', lines), new { invoices = invoices.Select(InvoiceJson.Of) });
            },
            run
        );
    }

    public static Command Approve() =>
        Each(
            "approve",
            "Approves the invoices of a run in the name of a person who did not prepare them.",
            InvoiceStatus.NeedsApproval,
            async (call, invoice) =>
            {
                await call.Get<ApproveInvoice>().Run(invoice.Id, null, call.Cancel);
                return $"approved: {invoice.Buyer.Code} {invoice.Total}";
            }
        );

    public static Command Issue() =>
        Each(
            "issue",
            "Issues the approved invoices of a run: each gets its number and never changes again.",
            InvoiceStatus.Approved,
            async (call, invoice) =>
                $"issued: {await call.Get<IssueInvoice>().Run(invoice.Id, call.Cancel)} {invoice.Buyer.Code} {invoice.Total}"
        );

    public static Command Pdf()
    {
        var run = Run();
        var folder = new Option<DirectoryInfo>("--out")
        {
            Description = "The folder the files go to; it is made when missing.",
            Required = true,
        };
        return Verb.Of(
            "pdf",
            "Writes the invoices of a run as PDF files.",
            async call =>
            {
                var directory = call.Options.GetRequiredValue(folder);
                directory.Create();
                var files = new List<string>();
                foreach (var invoice in await Invoices(call, run))
                {
                    var pdf = await call.Get<InvoicePdf>().Run(invoice.Id, call.Cancel);
                    var path = Path.Combine(directory.FullName, pdf!.Name);
                    await File.WriteAllBytesAsync(path, pdf.Bytes, call.Cancel);
                    files.Add(path);
                }

                return new Answer(string.Join('\n', files), new { files });
            },
            run,
            folder
        );
    }

    /// <summary>Does one thing to each invoice in a state; one that is refused does not stop the others.</summary>
    private static Command Each(string name, string description, InvoiceStatus status, Func<VerbCall, Invoice, Task<string>> work)
    {
        var (run, person) = (Run(), People.As());
        return Verb.Of(
            name,
            description,
            async call =>
            {
                await call.ActAs(person);
                var (done, refused) = (new List<string>(), new List<string>());
                foreach (var invoice in (await Invoices(call, run)).Where(i => i.Status == status))
                {
                    try
                    {
                        done.Add(await work(call, invoice));
                    }
                    catch (RuleBroken reason)
                    {
                        refused.Add($"{invoice.Buyer.Code} {invoice.Total}: {reason.Message}");
                        await Console.Error.WriteLineAsync(refused[^1]);
                    }
                }

                var text = string.Create(CultureInfo.InvariantCulture, $"{name}: {done.Count} done, {refused.Count} refused.");
                var after = await Invoices(call, run);
                return new Answer(
                    string.Join('\n', [.. done, text]),
                    new
                    {
                        done = done.Count,
                        refused,
                        invoices = after.Select(InvoiceJson.Of),
                    },
                    refused.Count == 0
                );
            },
            run,
            person
        );
    }

    private static Option<string> Run() => new("--run") { Description = "The number of the run, such as 1, or its id.", Required = true };

    private static async Task<IReadOnlyList<Invoice>> Invoices(VerbCall call, Option<string> option)
    {
        var name = call.Options.GetRequiredValue(option);
        await using var db = await call.Get<IDbContextFactory<BackOfficeDb>>().CreateDbContextAsync(call.Cancel);
        var run =
            long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? await db.Runs.SingleOrDefaultAsync(r => r.Number == number, call.Cancel)
            : Guid.TryParse(name, out var id)
                ? await db.Runs.SingleOrDefaultAsync(r => r.Id == new Core.Billing.BillingRunId(id), call.Cancel)
            : null;
        if (run is null)
        {
            throw new RuleBroken($"There is no run {name}.");
        }

        var invoices = await db.Invoices.AsNoTracking().Where(i => i.RunId == run.Id.Value).ToListAsync(call.Cancel);
        return [.. invoices.OrderBy(i => i.Buyer.Code, StringComparer.Ordinal).ThenBy(i => i.PeriodStart)];
    }
}
