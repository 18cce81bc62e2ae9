using BackOffice.Browser.Tests.Harness;
using Microsoft.Playwright;

namespace BackOffice.Browser.Tests.Screens;

/// <summary>Runs, invoices and their explanation.</summary>
public static class BillingScreens
{
    public static async Task Preview(this Person person, string through)
    {
        await person.Open("/runs/new");
        await person.Fill("Through", through);
        await person.Press("Preview");
        await person.Reads("Nothing is stored yet.");
    }

    /// <summary>A customer's row of the preview: net, tax and total.</summary>
    public static async Task PreviewSays(this Person person, string customer, string net, string tax, string total)
    {
        var cells = person.Row(customer).Locator("td");
        await Assertions.Expect(cells.Nth(2)).ToHaveTextAsync(net);
        await Assertions.Expect(cells.Nth(3)).ToHaveTextAsync(tax);
        await Assertions.Expect(cells.Nth(4)).ToHaveTextAsync(total);
    }

    public static async Task PreviewLineIs(this Person person, string name, string amount)
    {
        var line = person.Page.Locator(".preview-line").Filter(new() { HasText = name }).First;
        await Assertions.Expect(line.Locator(".preview-amount")).ToHaveTextAsync(amount);
    }

    public static async Task MakeDrafts(this Person person)
    {
        await person.Press("Make drafts");
        await person.Page.WaitForURLAsync(address => !address.Contains("/new", StringComparison.Ordinal));
        await person.Sees("Run 1");
        await Assertions.Expect(person.Page.Locator(".item-invoice")).ToHaveCountAsync(2);
    }

    /// <summary>Opens a customer's invoice from the list and returns its address.</summary>
    public static async Task<string> OpenInvoice(this Person person, string customer)
    {
        await person.Open("/invoices");
        await person.Row(customer).GetByRole(AriaRole.Link).ClickAsync();
        await person.Page.Locator("article.paper").WaitForAsync();
        return new Uri(person.Page.Url).AbsolutePath;
    }

    public static Task LineIs(this Person person, string name, string quantity, string amount) =>
        CellsAre(Paper(person).GetByRole(AriaRole.Row).Filter(new() { HasText = name }), null, quantity, amount);

    public static async Task TotalsAre(this Person person, params (string Label, string Amount)[] totals)
    {
        await Assertions.Expect(Paper(person).Locator(".paper-totals dt")).ToHaveTextAsync(totals.Select(total => total.Label));
        await Assertions.Expect(Paper(person).Locator(".paper-totals dd")).ToHaveTextAsync(totals.Select(total => total.Amount));
    }

    public static async Task Explain(this Person person, string line)
    {
        await person.Follow($"Explain {line}");
        await person.Sees($"Explained: {line}");
    }

    /// <summary>A step of the price: quantity, unit price and exact amount.</summary>
    public static Task StepIs(this Person person, string step, string quantity, string unitPrice, string amount) =>
        CellsAre(person.Page.Locator(".steps-table tbody tr").Filter(new() { HasText = step }), step, quantity, unitPrice, "–", amount);

    public static async Task SumIs(this Person person, string label, string amount) => await Assertions.Expect(
        person.Page.Locator(".steps-table tfoot tr").Filter(new() { HasText = label }).Locator("td").Last).ToHaveTextAsync(amount);

    public static async Task Approve(this Person person)
    {
        await person.Press("Approve");
        await Assertions.Expect(person.Page.Locator("h1")).ToContainTextAsync("Approved");
    }

    public static async Task Issue(this Person person)
    {
        await Person.Press(person.Page.GetByLabel("Decisions"), "Issue");
        await Person.Press(person.Page.GetByRole(AriaRole.Dialog), "Issue");
        await Assertions.Expect(person.Page.Locator("h1")).ToContainTextAsync("Issued");
    }

    private static ILocator Paper(Person person) => person.Page.Locator("article.paper");

    private static async Task CellsAre(ILocator row, params string?[] texts)
    {
        var cells = row.Locator("td");
        foreach (var (text, i) in texts.Select((text, i) => (text, i)).Where(cell => cell.text is not null))
        {
            await Assertions.Expect(cells.Nth(i)).ToHaveTextAsync(text!);
        }
    }
}
