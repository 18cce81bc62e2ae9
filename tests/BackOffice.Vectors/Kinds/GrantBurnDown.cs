using BackOffice.Core.Wallets;
using NodaTime;
using NodaTime.Text;

namespace BackOffice.Vectors.Kinds;

/// <summary>Grants that burn down over time: OpenMeter's figures.</summary>
internal static class GrantBurnDown
{
    public static IEnumerable<KeyValuePair<string, Translate>> Kinds => [new("grant_burn_down", Burn)];

    private static void Burn(Vector vector, Check check)
    {
        var given = vector.Input;
        var burnt = BurnDown.Of(
            [.. given["grants"].Items.Select(GrantOf)],
            given["starting_balances"].Given.ToDictionary(member => member.Name, member => member.Value.Number, StringComparer.Ordinal),
            [.. given["usage"].Items.Select(use => new GrantUse(use["at"].Moment, use["quantity"].Number))],
            given["start"].Moment,
            given["until"].Moment);
        check.IfExpected("balances", () => burnt.Balances.ToDictionary(grant => grant.Key, grant => (object?)grant.Value));
        check.IfExpected("overage", () => burnt.Overage);
        check.IfExpected("segments", () => burnt.Segments.Select(segment => new Dictionary<string, object?>
        {
            ["from"] = segment.Start,
            ["to"] = segment.End,
            ["usage"] = segment.Usage,
            ["balance_at_start"] = segment.BalanceAtStart,
            ["overage_at_start"] = segment.OverageAtStart,
            ["balance_at_end"] = segment.BalanceAtEnd,
            ["overage"] = segment.Overage,
        }));
    }

    private static Grant GrantOf(Facts facts) => new(
        facts["id"].Text,
        facts["amount"].Number,
        facts["priority"].WholeOrNull ?? 0,
        facts["effective_at"].Moment,
        MomentOf(facts["expires_at"]),
        MomentOf(facts["deleted_at"]) ?? MomentOf(facts["voided_at"]),
        facts["recurrence"].IsThere
            ? new(PeriodPattern.NormalizingIso.Parse(facts["recurrence"]["interval"].Text).Value, facts["recurrence"]["anchor"].Moment)
            : null);

    private static Instant? MomentOf(Facts facts) => facts.IsThere ? facts.Moment : null;
}
