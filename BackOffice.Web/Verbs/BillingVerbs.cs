using System.CommandLine;
using System.Globalization;
using BackOffice.Core.Billing;
using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Data;
using BackOffice.Web.Features.Billing;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace BackOffice.Web.Verbs;

/// <summary>Verbs that bill.</summary>
internal static class BillingVerbs
{
    public static Command Preview()
    {
        var through = Through();
        return Verb.Of(
            "preview",
            "Shows what a run would make. Stores nothing.",
            async call =>
            {
                var items = await call.Get<PreviewBilling>().Run(call.Options.GetRequiredValue(through), call.Cancel);
                var lines = items.SelectMany(item =>
                    item.Problem is { } problem
                        ? [$"{item.CustomerCode, -24}PARKED  {problem}"]
                        : item.Invoices.Select(due => $"{item.CustomerCode, -24}{due.Period}  {due.Content.Total, 20}")
                );
                return new Answer(
                    items.Count == 0 ? "Nothing is due." : string.Join('\n', lines),
                    new { customers = items.Select(AsJson) }
                );
            },
            through
        );
    }

    public static Command Run()
    {
        var (through, person) = (Through(), People.As());
        return Verb.Of(
            "run",
            "Makes the drafts that are due, customer by customer, and waits for the end.",
            async call =>
            {
                await call.ActAs(person);
                var work = call.Get<WorkRun>();
                foreach (var unfinished in await work.Unfinished(call.Cancel))
                {
                    await work.Run(unfinished, null, call.Cancel); // A run that a crash interrupted is brought to its end first.
                }

                var id = await call.Get<StartRun>().Run(call.Options.GetRequiredValue(through), null, call.Cancel);
                await work.Run(id!.Value, new CustomersDone(), call.Cancel);
                return await Summary(call, id.Value);
            },
            through,
            person
        );
    }

    private static async Task<Answer> Summary(VerbCall call, BillingRunId id)
    {
        await using var db = await call.Get<IDbContextFactory<BackOfficeDb>>().CreateDbContextAsync(call.Cancel);
        var run = await db.Runs.AsNoTracking().SingleAsync(r => r.Id == id, call.Cancel);
        var items = await db
            .RunItems.AsNoTracking()
            .Where(i => i.RunId == id)
            .Join(
                db.Customers,
                i => i.CustomerId,
                c => c.Id,
                (i, c) =>
                    new
                    {
                        c.Code,
                        i.Status,
                        i.Reason,
                    }
            )
            .ToListAsync(call.Cancel);
        var invoices = await db.Invoices.AsNoTracking().Where(i => i.RunId == id.Value).ToListAsync(call.Cancel);
        var totals = invoices.GroupBy(i => i.Currency).ToDictionary(g => g.Key.Code, g => g.Select(i => i.Total).Sum(g.Key).Amount);
        var parked = items.Where(i => i.Status == RunItemStatus.Parked).OrderBy(i => i.Code).ToList();
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"Run {run.Number}: {invoices.Count} drafts for {items.Count} customers, {parked.Count} parked."
        );
        return new Answer(
            string.Join(
                '\n',
                [text, .. totals.Select(t => $"  {t.Value:N2} {t.Key}"), .. parked.Select(p => $"  parked: {p.Code}: {p.Reason}")]
            ),
            new
            {
                run = run.Number,
                id = id.Value,
                through = run.Through.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture),
                customers = items.Count,
                parked = parked.Select(p => new { customer = p.Code, reason = p.Reason }),
                totals,
                invoices = invoices.OrderBy(i => i.Buyer.Code, StringComparer.Ordinal).ThenBy(i => i.PeriodStart).Select(InvoiceJson.Of),
            }
        );
    }

    private static object AsJson(PreviewItem item) =>
        new
        {
            customer = item.CustomerCode,
            problem = item.Problem,
            invoices = item.Invoices.Select(due => new
            {
                periodStart = due.Period.Start.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture),
                periodEnd = due.Period.LastDay.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture),
                currency = due.Content.Currency.Code,
                lines = due.Content.Lines.Select(line => new
                {
                    line.Name,
                    line.Quantity,
                    amount = line.Amount.Amount,
                }),
                subtotal = due.Content.Subtotal.Amount,
                tax = due.Content.Tax.Amount,
                total = due.Content.Total.Amount,
            }),
        };

    private static Option<LocalDate> Through() =>
        new("--through")
        {
            Description = "The last day that is billed, such as 2023-11-30.",
            Required = true,
            CustomParser = result =>
            {
                var day = LocalDatePattern.Iso.Parse(result.Tokens[0].Value);
                if (!day.Success)
                {
                    result.AddError($"\"{result.Tokens[0].Value}\" is not a day. Write it like 2023-11-30.");
                }

                return day.Success ? day.Value : default;
            },
        };

    // Lines on the error stream, so that the answer stays alone on the output.
    private sealed class CustomersDone : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            if (value.Done % 100 == 0 || value.Done == value.All)
            {
                Console.Error.WriteLine($"{value.Done} of {value.All} customers");
            }
        }
    }
}
