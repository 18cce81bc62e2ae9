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
    public void Every_transition_happens_or_says_why_not(string state, string transition, string outcome)
    {
        var invoice = In(Enum.Parse<InvoiceStatus>(state));
        var before = Everything(invoice);

        var refusal = Record.Exception(() => Do(transition, invoice));

        if (Enum.TryParse<InvoiceStatus>(outcome, out var status))
        {
            Assert.Null(refusal);
            Assert.Equal(status, invoice.Status);
        }
        else
        {
            Assert.Equal(outcome, Assert.IsType<RuleBroken>(refusal).Message);
            Assert.Equal(before, Everything(invoice));
        }
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

        if (status is InvoiceStatus.Approved or InvoiceStatus.Issued)
        {
            invoice.Approve(Jon, Now);
        }

        if (status == InvoiceStatus.Issued)
        {
            invoice.Issue("INV-2026-000017", Day("2026-11-02"), Jon);
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
