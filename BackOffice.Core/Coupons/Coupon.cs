using BackOffice.Core.Common;
using NodaTime;

namespace BackOffice.Core.Coupons;

public readonly record struct CouponId(Guid Value) : IId<CouponId>
{
    public static CouponId From(Guid value) => new(value);

    public static CouponId New() => new(Guid.CreateVersion7());
}

/// <summary>A reduction in the catalogue. Customers get a copy of its terms, so that a later change alters no agreement.</summary>
public sealed class Coupon
{
    private Coupon()
    {
    }

    public CouponId Id { get; private init; }

    /// <summary>How files and people name the coupon; unique.</summary>
    public string Code { get; private init; } = null!;

    /// <summary>What the invoice says.</summary>
    public string Name { get; private set; } = null!;

    public CouponTerms Terms { get; private set; } = null!;

    /// <summary>Whether a customer may have it more than once at a time.</summary>
    public bool IsReusable { get; private set; }

    /// <summary>The last day on which it can be given and used; null when it does not expire.</summary>
    public LocalDate? ExpiresOn { get; private set; }

    /// <summary>Since when it is no longer offered; null while it is.</summary>
    public Instant? WithdrawnAt { get; private set; }

    /// <exception cref="RuleBroken">A field is missing or malformed.</exception>
    public static Coupon Create(string code, string name, CouponTerms terms, LocalDate? expiresOn = null, bool isReusable = true) => new()
    {
        Id = CouponId.New(),
        Code = Common.Code.Check(code, "Coupon code"),
        Name = Text.Required(name, "Name"),
        Terms = terms,
        ExpiresOn = expiresOn,
        IsReusable = isReusable,
    };

    /// <summary>Changes what is offered from now on; coupons that customers have keep their terms.</summary>
    /// <exception cref="RuleBroken">The name is missing.</exception>
    public void Edit(string name, CouponTerms terms, LocalDate? expiresOn, bool isReusable) =>
        (Name, Terms, ExpiresOn, IsReusable) = (Text.Required(name, "Name"), terms, expiresOn, isReusable);

    /// <summary>Offers it no longer. What customers have of it is ended apart.</summary>
    /// <exception cref="RuleBroken">It was withdrawn before.</exception>
    public void Withdraw(Instant now) => WithdrawnAt = WithdrawnAt is null
        ? now
        : throw new RuleBroken($"Coupon {Code} has been withdrawn already.");
}
