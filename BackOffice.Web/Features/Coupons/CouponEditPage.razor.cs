using BackOffice.Core.Coupons;
using BackOffice.Web.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace BackOffice.Web.Features.Coupons;

public partial class CouponEditPage
{
    private CouponDraft draft = new();
    private CouponView? coupon;
    private IReadOnlyList<Choice>? plans;
    private IReadOnlyList<Choice> metrics = [];
    private MudForm form = default!;
    private string? suggested;
    private bool missing;

    /// <summary>The coupon to edit; null for a new one.</summary>
    [Parameter] public Guid? Id { get; set; }

    protected override async Task OnInitializedAsync()
    {
        if (Id is { } id)
        {
            coupon = await Coupons.View(new CouponId(id));
            missing = coupon is null;
            draft = coupon is null ? draft : CouponDraft.Of(coupon.Input);
        }
        else
        {
            draft.CurrencyCode = (await Companies.Defaults()).Currency;
        }

        metrics = [.. (await Catalog.Metrics()).Select(metric => new Choice(metric.Code, metric.Name))];
        plans = [.. (await Catalog.Plans()).Select(plan => new Choice(plan.Code, plan.Name))];
    }

    /// <summary>The code follows the name until somebody types one.</summary>
    private void Rename(string? typed)
    {
        draft.Name = typed;
        if (Id is null && (string.IsNullOrEmpty(draft.Code) || draft.Code == suggested))
        {
            draft.Code = suggested = CodeSuggestion.From(typed);
        }
    }

    private async Task Save()
    {
        await form.ValidateAsync();
        if (form.IsValid && await Act.Run(
            () => SaveCoupon.Run(coupon?.Id, draft.ToInput(), coupon?.Revision), $"Coupon {draft.Name} is saved."))
        {
            Navigation.NavigateTo("/coupons");
        }
    }

    private async Task Withdraw()
    {
        if (await ConfirmDialog.Ask(
            Dialogs, $"Withdraw {draft.Name}?", "It cannot be given any more. Customers who have it keep it. This cannot be taken back.",
            "Withdraw coupon", danger: true)
            && await Act.Run(() => WithdrawCoupon.Run(coupon!.Id), $"Coupon {draft.Name} is no longer offered."))
        {
            Navigation.NavigateTo("/coupons");
        }
    }
}
