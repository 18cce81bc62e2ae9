using BackOffice.Core.Invoices;
using BackOffice.Core.Wallets;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace BackOffice.Web.Features.Invoices;

public partial class InvoicePage
{
    private static readonly Crumb[] Above = [new("Invoices", "/invoices")];

    private InvoiceView? view;
    private bool missing;

    [Parameter] public Guid Id { get; set; }

    private InvoiceId Invoice => new(Id);

    private string NextStep => view!.Status switch
    {
        InvoiceStatus.Draft => $"Returned with the comment \"{view.ReturnComment}\". Put it right, then refresh or submit it again.",
        InvoiceStatus.NeedsApproval => "A second person looks at it and approves it, or returns it with a comment.",
        InvoiceStatus.Approved => "Issuing gives it its number and date. Refreshing it voids the approval.",
        InvoiceStatus.Voided => $"Voided: {view.Voided!.Comment}. It keeps its number, and nobody is asked to pay it.",
        _ => $"Issued on {DateText.Day(view.IssuedOn)}, due on {DateText.Day(view.DueOn)}. It never changes again.",
    };

    private static string Arrival(GrantStatus credits) => credits switch
    {
        GrantStatus.Settled => "The credits it sold are there.",
        GrantStatus.Failed => "The credits it sold were taken back.",
        _ => "It sells credits. They come when somebody says on the wallet's page that it was paid.",
    };

    protected override Task OnParametersSetAsync() => Load();

    private async Task Load()
    {
        view = await Invoices.View(Invoice, (await Actors.Find())?.UserId);
        missing = view is null;
    }

    private Task Approve() => Act.Run(() => ApproveInvoice.Run(Invoice, view!.Revision), "Approved.", Load);

    private async Task Issue()
    {
        var sentence = $"Issue {MoneyText.Of(view!.Total)} to {view.Buyer.Name}? The invoice gets its number and can never be changed.";
        if (await ConfirmDialog.Ask(Dialogs, "Issue this invoice?", sentence, "Issue"))
        {
            await Act.Run(() => IssueInvoice.Run(Invoice), "Issued.", Load);
        }
    }

    private async Task Return()
    {
        if (await ReturnDialog.Ask(Dialogs) is { } comment)
        {
            await Act.Run(() => ReturnInvoice.Run(Invoice, comment), "Returned to those who prepared it.", Load);
        }
    }

    private async Task Void()
    {
        if (await VoidDialog.Ask(Dialogs, view!) is { } choice)
        {
            await Act.Run(() => VoidInvoice.Run(Invoice, choice.Comment, choice.BillAgain), "Voided.", Load);
        }
    }

    private Task Refresh() => Act.Run(() => RefreshInvoice.Run(Invoice), "Computed again from the usage and taxes as they are now.", Load);

    private Task Submit() => Act.Run(() => SubmitInvoice.Run(Invoice), "Submitted for approval.", Load);
}
