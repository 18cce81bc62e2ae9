using BackOffice.Core.Coupons;
using BackOffice.Core.Customers;
using BackOffice.Data;
using BackOffice.Data.Mapping;
using BackOffice.Web.Features.Settings;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Coupons;

/// <summary>A coupon in the list.</summary>
/// <param name="Customers">How many customers have it and can still use it.</param>
public sealed record CouponRow(
    CouponId Id, string Code, string Name, string InWords, LocalDate? ExpiresOn, bool IsOffered, int Customers);

/// <summary>A coupon to edit.</summary>
public sealed record CouponView(CouponId Id, CouponInput Input, bool IsOffered, int Revision);

/// <summary>A coupon of a customer.</summary>
/// <param name="Left">What it can still take off, as words.</param>
public sealed record CustomerCouponRow(
    AppliedCouponId Id, string Name, string InWords, string Left, AppliedCouponStatus Status, Instant AppliedAt, LocalDate? ExpiresOn);

/// <summary>Reads coupons.</summary>
public sealed class CouponQueries(IDbContextFactory<BackOfficeDb> dbs, IClock clock)
{
    public async Task<IReadOnlyList<CouponRow>> List(CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var today = await db.Today(clock, cancel);
        var coupons = await db.Coupons.AsNoTracking().OrderBy(c => c.Name).ThenBy(c => c.Code).ToListAsync(cancel);
        var customers = await db.AppliedCoupons.Where(a => a.Status == AppliedCouponStatus.Active)
            .Select(a => new { a.CouponId, a.CustomerId }).Distinct().GroupBy(a => a.CouponId)
            .Select(group => new { Id = group.Key, Count = group.Count() }).ToDictionaryAsync(g => g.Id, g => g.Count, cancel);
        return
        [
            .. coupons.Select(c => new CouponRow(
                c.Id, c.Code, c.Name, c.Terms.InWords(), c.ExpiresOn, IsOffered(c, today), customers.GetValueOrDefault(c.Id))),
        ];
    }

    /// <summary>The coupons that can be given today.</summary>
    public async Task<IReadOnlyList<Choice>> Offered(CancellationToken cancel = default) =>
        [.. (await List(cancel)).Where(c => c.IsOffered).Select(c => new Choice(c.Code, $"{c.Name}: {c.InWords}"))];

    /// <summary>Null when there is no such coupon.</summary>
    public async Task<CouponView?> View(CouponId id, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var coupon = await db.Coupons.SingleOrDefaultAsync(c => c.Id == id, cancel); // Tracked: the revision lives in the tracker only.
        return coupon is null ? null : new CouponView(
            id, new CouponInput(coupon.Code, coupon.Name, coupon.Terms, coupon.ExpiresOn, coupon.IsReusable),
            coupon.WithdrawnAt is null, db.RevisionOf(coupon));
    }

    /// <summary>The coupons a customer has or had, those that can be used first.</summary>
    public async Task<IReadOnlyList<CustomerCouponRow>> Of(CustomerId customer, CancellationToken cancel = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var rows = await db.AppliedCoupons.AsNoTracking().Where(a => a.CustomerId == customer).OrderBy(a => a.AppliedAt)
            .ToListAsync(cancel);
        return
        [
            .. rows.OrderBy(a => a.Status).Select(a => new CustomerCouponRow(
                a.Id, a.Name, a.Terms.InWords(), Left(a), a.Status, a.AppliedAt, a.ExpiresOn)),
        ];
    }

    private static string Left(AppliedCoupon applied) => applied switch
    {
        { Left: { } amount } => MoneyText.Of(amount),
        { Terms.Frequency: CouponFrequency.Recurring, Progress.InvoicesLeft: { } invoices } =>
            invoices == 1 ? "1 invoice" : $"{invoices} invoices",
        { Terms.Frequency: CouponFrequency.Once } => applied.Progress.UsedOnce ? "Nothing" : "1 invoice",
        _ => "Every invoice",
    };

    private static bool IsOffered(Coupon coupon, LocalDate today) => coupon.WithdrawnAt is null && !(coupon.ExpiresOn < today);
}
