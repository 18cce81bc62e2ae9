using BackOffice.Core.Coupons;
using BackOffice.Core.Customers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BackOffice.Data.Mapping;

internal sealed class CouponMapping : IEntityTypeConfiguration<Coupon>
{
    public void Configure(EntityTypeBuilder<Coupon> coupon)
    {
        coupon.ToTable("coupons");
        coupon.Property(c => c.Id).ValueGeneratedNever();
        coupon.Property(c => c.Code).HasMaxLength(64);
        coupon.HasIndex(c => c.Code).IsUnique();
        coupon.Property(c => c.Name).HasMaxLength(200);
        coupon.HasRevision();
    }
}

internal sealed class AppliedCouponMapping : IEntityTypeConfiguration<AppliedCoupon>
{
    public void Configure(EntityTypeBuilder<AppliedCoupon> applied)
    {
        applied.ToTable("applied_coupons", table =>
        {
            table.HasCheckConstraint("ck_applied_coupons_used", "used_minor >= 0");
            table.HasCheckConstraint("ck_applied_coupons_left", "invoices_left is null or invoices_left >= 0");
        });
        applied.Property(a => a.Id).ValueGeneratedNever();
        applied.Property(a => a.Name).HasMaxLength(200);
        applied.ComplexProperty(a => a.Progress, progress =>
        {
            progress.Property(p => p.UsedMinor).HasColumnName("used_minor");
            progress.Property(p => p.InvoicesLeft).HasColumnName("invoices_left");
            progress.Property(p => p.UsedOnce).HasColumnName("used_once");
        });
        applied.Ignore(a => a.Left);
        applied.HasOne<Coupon>().WithMany().HasForeignKey(a => a.CouponId).OnDelete(DeleteBehavior.Restrict);
        applied.HasOne<Customer>().WithMany().HasForeignKey(a => a.CustomerId).OnDelete(DeleteBehavior.Restrict);
        applied.HasRevision();
    }
}
