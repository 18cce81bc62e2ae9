using BackOffice.Core.Common;
using BackOffice.Web.Features.Catalog;
using BackOffice.Web.Features.Customers;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using NodaTime;

namespace BackOffice.Web.Features.Subscriptions;

public partial class NewSubscriptionPage
{
    private readonly SubscriptionDraft draft = new();
    private IReadOnlyList<CustomerChoice>? customers;
    private IReadOnlyList<PlanRow>? plans;
    private PlanOffer? offer;
    private SubscriptionInput? previewed;
    private MudForm form = default!;
    private string? suggested;
    private string? mistake;

    /// <summary>The code of the customer to begin with.</summary>
    [SupplyParameterFromQuery] public string? Customer { get; set; }

    /// <summary>The code of the plan to begin with.</summary>
    [SupplyParameterFromQuery] public string? Plan { get; set; }

    /// <summary>The code of the subscription to begin with, where somebody met one that is missing.</summary>
    [SupplyParameterFromQuery] public string? Code { get; set; }

    private CustomerChoice? Chosen => customers?.FirstOrDefault(customer => customer.Code == draft.CustomerCode);

    private string Back => "/subscriptions";

    // Said in words for the plainest case; everything else is shown as money.
    private string? Forecast => previewed is null && offer is { IsMonthlyInArrears: true } && draft.Timing == TimingChoice.Calendar
        && draft.BillFrom is null && draft.LastDay is null && Chosen is { } customer && draft.StartsOn is { Year: >= 2000 } day
        ? FirstBill.InWords(day, customer.Today) : null;

    protected override async Task OnInitializedAsync()
    {
        draft.Code = Code;
        customers = await Customers.Choices();
        plans = await Catalog.Published();
        var plan = plans.FirstOrDefault(p => p.Code == Plan)?.Code ?? (plans.Count == 1 ? plans[0].Code : null);
        await Choose(customers.FirstOrDefault(c => c.Code == Customer)?.Code, plan);
        draft.StartsOn = Chosen?.Today;
    }

    /// <summary>The code is made of customer and plan until somebody types one.</summary>
    private async Task Choose(string? customer, string? plan)
    {
        if (plan != draft.PlanCode)
        {
            offer = plan is { Length: > 0 } ? await Lives.Offer(plan) : null;
            draft.Agreed = AgreedDraft.Of(offer);
        }

        (draft.CustomerCode, draft.PlanCode) = (customer, plan);
        if (customer is { Length: > 0 } && plan is { Length: > 0 } && (string.IsNullOrEmpty(draft.Code) || draft.Code == suggested))
        {
            draft.Code = suggested = $"{customer}-{plan}" is { Length: <= 64 } whole ? whole : customer;
        }

        draft.StartsOn ??= Chosen?.Today;
    }

    private async Task Preview() => previewed = await Input();

    private async Task Start()
    {
        if (await Input() is { } input)
        {
            if (await Act.Run(() => StartSubscription.Run(input), $"Subscription {input.Code} is started."))
            {
                Navigation.NavigateTo($"/subscriptions?q={Uri.EscapeDataString(input.Code)}");
            }

            mistake = Act.Refusal;
        }
    }

    private async Task<SubscriptionInput?> Input()
    {
        mistake = null;
        await form.ValidateAsync();
        if (Chosen is not null && offer is not null && !form.IsValid)
        {
            return null;
        }

        try
        {
            return draft.ToInput(offer?.CurrencyCode ?? "EUR");
        }
        catch (RuleBroken refusal)
        {
            mistake = refusal.Message;
            return null;
        }
    }
}
