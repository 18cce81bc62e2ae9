using BackOffice.Core.Invoices;
using BackOffice.Core.Taxes;

namespace BackOffice.Core.Tests.Invoices;

/// <summary>Every transition in every state: it happens, or the invoice says why not and stays as it was.</summary>
public sealed class InvoiceStateTests
{
    private static readonly InvoiceContent Content =
        InvoiceContent.Of([Line(Money.Of(D("148.31"), Usd))], new TaxTreatment("DE-VAT", "VAT", 19, null), Usd);

    [Theory]
    //          state            transition  outcome
    [InlineData("Draft",         "Refresh",  "NeedsApproval")]
    [InlineData("Draft",         "Approve",  "This invoice cannot be approved: it is a draft.")]
    [InlineData("Draft",         "Return",   "This invoice cannot be returned: it is a draft.")]
    [InlineData("Draft",         "Submit",   "NeedsApproval")]
    [InlineData("Draft",         "Issue",    "This invoice cannot be issued: it is a draft.")]
    [InlineData("Draft",         "CallSettlements", "Draft")]
    [InlineData("Draft",         "Discard",  "Draft")]
    [InlineData("NeedsApproval", "Refresh",  "NeedsApproval")]
    [InlineData("NeedsApproval", "Approve",  "Approved")]
    [InlineData("NeedsApproval", "Return",   "Draft")]
    [InlineData("NeedsApproval", "Submit",   "This invoice cannot be submitted: it is waiting for approval.")]
    [InlineData("NeedsApproval", "Issue",    "This invoice cannot be issued: it is waiting for approval.")]
    [InlineData("NeedsApproval", "CallSettlements", "NeedsApproval")]
    [InlineData("NeedsApproval", "Discard",  "NeedsApproval")]
    [InlineData("Approved",      "Refresh",  "NeedsApproval")]
    [InlineData("Approved",      "Approve",  "This invoice cannot be approved: it is approved already.")]
    [InlineData("Approved",      "Return",   "Draft")]
    [InlineData("Approved",      "Submit",   "This invoice cannot be submitted: it is approved already.")]
    [InlineData("Approved",      "Issue",    "Issued")]
    [InlineData("Approved",      "CallSettlements", "Approved")]
    [InlineData("Approved",      "Discard",  "Approved")]
    [InlineData("Issued",        "Refresh",  "This invoice cannot be refreshed: it is issued as INV-2026-000017 and never changes again.")]
    [InlineData("Issued",        "Approve",  "This invoice cannot be approved: it is issued as INV-2026-000017 and never changes again.")]
    [InlineData("Issued",        "Return",   "This invoice cannot be returned: it is issued as INV-2026-000017 and never changes again.")]
    [InlineData("Issued",        "Submit",   "This invoice cannot be submitted: it is issued as INV-2026-000017 and never changes again.")]
    [InlineData("Issued",        "Issue",    "This invoice cannot be issued: it is issued as INV-2026-000017 and never changes again.")]
    [InlineData("Issued",        "Discard",  "This invoice cannot be discarded: it is issued as INV-2026-000017 and never changes again.")]
    [InlineData("Issued", "CallSettlements",
        "This invoice cannot be changed: it is issued as INV-2026-000017 and never changes again.")]
    [InlineData("Draft",         "Void",     "Only an issued invoice can be voided. Discard the draft instead.")]
    [InlineData("NeedsApproval", "Void",     "Only an issued invoice can be voided. Discard the draft instead.")]
    [InlineData("Approved",      "Void",     "Only an issued invoice can be voided. Discard the draft instead.")]
    [InlineData("Issued",        "Void",     "Voided")]
    [InlineData("Voided",        "Void",     "This invoice is voided already.")]
    [InlineData("Voided",        "Discard",  "This invoice cannot be discarded: it is voided as INV-2026-000017.")]
    [InlineData("Voided",        "Refresh",  "This invoice cannot be refreshed: it is voided as INV-2026-000017.")]
    [InlineData("Voided",        "Approve",  "This invoice cannot be approved: it is voided as INV-2026-000017.")]
    [InlineData("Voided",        "Return",   "This invoice cannot be returned: it is voided as INV-2026-000017.")]
    [InlineData("Voided",        "Submit",   "This invoice cannot be submitted: it is voided as INV-2026-000017.")]
    [InlineData("Voided",        "Issue",    "This invoice cannot be issued: it is voided as INV-2026-000017.")]
    [InlineData("Voided", "CallSettlements", "This invoice cannot be changed: it is voided as INV-2026-000017.")]
    public void Every_transition_happens_or_says_why_not(string state, string transition, string outcome)
    {
        var invoice = In(Enum.Parse<InvoiceStatus>(state));
        var before = Everything(invoice);

        var refusal = Record.Exception(() => Do(transition, invoice));

        if (Enum.TryParse<InvoiceStatus>(outcome, out var status))
        {
            Assert.Equal((null, status), (refusal, invoice.Status));
        }
        else
        {
            Assert.Equal(outcome, Assert.IsType<RuleBroken>(refusal).Message);
            Assert.Equal(before, Everything(invoice));
        }
    }

    [Fact]
    public void Voiding_takes_a_second_person_and_a_reason()
    {
        var invoice = In(InvoiceStatus.Issued);

        Assert.Equal(
            "Mara prepared this invoice. Somebody else must void it.",
            Assert.Throws<RuleBroken>(() => invoice.Void("Wrong customer", true, Mara, Now)).Message);
        Assert.StartsWith("An invoice is voided by a person.", Assert.Throws<RuleBroken>(
            () => invoice.Void("Wrong customer", true, Schedule, Now)).Message, StringComparison.Ordinal);
        Assert.Equal("Comment is missing.", Assert.Throws<RuleBroken>(() => invoice.Void(" ", true, Ines, Now)).Message);
        Assert.Equal((InvoiceStatus.Issued, null), (invoice.Status, invoice.Voided));
        invoice.Void(" Wrong customer ", billAgain: false, Ines, Now);

        Assert.Equal((new Withdrawal(Ines, Now, "Wrong customer"), false, "INV-2026-000017"),
            (invoice.Voided, invoice.IsBilledAgain, invoice.Number));
    }

    [Theory]
    [InlineData(1, 0, 0, "Void or discard it first", "a note that still takes something back")]
    [InlineData(0, 1, 0, "has been used", "money of a note is on another invoice")]
    [InlineData(0, 0, 1, "Void that first", "a later invoice adjusts its usage")]
    public void What_is_built_on_an_invoice_is_taken_away_first(int notes, int spent, int adjustments, string says, string why)
    {
        static IReadOnlyList<string> Some(int count) => [.. Enumerable.Repeat("X-1", count)];
        InvoiceVoid.RequireNothingBuiltOn([], [], []);

        var refused = Assert.Throws<RuleBroken>(
            () => InvoiceVoid.RequireNothingBuiltOn(Some(notes), Some(spent), Some(adjustments)));

        Assert.True(refused.Message.Contains(says, StringComparison.Ordinal), why);
        Assert.Contains("X-1", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_names_every_state_and_every_transition()
    {
        var rows = typeof(InvoiceStateTests).GetMethod(nameof(Every_transition_happens_or_says_why_not))!
            .GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>()
            .Select(row => ((string)row.Data[0]!, (string)row.Data[1]!)).ToHashSet();
        var transitions = typeof(Invoice).GetMethods()
            .Where(method => method.DeclaringType == typeof(Invoice) && !method.IsStatic && method.ReturnType == typeof(void))
            .Select(method => method.Name);

        Assert.Equal(
            Enum.GetNames<InvoiceStatus>().SelectMany(_ => transitions, (state, transition) => (state, transition)).ToHashSet(), rows);
    }

    private static Invoice In(InvoiceStatus status)
    {
        var invoice = Invoice.Prepare(Customer(), Company(), Days("2026-10-01", "2026-10-31"), Content, null, Mara, Now);
        if (status == InvoiceStatus.Draft)
        {
            invoice.Return("Wrong address");
        }

        if (status is InvoiceStatus.Approved or InvoiceStatus.Issued or InvoiceStatus.Voided)
        {
            invoice.Approve(Jon, Now);
        }

        if (status is InvoiceStatus.Issued or InvoiceStatus.Voided)
        {
            invoice.Issue("INV-2026-000017", Day("2026-11-02"), Jon);
        }

        if (status == InvoiceStatus.Voided)
        {
            invoice.Void("Wrong customer", billAgain: true, Jon, Now);
        }

        return invoice;
    }

    private static void Do(string transition, Invoice invoice)
    {
        switch (transition)
        {
            case "Refresh":
                var content = InvoiceContent.Of([Line(Money.Of(1, Usd))], TaxTreatment.None(null), Usd);
                invoice.Refresh(content, Company(), Customer(), Mara, Now);
                break;
            case "Approve":
                invoice.Approve(Jon, Now);
                break;
            case "Return":
                invoice.Return("Look at the usage");
                break;
            case "Discard":
                invoice.Discard();
                break;
            case "Submit":
                invoice.Submit(Mara);
                break;
            case "Issue":
                invoice.Issue("INV-2026-000018", Day("2026-11-03"), Ines);
                break;
            case "Void":
                invoice.Void("Wrong customer", billAgain: true, Ines, Now);
                break;
            case "CallSettlements":
                invoice.CallSettlements(new Dictionary<string, string> { ["draft"] = "CN-2026-000001" });
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(transition), transition, "No such transition.");
        }
    }

    private static string Everything(Invoice invoice) =>
        string.Join('|', typeof(Invoice).GetProperties().Select(property => property.GetValue(invoice) switch
    {
        IEnumerable<Guid> preparers => string.Join(',', preparers),
        IEnumerable<InvoiceLine> lines => string.Join(',', lines.Select(line => line.Id)),
        IEnumerable<InvoiceTax> taxes => string.Join(',', taxes.Select(tax => tax.Id)),
        var value => $"{property.Name}={value}",
    }));
}
