using BackOffice.Core.Common;
using BackOffice.Core.Coupons;
using BackOffice.Data.Identity;
using BackOffice.Web.Features.Coupons;
using BackOffice.Web.Tests.Features.Catalog;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace BackOffice.Web.Tests.Features.Coupons;

public sealed class CouponTests
{
    private static readonly CouponInput Welcome = new(
        "welcome", "Welcome", new CouponTerms(new PercentReduction(20), CouponFrequency.Recurring, 3), null, IsReusable: false);

    [Fact]
    public async Task A_coupon_reads_back_as_it_was_written()
    {
        await using var test = await TestOffice.Create();
        var terms = new CouponTerms(new FixedReduction(Money.OfMinor(12_34, Currency.Of("EUR"))), CouponFrequency.Once);
        var id = default(CouponId);
        await test.AsApprover<SaveCoupon>(async save => id = await save.Run(null, Welcome with { Terms = terms }));

        var view = await Queries(test).View(id);

        Assert.Equal(Welcome with { Terms = terms }, view!.Input);
        Assert.Equal("12.34 EUR on everything, until it is used up", Assert.Single(await Queries(test).List()).InWords);
    }

    [Fact]
    public async Task A_customer_keeps_the_terms_he_was_given()
    {
        await using var test = await TestOffice.Create();
        var acme = await test.AddCustomer(Samples.Acme);
        var id = default(CouponId);
        await test.AsApprover<SaveCoupon>(async save => id = await save.Run(null, Welcome));
        await test.AsApprover<GiveCoupon>(give => give.Run(acme, "welcome"));

        var changed = Welcome with { Terms = new CouponTerms(new PercentReduction(5), CouponFrequency.Forever) };
        await test.AsApprover<SaveCoupon>(save => save.Run(id, changed));

        var row = Assert.Single(await Queries(test).Of(acme));
        Assert.Equal("20 % on everything, on the next 3 invoices", row.InWords);
        Assert.Equal(("3 invoices", AppliedCouponStatus.Active), (row.Left, row.Status));
        Assert.Equal("5 % on everything, on every invoice", Assert.Single(await Queries(test).List()).InWords);
    }

    [Fact]
    public async Task What_can_be_had_once_is_not_given_twice_until_it_is_ended()
    {
        await using var test = await TestOffice.Create();
        var acme = await test.AddCustomer(Samples.Acme);
        await test.AsApprover<SaveCoupon>(save => save.Run(null, Welcome));
        await test.AsApprover<GiveCoupon>(give => give.Run(acme, "welcome"));

        var refusal = await Samples.Refused(() => test.AsApprover<GiveCoupon>(give => give.Run(acme, "welcome")));
        var first = Assert.Single(await Queries(test).Of(acme));
        await test.AsApprover<EndCoupon>(end => end.Run(first.Id));
        await test.AsApprover<GiveCoupon>(give => give.Run(acme, "welcome"));

        Assert.Equal("The customer has coupon welcome already, and it can be had once only.", refusal.Message);
        Assert.Equal([AppliedCouponStatus.Active, AppliedCouponStatus.Ended], (await Queries(test).Of(acme)).Select(row => row.Status));
    }

    [Fact]
    public async Task A_withdrawn_coupon_is_no_longer_offered()
    {
        await using var test = await TestOffice.Create();
        var acme = await test.AddCustomer(Samples.Acme);
        var id = default(CouponId);
        await test.AsApprover<SaveCoupon>(async save => id = await save.Run(null, Welcome));
        await test.AsApprover<WithdrawCoupon>(withdraw => withdraw.Run(id));

        var refusal = await Samples.Refused(() => test.AsApprover<GiveCoupon>(give => give.Run(acme, "welcome")));

        Assert.Equal("Coupon welcome is no longer offered.", refusal.Message);
        Assert.Empty(await Queries(test).Offered());
    }

    [Fact]
    public async Task A_coupon_is_limited_to_plans_and_metrics_that_exist()
    {
        await using var test = await TestOffice.Create();
        var limited = Welcome with
        {
            Terms = new CouponTerms(new PercentReduction(20), CouponFrequency.Forever, scope: CouponScope.Metrics("tokens", "calls")),
        };

        var refusal = await Samples.Refused(() => test.AsApprover<SaveCoupon>(save => save.Run(null, limited)));

        Assert.Equal("There is no metric with the code \"tokens\".", refusal.Message);
    }

    [Fact]
    public async Task An_expired_coupon_is_not_given()
    {
        await using var test = await TestOffice.Create();
        var acme = await test.AddCustomer(Samples.Acme);
        await test.AsApprover<SaveCoupon>(save => save.Run(null, Welcome with { ExpiresOn = new LocalDate(2026, 3, 1) }));

        var refusal = await Samples.Refused(() => test.AsApprover<GiveCoupon>(give => give.Run(acme, "welcome")));

        Assert.Equal("Coupon welcome is no longer offered.", refusal.Message);
    }

    [Fact]
    public async Task A_viewer_gives_nothing()
    {
        await using var test = await TestOffice.Create();
        var acme = await test.AddCustomer(Samples.Acme);
        await test.AsApprover<SaveCoupon>(save => save.Run(null, Welcome));
        var viewer = await test.AddPerson("viewer", Roles.Viewer);

        await Samples.Refused(() => test.As<SaveCoupon>(viewer, save => save.Run(null, Welcome with { Code = "other" })));
        var refusal = await Samples.Refused(() => test.As<GiveCoupon>(viewer, give => give.Run(acme, "welcome")));

        Assert.Equal("This needs the role Clerk or Approver. Ask an administrator.", refusal.Message);
        Assert.Empty(await Queries(test).Of(acme));
    }

    private static CouponQueries Queries(TestOffice test) =>
        test.Services.CreateScope().ServiceProvider.GetRequiredService<CouponQueries>();
}
