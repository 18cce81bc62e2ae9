using BackOffice.Core.CreditNotes;
using BackOffice.Web.Features.Invoices;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace BackOffice.Web.Features.CreditNotes;

public partial class CreditNotePage
{
    private static readonly Crumb[] Above = [new("Credit notes", "/credit-notes")];

    private CreditNoteView? view;
    private bool missing;

    [Parameter] public Guid Id { get; set; }

    private CreditNoteId Note => new(Id);

    protected override Task OnParametersSetAsync() => Load();

    private async Task Load()
    {
        view = await Notes.View(Note, (await Actors.Find())?.UserId);
        missing = view is null;
    }

    private Task Approve() => Act.Run(() => ApproveCreditNote.Run(Note, view!.Revision), "Approved.", Load);

    private async Task Return()
    {
        if (await ReturnDialog.Ask(Dialogs, "credit note") is { } comment)
        {
            await Act.Run(() => ReturnCreditNote.Run(Note, comment), "Returned to whoever prepared it.", Load);
        }
    }

    private Task Submit() => Act.Run(() => SubmitCreditNote.Run(Note), "Submitted for approval.", Load);

    private async Task Issue()
    {
        var sentence = $"{MoneyText.Of(view!.Row.Total)} go back to {view.Row.Customer}. The note gets its number and never changes.";
        if (await ConfirmDialog.Ask(Dialogs, "Issue this credit note?", sentence, "Issue"))
        {
            await Act.Run(() => IssueCreditNote.Run(Note), "Issued.", Load);
        }
    }

    private async Task Discard()
    {
        if (await ConfirmDialog.Ask(Dialogs, "Discard this credit note?", "Nothing of it remains but a line in the audit trail.", "Discard")
            && await Act.Run(() => DiscardCreditNote.Run(Note), "Discarded."))
        {
            Navigation.NavigateTo($"/invoices/{view!.InvoiceId.Value}");
        }
    }

    private async Task Void()
    {
        var sentence = $"{MoneyText.Of(view!.Row.Left)} can no longer be used by later invoices. What was used stays used.";
        if (await ConfirmDialog.Ask(Dialogs, "Void this credit note?", sentence, "Void", danger: true))
        {
            await Act.Run(() => VoidCreditNote.Run(Note), "Voided.", Load);
        }
    }
}
