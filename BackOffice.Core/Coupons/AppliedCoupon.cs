using BackOffice.Core.Common;
using BackOffice.Core.Customers;
using NodaTime;

namespace BackOffice.Core.Coupons;

public readonly record struct AppliedCouponId(Guid Value) : IId<AppliedCouponId>
{
    public static AppliedCouponId From(Guid value) => new(value);

    public static AppliedCouponId New() => new(Guid.CreateVersion7());
}

/// <summary>What became of a customer's coupon.</summary>
public enum AppliedCouponStatus
{
    Active,
    UsedUp,
    Ended,
}

/// <summary>A coupon that a customer has, with terms of its own and how much of it is used.</summary>
public sealed class AppliedCoupon
{
    private AppliedCoupon()
    {
    }

    public AppliedCouponId Id { get; private init; }

    public CouponId CouponId { get; private init; }

    public CustomerId CustomerId { get; private init; }

    public string Name { get; private init; } = null!;

    /// <summary>The terms agreed with this customer; the catalogue's unless agreed otherwise.</summary>
    public CouponTerms Terms { get; private init; } = null!;

    public CouponProgress Progress { get; private set; } = null!;

    public AppliedCouponStatus Status { get; private set; }

    /// <summary>When the customer got it; the order in which equal coupons are used.</summary>
    public Instant AppliedAt { get; private init; }

    /// <summary>The last day on which it is used; null when it does not expire.</summary>
    public LocalDate? ExpiresOn { get; private init; }

    /// <summary>What is left of an amount that is taken off once; null for every other coupon.</summary>
    public Money? Left => Terms is { Frequency: CouponFrequency.Once, Reduction: FixedReduction { Amount: var amount } }
        ? Money.OfMinor(Math.Max(0, amount.MinorUnits - Progress.UsedMinor), amount.Currency)
        : null;

    /// <summary>Gives a coupon to a customer.</summary>
    /// <param name="today">The day on the customer's calendar.</param>
    /// <param name="agreed">Terms for this customer; null for those of the catalogue.</param>
    /// <param name="hasItAlready">Whether the customer has this coupon and it is active.</param>
    /// <exception cref="RuleBroken">It is withdrawn or expired, or the customer has it and it can be had once only.</exception>
    public static AppliedCoupon Give(
        Coupon coupon, CustomerId customer, Instant now, LocalDate today, CouponTerms? agreed = null, bool hasItAlready = false)
    {
        if (coupon.WithdrawnAt is not null || coupon.ExpiresOn < today)
        {
            throw new RuleBroken($"Coupon {coupon.Code} is no longer offered.");
        }

        if (hasItAlready && !coupon.IsReusable)
        {
            throw new RuleBroken($"The customer has coupon {coupon.Code} already, and it can be had once only.");
        }

        var terms = agreed ?? coupon.Terms;
        return new()
        {
            Id = AppliedCouponId.New(),
            CouponId = coupon.Id,
            CustomerId = customer,
            Name = coupon.Name,
            Terms = terms,
            Progress = CouponProgress.Start(terms),
            AppliedAt = now,
            ExpiresOn = coupon.ExpiresOn,
        };
    }

    /// <summary>A coupon that a customer has already where he comes from, with what is left of it.</summary>
    /// <exception cref="RuleBroken">The progress does not fit the terms, or nothing is left.</exception>
    public static AppliedCoupon Bring(
        Coupon coupon, CustomerId customer, string name, CouponTerms terms, Instant givenAt, LocalDate? expiresOn, CouponProgress progress)
    {
        var counts = terms is { Frequency: CouponFrequency.Once, Reduction: FixedReduction };
        if (progress.UsedMinor < 0 || (progress.UsedMinor > 0 && !counts) || progress.InvoicesLeft > terms.Invoices
            || progress.InvoicesLeft is null != terms.Invoices is null || progress.IsUsedUp(terms))
        {
            throw new RuleBroken($"What is left of coupon \"{name}\" does not fit its terms: {terms.InWords()}.");
        }

        return new()
        {
            Id = AppliedCouponId.New(),
            CouponId = coupon.Id,
            CustomerId = customer,
            Name = Text.Required(name, "Name"),
            Terms = terms,
            Progress = progress,
            AppliedAt = givenAt,
            ExpiresOn = expiresOn,
        };
    }

    /// <summary>Whether an invoice of that day is reduced.</summary>
    public bool IsGoodOn(LocalDate day) => Status == AppliedCouponStatus.Active && !(ExpiresOn < day);

    /// <summary>The coupon as an invoice meets it; asking uses nothing up.</summary>
    public CouponInHand InHand() => new(Name, Terms, Progress);

    /// <summary>An invoice that it reduced is issued.</summary>
    /// <exception cref="RuleBroken">It is not active, or less is left of it.</exception>
    public void Spend(Money credit)
    {
        if (Status != AppliedCouponStatus.Active)
        {
            throw new RuleBroken($"Coupon \"{Name}\" is not active any more. Calculate the invoice again.");
        }

        if (Left is { } left && credit.MinorUnits > left.MinorUnits)
        {
            throw new RuleBroken($"Only {left} of coupon \"{Name}\" are left, the invoice takes {credit}. Calculate the invoice again.");
        }

        Progress = Progress.After(Terms, credit);
        Status = Progress.IsUsedUp(Terms) ? AppliedCouponStatus.UsedUp : AppliedCouponStatus.Active;
    }

    /// <summary>An invoice that it reduced is voided: what it took is there again. One that was ended by hand stays ended.</summary>
    public void GiveBack(Money credit)
    {
        Progress = Progress.Before(Terms, credit);
        Status = Status == AppliedCouponStatus.UsedUp ? AppliedCouponStatus.Active : Status;
    }

    /// <summary>Takes it from the customer; invoices keep what it took off.</summary>
    /// <exception cref="RuleBroken">It is not active.</exception>
    public void End() => Status = Status == AppliedCouponStatus.Active
        ? AppliedCouponStatus.Ended
        : throw new RuleBroken($"Coupon \"{Name}\" is not active any more.");
}
