using BackOffice.Core.Billing;
using BackOffice.Core.Customers;

namespace BackOffice.Core.Tests.Billing;

public sealed class RunItemTests
{
    private static RunItem Item() => RunItem.Waiting(BillingRunId.New(), CustomerId.New());

    [Theory]
    [InlineData(0, RunItemStatus.NothingDue)]
    [InlineData(1, RunItemStatus.Billed)]
    [InlineData(3, RunItemStatus.Billed)]
    public void Is_billed_when_there_are_invoices_and_has_nothing_due_otherwise(int invoices, RunItemStatus status)
    {
        var item = Item();
        Assert.Equal((RunItemStatus.Waiting, null, 0), (item.Status, item.Reason, item.Invoices));

        item.Billed(invoices);
        Assert.Equal((status, null, invoices), (item.Status, item.Reason, item.Invoices));
    }

    [Fact]
    public void A_parked_customer_says_why_and_can_be_tried_again()
    {
        var item = Item();
        item.Park("The total would be absurd.");
        Assert.Equal((RunItemStatus.Parked, "The total would be absurd."), (item.Status, item.Reason));

        item.Retry();
        Assert.Equal((RunItemStatus.Waiting, null), (item.Status, item.Reason));

        item.Billed(1);
        Assert.Equal((RunItemStatus.Billed, null), (item.Status, item.Reason));
    }

    [Fact]
    public void Only_a_parked_customer_can_be_tried_again()
    {
        var (waiting, billed, nothing) = (Item(), Item(), Item());
        billed.Billed(2);
        nothing.Billed(0);

        Assert.All(new[] { waiting, billed, nothing }, item =>
        {
            var before = item.Status;
            Assert.Equal("Only a parked customer can be tried again.", Assert.Throws<RuleBroken>(item.Retry).Message);
            Assert.Equal(before, item.Status);
        });
    }
}
