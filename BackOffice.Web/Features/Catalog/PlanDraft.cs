using BackOffice.Core.Catalog;
using BackOffice.Core.Common;

namespace BackOffice.Web.Features.Catalog;

/// <summary>A plan while it is typed.</summary>
public sealed class PlanDraft
{
    public string? Code { get; set; }

    public string? Name { get; set; }

    public string CurrencyCode { get; set; } = "EUR";

    public BillingInterval Interval { get; set; } = BillingInterval.Monthly;

    /// <summary>For a whole period, in major units.</summary>
    public decimal? BaseFee { get; set; }

    /// <summary>What the line of the base fee says.</summary>
    public string? InvoiceName { get; set; }

    public bool PayInAdvance { get; set; }

    public decimal? TrialDays { get; set; }

    public bool UsageMonthly { get; set; }

    public bool FixedChargesMonthly { get; set; }

    /// <summary>In major units, for a whole period.</summary>
    public decimal? Commitment { get; set; }

    public string? CommitmentName { get; set; }

    /// <summary>Usage that comes after the invoice of its period is listed and not billed.</summary>
    public bool ListsLateUsage { get; set; }

    /// <summary>Separated by commas, like those of the commitment.</summary>
    public string? TaxCodes { get; set; }

    public string? CommitmentTaxCodes { get; set; }

    public List<ChargeDraft> Charges { get; } = [];

    public List<FixedChargeDraft> FixedCharges { get; } = [];

    public EarlyBillingDraft EarlyBilling { get; private init; } = new();

    public Currency Currency => Currency.Of(CurrencyCode);

    /// <summary>Months in between can be billed only where the period has several.</summary>
    public bool HasMonths => Interval is not (BillingInterval.Weekly or BillingInterval.Monthly);

    /// <summary>Says something about billing that a plain plan does not.</summary>
    public bool HasMore => PayInAdvance || TrialDays > 0 || Commitment is not null || TaxCodes is { Length: > 0 } || ListsLateUsage
        || InvoiceName is { Length: > 0 } || (HasMonths && (UsageMonthly || FixedChargesMonthly));

    /// <summary>What a version says, to edit or to try quantities on.</summary>
    public static PlanDraft Of(PlanView plan, PlanVersionView version)
    {
        var settings = version.Settings;
        var draft = new PlanDraft
        {
            Code = plan.Code,
            Name = plan.Name,
            CurrencyCode = plan.Currency.Code,
            Interval = plan.Interval,
            BaseFee = version.BaseFee.Amount,
            InvoiceName = settings.InvoiceName == PlanSettings.Plain.InvoiceName ? null : settings.InvoiceName,
            PayInAdvance = settings.PayInAdvance,
            TrialDays = settings.TrialDays == 0 ? null : settings.TrialDays,
            UsageMonthly = settings.UsageMonthly,
            FixedChargesMonthly = settings.FixedChargesMonthly,
            ListsLateUsage = settings.LateUsage == LateUsageRule.ListOnly,
            Commitment = settings.Commitment?.Amount.Amount,
            CommitmentName = settings.Commitment?.Name,
            CommitmentTaxCodes = NameList.Write(settings.Commitment?.TaxCodes ?? []),
            TaxCodes = NameList.Write(settings.TaxCodes),
            EarlyBilling = EarlyBillingDraft.Of(settings.EarlyBilling),
        };
        draft.Charges.AddRange(version.Charges.Select(ChargeDraft.Of));
        draft.FixedCharges.AddRange(settings.FixedCharges.Select(FixedChargeDraft.Of));
        return draft;
    }

    /// <exception cref="RuleBroken">A charge is incomplete or its price is refused; the message names the charge.</exception>
    public PlanInput ToInput() => new(
        Code ?? "", Name ?? "", CurrencyCode, BaseFee ?? 0,
        [.. Charges.Select((charge, i) => Named(charge.Name, $"Charge {i + 1}", () => charge.ToInput(Currency)))])
    {
        Interval = Interval,
        Settings = Settings([.. FixedCharges.Select((charge, i) => Named(charge.Name, $"Fixed charge {i + 1}", charge.ToCharge))]),
    };

    /// <summary>How the version is billed, with fixed charges that are complete.</summary>
    /// <exception cref="RuleBroken">The commitment or a sum of early billing is refused.</exception>
    public PlanSettings Settings(IReadOnlyList<FixedCharge> fixedCharges) => new()
    {
        PayInAdvance = PayInAdvance,
        TrialDays = (int)(TrialDays ?? 0),
        UsageMonthly = HasMonths && UsageMonthly,
        FixedChargesMonthly = HasMonths && FixedChargesMonthly,
        LateUsage = ListsLateUsage ? LateUsageRule.ListOnly : LateUsageRule.NextInvoice,
        FixedCharges = fixedCharges,
        Commitment = Commitment is { } promised
            ? new MinimumCommitment(Money.Of(promised, Currency), CommitmentName) { TaxCodes = NameList.Read(CommitmentTaxCodes) }
            : null,
        TaxCodes = NameList.Read(TaxCodes),
        EarlyBilling = EarlyBilling.ToLadder(Currency),
        InvoiceName = string.IsNullOrWhiteSpace(InvoiceName) ? PlanSettings.Plain.InvoiceName : InvoiceName,
    };

    private static T Named<T>(string? name, string otherwise, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (RuleBroken refusal)
        {
            throw new RuleBroken($"{(string.IsNullOrWhiteSpace(name) ? otherwise : $"\"{name.Trim()}\"")}: {refusal.Message}");
        }
    }
}
