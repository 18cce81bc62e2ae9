using BackOffice.Core.Catalog;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Tests.CreditNotes;

namespace BackOffice.Core.Tests.Subscriptions;

/// <summary>The figures of docs/domain/periods-and-proration.md, read from the page and computed again.</summary>
public sealed class PeriodsPageTests
{
    [Fact]
    public void Periods_begin_as_the_page_says() =>
        All("| Interval |", 9, row =>
        {
            var grid = new BillingGrid(Enum.Parse<BillingInterval>(row[0]), BillingGridTests.Timing(row[1]), Day(row[2]));
            var periods = grid.From(Day(row[2])).Take(row[3].Split(' ').Length);
            return [.. row[..3], string.Join(' ', periods.Select(period => $"{period.Start:uuuu-MM-dd}"))];
        });

    [Fact]
    public void Parts_fall_due_as_the_page_says()
    {
        var startsOn = Day("2026-01-31");
        var rhythm = new BillingRhythm(new(BillingInterval.Yearly, BillingTiming.Anniversary, startsOn), true, UsageMonthly: true);
        var due = rhythm.DueThrough(startsOn, null, Day("2026-03-31"));
        var n = 0;

        All("| Due on |", due.Count, _ => [$"{due[n].DueOn:uuuu-MM-dd}", $"{due[n].What}", $"{due[n++].Period.Billed}"]);
    }

    [Fact]
    public void Shares_cost_what_the_page_says() =>
        All("| Price |", 4, row =>
        {
            var days = row[1].Split(" of ").Select(D).ToList();
            return [row[0], row[1], Text(new Proration((int)days[0], (int)days[1]).Of(Money.Of(D(row[0]), Usd))), row[3]];
        });

    [Fact]
    public void Unused_days_give_back_what_the_page_says() =>
        All("| Coupon on the fee |", 3, row =>
        {
            var credit = UnusedShareTests.Credit(UnusedShareTests.Invoice(3_100, Money.Of(D(row[0]), Usd).MinorUnits, 20), 3_100, 16, 31,
                Money.Of(D(row[1]), Usd).MinorUnits)!;
            return [row[0], row[1], Text(credit.Net), Text(credit.Tax), Text(credit.Total)];
        });

    private static string Text(Money money) => money.ToString().Split(' ')[0];

    private static void All(string head, int count, Func<string[], string[]> computed)
    {
        var rows = File.ReadLines(Page()).SkipWhile(line => !line.StartsWith(head, StringComparison.Ordinal)).Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray()).ToList();

        Assert.Equal(count, rows.Count);
        Assert.Equal(rows.Select(row => string.Join(" | ", row)), rows.Select(row => string.Join(" | ", computed(row))));
    }

    private static string Page()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "BackOffice.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, "docs", "domain", "periods-and-proration.md");
    }
}
