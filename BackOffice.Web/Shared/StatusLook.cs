using static MudBlazor.Icons.Material.Outlined;

namespace BackOffice.Web.Shared;

/// <summary>How a state is shown: words, icon and tone, the same on every page.</summary>
public sealed record StatusLook(string Text, string Icon, Tone Tone)
{
    private static readonly Dictionary<string, StatusLook> Known = new()
    {
        ["Draft"] = new("Draft", Edit, Tone.Neutral),
        ["NeedsApproval"] = new("Needs approval", HourglassEmpty, Tone.Attention),
        ["Approved"] = new("Approved", Check, Tone.Info),
        ["Issued"] = new("Issued", MudBlazor.Icons.Material.Outlined.Lock, Tone.Locked),
        ["Voided"] = new("Voided", Block, Tone.Void),
        ["Parked"] = new("Parked", WarningAmber, Tone.Bad),
        ["Open"] = new("Open", RadioButtonUnchecked, Tone.Neutral),
        ["PartPaid"] = new("Part-paid", Timelapse, Tone.Attention),
        ["Paid"] = new("Paid", CheckCircle, Tone.Good),
        ["Overdue"] = new("Overdue", WarningAmber, Tone.Bad),
        ["Credited"] = new("Credited", Undo, Tone.Neutral),
        ["NotSent"] = new("Not sent", MailOutline, Tone.Neutral),
        ["Sent"] = new("Sent", MarkEmailRead, Tone.Good),
        ["Bounced"] = new("Bounced", ReportGmailerrorred, Tone.Bad),
        ["Active"] = new("Active", CheckCircle, Tone.Good),
        ["Expired"] = new("Expired", Timelapse, Tone.Neutral),
        ["Revoked"] = new("Revoked", Block, Tone.Void),
        ["Disabled"] = new("Disabled", Block, Tone.Neutral),
        ["Locked"] = new("Locked", MudBlazor.Icons.Material.Outlined.Lock, Tone.Attention),
    };

    /// <summary>The look of a state by the name of its enum member; an unknown one is shown in words, neutral.</summary>
    public static StatusLook Of(string status) =>
        Known.TryGetValue(status, out var look) ? look : new(Words(status), Circle, Tone.Neutral);

    /// <summary>The icon a tone has when the page gives none.</summary>
    public static string IconOf(Tone tone) => tone switch
    {
        Tone.Attention => HourglassEmpty,
        Tone.Info => Info,
        Tone.Locked => MudBlazor.Icons.Material.Outlined.Lock,
        Tone.Good => CheckCircle,
        Tone.Bad => WarningAmber,
        Tone.Void => Block,
        _ => Circle,
    };

    /// <summary>"PartPaid" becomes "Part paid".</summary>
    private static string Words(string name) =>
        string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));
}
