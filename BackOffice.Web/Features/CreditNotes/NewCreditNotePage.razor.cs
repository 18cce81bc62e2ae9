using BackOffice.Core.Common;
using BackOffice.Core.CreditNotes;
using BackOffice.Core.Invoices;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace BackOffice.Web.Features.CreditNotes;

public partial class NewCreditNotePage
{
    private static readonly IReadOnlyList<Choice> Reasons =
        [.. Enum.GetValues<CreditNoteReason>().Select(reason => new Choice(reason.ToString(), CreditNoteWords.Of(reason)))];

    private static readonly IReadOnlyList<Choice> Uses =
    [
        new(nameof(CreditUse.ThisInvoice), "Takes it off what this invoice asks for"),
        new(nameof(CreditUse.LaterInvoices), "Is kept for later invoices"),
    ];

    private CreditableView? invoice;
    private IReadOnlyList<CreditLineDraft> lines = [];
    private MudForm form = default!;
    private CreditNoteReason reason = CreditNoteReason.Other;
    private CreditUse use;
    private string? text;
    private CreditNoteSums? sums;
    private string? mistake;
    private bool missing;

    [Parameter] public Guid Id { get; set; }

    private CreditNoteInput Input => new([.. lines.Select(line => line.Request).OfType<CreditRequest>()], reason, text, use);

    protected override async Task OnParametersSetAsync()
    {
        invoice = await Notes.Creditable(new InvoiceId(Id));
        missing = invoice is null;
        lines = [.. (invoice?.Lines ?? []).Select((line, i) => new CreditLineDraft(i, line))];
    }

    private static IReadOnlyList<Choice> HowOf(CreditLineDraft line)
    {
        List<Choice> choices = [new(nameof(CreditHow.Nothing), "Nothing")];
        if (line.Line.Left.MinorUnits > 0)
        {
            choices.Add(new(nameof(CreditHow.AllThatIsLeft), "All that is left"));
            choices.Add(new(nameof(CreditHow.Amount), "An amount"));
            if (line.Line.Quantity > 0)
            {
                choices.Add(new(nameof(CreditHow.Units), "Some units"));
            }
        }

        return choices;
    }

    private Task Choose(CreditLineDraft line, string? how) => Change(() => line.How = Enum.Parse<CreditHow>(how!));

    // The estimate follows every key: what is shown is what the note will say.
    private async Task Change(Action change)
    {
        change();
        (sums, mistake) = (null, null);
        try
        {
            var input = Input;
            sums = input.Requests.Count == 0 ? null : await Notes.Estimate(new InvoiceId(Id), input);
        }
        catch (RuleBroken refusal)
        {
            mistake = refusal.Message;
        }
    }

    private async Task Save()
    {
        await form.ValidateAsync();
        var id = default(CreditNoteId);
        if (form.IsValid && await Act.Run(
            async () => id = await CreateCreditNote.Run(new InvoiceId(Id), Input), "The credit note waits for a second person."))
        {
            Navigation.NavigateTo($"/credit-notes/{id.Value}");
        }
    }
}
