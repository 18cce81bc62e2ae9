using BackOffice.Browser.Tests.Harness;
using Microsoft.Playwright;

namespace BackOffice.Browser.Tests.Screens;

/// <summary>Prepaid credits: the wallet, its rules and its ledger.</summary>
public static class WalletScreens
{
    public static async Task OpenWallet(this Person person, string customer, string name)
    {
        await person.Open("/customers");
        await person.Follow(customer);
        await person.Sees(customer);
        await person.Follow("Open wallet…");
        await person.Sees("Open wallet");
        await person.Fill("Name", name);
        await person.Press("Open wallet");
        await person.Sees(name);
    }

    /// <param name="kind">As the list of choices says it.</param>
    public static async Task TopUp(
        this Person person, string kind, string credits, string name, string priority = "50", string? lastDay = null)
    {
        await person.Press("Top up…");
        var dialog = person.Page.GetByRole(AriaRole.Dialog);
        await Person.Choose(dialog, "The credits are", kind);
        await Person.Fill(dialog, "Credits", credits);
        await Person.Fill(dialog, "Name", name);
        await Person.Fill(dialog, "Priority", priority);
        if (lastDay is not null)
        {
            await Person.Fill(dialog, "Last day", lastDay);
        }

        await Person.Press(dialog, "Top up");
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        await person.Reads(name);
    }

    public static async Task SayPaid(this Person person, string reason)
    {
        await person.Main.GetByRole(AriaRole.Button, new() { NameRegex = new("were paid") }).ClickAsync();
        var dialog = person.Page.GetByRole(AriaRole.Dialog);
        await Person.Fill(dialog, "Reason", reason);
        await Person.Press(dialog, "Paid");
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
    }

    public static async Task AddThresholdRule(this Person person, string threshold, string bought, string words)
    {
        await person.Press("Add rule…");
        var dialog = person.Page.GetByRole(AriaRole.Dialog);
        await Person.Fill(dialog, "Threshold", threshold);
        await Person.Fill(dialog, "Bought", bought);
        await Assertions.Expect(dialog.Locator("[data-words]")).ToHaveTextAsync(words);
        await Person.Press(dialog, "Add rule");
        await person.Reads(words);
    }

    public static Task BalanceIs(this Person person, string balance) =>
        Assertions.Expect(person.Page.Locator("[data-balance]")).ToContainTextAsync(balance);

    public static Task OngoingIs(this Person person, string ongoing) =>
        Assertions.Expect(person.Page.Locator("[data-ongoing]")).ToHaveTextAsync(ongoing);

    /// <summary>The movements of the ledger, the latest first: what moved, the amount, and what the wallet held after.</summary>
    public static async Task LedgerIs(this Person person, params (string Movement, string Amount, string Held)[] movements)
    {
        var rows = person.Page.Locator("[data-ledger] tbody tr");
        await Assertions.Expect(rows).ToHaveCountAsync(movements.Length);
        foreach (var (i, (movement, amount, held)) in movements.Index())
        {
            var cells = rows.Nth(i).Locator("td");
            await Assertions.Expect(cells.Nth(2)).ToContainTextAsync(movement);
            await Assertions.Expect(cells.Nth(4)).ToHaveTextAsync(amount);
            await Assertions.Expect(cells.Nth(5)).ToHaveTextAsync(held);
        }
    }
}
