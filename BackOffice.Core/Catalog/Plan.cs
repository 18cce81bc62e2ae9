using BackOffice.Core.Common;
using NodaTime;

namespace BackOffice.Core.Catalog;

public readonly record struct PlanId(Guid Value) : IId<PlanId>
{
    public static PlanId From(Guid value) => new(value);

    public static PlanId New() => new(Guid.CreateVersion7());
}

/// <summary>What we sell. Its prices live in versions; a published version never changes.</summary>
public sealed class Plan
{
    private readonly List<PlanVersion> _versions = [];

    private Plan()
    {
    }

    public PlanId Id { get; private init; }

    /// <summary>How files and scripts name the plan; unique.</summary>
    public string Code { get; private init; } = null!;

    public string Name { get; private set; } = null!;

    public Currency Currency { get; private init; } = null!;

    public BillingInterval Interval { get; private init; }

    /// <summary>Since when nobody new may subscribe; null while the plan is offered.</summary>
    public Instant? RetiredAt { get; private set; }

    public bool IsRetired => RetiredAt is not null;

    public IReadOnlyList<PlanVersion> Versions => [.. _versions.OrderBy(version => version.Number)];

    /// <summary>The version being edited, if there is one.</summary>
    public PlanVersion? Draft => _versions.SingleOrDefault(version => !version.IsPublished);

    /// <summary>What a new subscription gets; null while nothing is published.</summary>
    public PlanVersion? Latest => Versions.LastOrDefault(version => version.IsPublished);

    /// <summary>A new plan with an empty draft of version 1.</summary>
    /// <exception cref="RuleBroken">A field is missing or malformed.</exception>
    public static Plan Create(string code, string name, Currency currency, BillingInterval interval = BillingInterval.Monthly)
    {
        var plan = new Plan
        {
            Id = PlanId.New(),
            Code = Common.Code.Check(code, "Plan code"),
            Name = Text.Required(name, "Name"),
            Currency = currency,
            Interval = interval,
        };
        plan._versions.Add(PlanVersion.Empty(1, currency));
        return plan;
    }

    public void Rename(string name) => Name = Text.Required(name, "Name");

    /// <summary>Offers it no longer. Subscriptions that are on it go on, and may move to its other versions.</summary>
    /// <exception cref="RuleBroken">It was retired before, or nothing of it was ever published.</exception>
    public void Retire(Instant now)
    {
        if (Latest is null)
        {
            throw new RuleBroken($"Plan {Code} was never published, so nobody can subscribe to it anyway.");
        }

        RetiredAt = RetiredAt is null ? now : throw new RuleBroken($"Plan {Code} has been retired already.");
    }

    /// <summary>Takes a retirement back: new subscriptions get the plan again.</summary>
    /// <exception cref="RuleBroken">It is not retired.</exception>
    public void OfferAgain() => RetiredAt = RetiredAt is not null
        ? null
        : throw new RuleBroken($"Plan {Code} is not retired.");

    /// <summary>Asks whether somebody who is not on the plan may come to be.</summary>
    /// <exception cref="RuleBroken">Nothing of it is published, or it is retired.</exception>
    public void RequireOffer()
    {
        if (Latest is null)
        {
            throw new RuleBroken($"Plan {Code} is not published yet, so nobody can subscribe to it.");
        }

        if (IsRetired)
        {
            throw new RuleBroken($"Plan {Code} is retired: subscriptions on it go on, and nobody new can subscribe to it.");
        }
    }

    /// <summary>Replaces what the draft says; starts a new draft when every version is published.</summary>
    /// <exception cref="RuleBroken">The base fee has another currency or is negative, or a metric is charged twice.</exception>
    public void Edit(Money baseFee, IReadOnlyList<Charge> charges) =>
        Edit(baseFee, charges, (Draft ?? Latest)?.Settings ?? PlanSettings.Plain);

    /// <summary>The same with everything else a version can say.</summary>
    /// <exception cref="RuleBroken">Something contradicts itself, the interval or the currency; the message names it.</exception>
    public void Edit(Money baseFee, IReadOnlyList<Charge> charges, PlanSettings settings)
    {
        if (baseFee.Currency != Currency)
        {
            throw new RuleBroken($"The base fee is in {baseFee.Currency}, the plan in {Currency}.");
        }

        var draft = Draft ?? PlanVersion.Empty(_versions.Max(version => version.Number) + 1, Currency);
        draft.Edit(baseFee, charges, settings.Checked(Interval, Currency));
        if (!_versions.Contains(draft))
        {
            _versions.Add(draft);
        }
    }

    /// <summary>Makes the draft the version new subscriptions get. It can never be edited again.</summary>
    /// <param name="effectiveFrom">The first day on which new subscriptions get it; null for at once.</param>
    /// <exception cref="RuleBroken">There is no draft, or it charges nothing, or a later version took effect before that day.</exception>
    public PlanVersion Publish(Instant now, LocalDate? effectiveFrom = null)
    {
        var draft = Draft ?? throw new RuleBroken("There is no draft to publish. Edit the plan first.");
        if (Latest?.EffectiveFrom is { } last && !(effectiveFrom >= last))
        {
            throw new RuleBroken($"Version {Latest.Number} takes effect on {last:uuuu-MM-dd}. A newer one cannot take effect before it.");
        }

        draft.Publish(now, effectiveFrom);
        return draft;
    }

    /// <summary>What a subscription that starts on a day gets; null when nothing is published for it.</summary>
    public PlanVersion? InEffect(LocalDate day) =>
        Versions.LastOrDefault(version => version.IsPublished && !(version.EffectiveFrom > day));

    /// <summary>What a version says about money, as the engine reads it.</summary>
    /// <exception cref="RuleBroken">There is no such version.</exception>
    public PlanTerms Terms(int number) => Terms(Version(number));

    /// <summary>The same for a version at hand, such as the draft that is being tried.</summary>
    public PlanTerms Terms(PlanVersion version) => new()
    {
        PlanId = Id,
        PlanCode = Code,
        PlanName = Name,
        Version = version.Number,
        Interval = Interval,
        BaseFee = version.BaseFee,
        Charges = version.Charges,
        Settings = version.Settings,
    };

    /// <exception cref="RuleBroken">There is no such version.</exception>
    public PlanVersion Version(int number) => _versions.SingleOrDefault(version => version.Number == number)
        ?? throw new RuleBroken($"Plan {Code} has no version {number}.");
}
