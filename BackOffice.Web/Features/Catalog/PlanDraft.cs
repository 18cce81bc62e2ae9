using BackOffice.Core.Common;

namespace BackOffice.Web.Features.Catalog;

/// <summary>A plan while it is typed.</summary>
public sealed class PlanDraft
{
    public string? Code { get; set; }

    public string? Name { get; set; }

    public string CurrencyCode { get; set; } = "EUR";

    /// <summary>Per month, in major units.</summary>
    public decimal? BaseFee { get; set; }

    public List<ChargeDraft> Charges { get; } = [];

    public Currency Currency => Currency.Of(CurrencyCode);

    /// <summary>What a version says, to edit or to try quantities on.</summary>
    public static PlanDraft Of(PlanView plan, PlanVersionView version)
    {
        var draft = new PlanDraft
        {
            Code = plan.Code,
            Name = plan.Name,
            CurrencyCode = plan.Currency.Code,
            BaseFee = version.BaseFee.Amount,
        };
        draft.Charges.AddRange(version.Charges.Select(ChargeDraft.Of));
        return draft;
    }

    /// <exception cref="RuleBroken">A charge is incomplete or its price is refused; the message names the charge.</exception>
    public PlanInput ToInput() => new(Code ?? "", Name ?? "", CurrencyCode, BaseFee ?? 0, [.. Charges.Select(Input)]);

    private static ChargeInput Input(ChargeDraft charge, int index)
    {
        var what = charge.Name is { Length: > 0 } name ? $"\"{name.Trim()}\"" : $"Charge {index + 1}";
        var mistake = charge.Missing ?? charge.TryPrice().Mistake;
        return mistake is null
            ? new ChargeInput(charge.Name ?? "", charge.MetricCode!, charge.ToPrice())
            : throw new RuleBroken($"{what}: {mistake}");
    }
}
