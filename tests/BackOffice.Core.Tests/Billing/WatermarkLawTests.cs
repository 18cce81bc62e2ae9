using BackOffice.Core.Billing;
using BackOffice.Core.Rating;
using BackOffice.Core.Subscriptions;
using BackOffice.Core.Tests.Oracle;

namespace BackOffice.Core.Tests.Billing;

/// <summary>Asking for what is due after a moment gives the same as asking for everything and leaving out what was due before.</summary>
public sealed class WatermarkLawTests
{
    private static readonly Gen<(RandomAccount Random, Instant After)> Cases = Gen.Select(RandomAccounts.Of(Eur), Gen.Int[-1_000, 40_000])
        .Select((random, quarters) => (random, RandomUsage.Begin + Duration.FromMinutes(quarters * 15)));

    [Fact]
    public void What_is_due_after_a_moment_is_all_that_is_due_less_what_was_due_by_then() => Cases.Sample(each =>
        each.Random.Account.Lives.All(life => Named(DueItems.Of(life, each.Random.Through, each.After))
            == Named(DueItems.Of(life, each.Random.Through).Where(item => item.DueAt > each.After))), iter: 600);

    [Fact]
    public void A_moment_at_which_something_is_due_is_not_after_itself() => RandomAccounts.Of(Eur).Sample(random =>
        random.Account.Lives.All(life => DueItems.Of(life, random.Through).Select(item => item.DueAt).Distinct().All(moment =>
            Named(DueItems.Of(life, random.Through, moment))
            == Named(DueItems.Of(life, random.Through).Where(item => item.DueAt > moment)))), iter: 30);

    [Fact]
    public void The_same_holds_for_events_that_are_billed_one_by_one() => Cases.Sample(each =>
    {
        var rater = new ItemRater(each.Random.Account.Metrics, each.Random.Log);
        return each.Random.Account.Lives.All(life =>
            Named(rater.EventByEvent(life, each.Random.Through, each.After).Select(rated => rated.Item))
            == Named(rater.EventByEvent(life, each.Random.Through).Select(rated => rated.Item).Where(item => item.DueAt > each.After)));
    }, iter: 80);

    [Fact]
    public void A_document_is_the_same_when_it_is_computed_again() => RandomAccounts.Of(Eur).Sample(random =>
    {
        var account = random.Account;
        foreach (var document in random.Due())
        {
            var keys = document.Items.Select(rated => rated.Item.Key).ToHashSet();
            var again = BillingEngine.Again(account, random.Log, (document.DueAt, document.Currency), keys);
            if (again.Content.Total != document.Content.Total || again.Content.Due != document.Content.Due
                || again.Lines.Count != document.Lines.Count)
            {
                return false;
            }

            account = account.After(document);
        }

        return true;
    }, iter: 20);

    private static string Named(IEnumerable<DueItem> items) => string.Join(
        "\n", items.Select(item => $"{item.Key} {item.DueAt} {item.Days} {item.Whole} {item.Moments} {item.Of}"));
}
