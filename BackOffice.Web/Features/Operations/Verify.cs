using BackOffice.Core.Billing;
using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Usage;
using BackOffice.Web.Features.Billing;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace BackOffice.Web.Features.Operations;

/// <summary>One thing that was checked: how many cases, and each that is wrong as a sentence.</summary>
public sealed record Check(string Name, long Cases, IReadOnlyList<string> Problems);

/// <summary>Proves the books from what is stored: numbers, sums, periods, imports, and invoices against their events.</summary>
public sealed class Verify(IDbContextFactory<BackOfficeDb> dbs, Gate gate)
{
    public async Task<IReadOnlyList<Check>> Run(CancellationToken cancel = default)
    {
        await gate.Require(Permission.Read, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return
        [
            await Numbers(db, cancel), .. await Invoices(db, cancel), await Periods(db, cancel), await Imports(db, cancel),
            await Rollups(db, cancel),
        ];
    }

    // A series has given out as many numbers as there are issued invoices in it, and each is there once.
    private static async Task<Check> Numbers(BackOfficeDb db, CancellationToken cancel)
    {
        var counters = await db.NumberCounters.AsNoTracking().Where(c => c.Series == Numbering.Invoices).ToListAsync(cancel);
        var issued = await db.Invoices.Where(i => i.Number != null).Select(i => i.Number!).ToListAsync(cancel);
        var given = counters.Sum(c => c.Last);
        var problems = new List<string>();
        if (given != issued.Count)
        {
            problems.Add($"{given} invoice numbers were given out, but {issued.Count} invoices have one.");
        }

        problems.AddRange(issued.GroupBy(n => n).Where(g => g.Count() > 1).Select(g => $"Number {g.Key} is there {g.Count()} times."));
        return new Check("Invoice numbers have no gap and no double", issued.Count, problems);
    }

    private static async Task<IReadOnlyList<Check>> Invoices(BackOfficeDb db, CancellationToken cancel)
    {
        var (sums, evidence) = (new List<string>(), new List<string>());
        var (all, issued) = (0, 0);
        foreach (var id in await db.Invoices.OrderBy(i => i.Id).Select(i => i.Id).ToListAsync(cancel))
        {
            db.ChangeTracker.Clear(); // Memory stays that of one invoice.
            var invoice = await db.Invoices.SingleAsync(i => i.Id == id, cancel);
            all++;
            sums.AddRange(Sums(invoice).Select(problem => $"Invoice {invoice.Number ?? id.Value.ToString()}: {problem}"));
            // Usage of a period that went on may have come or gone since; the invoice at its end settles that.
            if (invoice.Status == InvoiceStatus.Issued && !invoice.IsProgressive)
            {
                issued++;
                if (!invoice.SaysLines(await new BillingBook(db).Again(invoice, invoice.PreparedAt, cancel)))
                {
                    evidence.Add($"Invoice {invoice.Number}: its lines are not what its events and its plan version give.");
                }
            }
        }

        return [new Check("Invoices add up", all, sums), new Check("Issued invoices follow from their events", issued, evidence)];
    }

    private static IEnumerable<string> Sums(Invoice invoice)
    {
        if (invoice.Lines.Select(l => l.Amount).Sum(invoice.Currency) != invoice.Subtotal)
        {
            yield return "the lines do not add up to the subtotal.";
        }

        if (invoice.Taxes.Select(t => t.Tax).Sum(invoice.Currency) != invoice.Tax
            || invoice.Subtotal - invoice.Discount + invoice.Tax != invoice.Total)
        {
            yield return "subtotal, discounts and taxes do not add up to the total.";
        }

        if (invoice.Discounts.Select(d => d.Amount).Sum(invoice.Currency) != invoice.Discount
            || invoice.Settlements.Select(s => s.Amount).Sum(invoice.Currency) != invoice.Settled)
        {
            yield return "discounts or settlements do not add up.";
        }

        if (invoice.Lines.Count > 0 && invoice.Totals().Tax != invoice.Tax)
        {
            yield return "its taxes are not those of its lines after discounts, each rate rounded once.";
        }

        foreach (var line in invoice.Lines.Where(l => Money.Rounded(l.ExactAmount, l.Currency) != l.Amount))
        {
            yield return $"line {line.Position} is not its exact amount, rounded once.";
        }
    }

    // Each line stands on a period that is recorded as billed, and no two periods of a subscription overlap.
    private static async Task<Check> Periods(BackOfficeDb db, CancellationToken cancel)
    {
        var periods = await db.BilledPeriods.AsNoTracking().ToListAsync(cancel);
        var problems = periods
            .Where(p => p.ClosesUsage) // Fees of a day of change and single events share their days with others.
            .GroupBy(p => p.SubscriptionId)
            .Where(g => Overlap([.. g.OrderBy(p => p.Start).ThenBy(p => p.UsageFrom)]))
            .Select(g => $"Subscription {g.Key.Value} has billed periods that overlap.")
            .ToList();
        var billed = periods.Where(p => p.InvoiceId is not null).Select(p => p.InvoiceId!.Value).ToHashSet();
        var without = await db.Invoices.Where(i => i.Purchase == null).Select(i => i.Id).ToListAsync(cancel);
        problems.AddRange(without.Where(id => !billed.Contains(id)).Select(id => $"Invoice {id.Value} has no billed period."));
        return new Check("Every period is billed once", periods.Count, problems);
    }

    private static bool Overlap(IReadOnlyList<BilledPeriod> periods) =>
        periods.Zip(periods.Skip(1)).Any(pair => pair.First.Generation == pair.Second.Generation
            && (pair.First.UsageTo is { } to && pair.Second.UsageFrom is { } from ? from < to : pair.Second.Start < pair.First.End));

    private static async Task<Check> Imports(BackOfficeDb db, CancellationToken cancel)
    {
        var imports = await db.Imports.AsNoTracking().OrderBy(i => i.Number).ToListAsync(cancel);
        var stored = await db.CountByImport(cancel);
        return new Check(
            "Imports stored what they report",
            imports.Count,
            [
                .. imports
                    .Where(i => Reported(i) != stored.GetValueOrDefault(i.Id))
                    .Select(i => $"Import {i.Number} reports {Reported(i)} accepted rows, {stored.GetValueOrDefault(i.Id)} are stored."),
            ]
        );
    }

    private static async Task<Check> Rollups(BackOfficeDb db, CancellationToken cancel)
    {
        var (cases, problems) = await db.CheckRollups(cancel);
        return new Check("Usage adds up to what was added up when it was stored", cases, problems);
    }

    private static long Reported(Import import) =>
        import.Status is ImportStatus.Imported or ImportStatus.ImportedWithRejects or ImportStatus.Undone
            ? import.Report!.Accepted
            : 0;
}
