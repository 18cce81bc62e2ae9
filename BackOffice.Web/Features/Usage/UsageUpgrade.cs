using BackOffice.Data;
using BackOffice.Data.Usage;
using BackOffice.Web.Features.Usage.Events;

namespace BackOffice.Web.Features.Usage;

/// <summary>What usage needs before anybody is served.</summary>
internal static class UsageUpgrade
{
    /// <summary>Moves the usage of earlier versions into the store, and finishes the records a crash has left open.</summary>
    public static async Task Run(BackOfficeDb db, CancellationToken cancel)
    {
        var book = await SubscriptionBook.Load(db, cancel);
        await db.CarryOverUsage(book.BucketOf, cancel);
        await db.RecoverImports(cancel);
        await UndoImport.Recover(db, cancel);
        await CorrectEvent.Recover(db, cancel);
        await ApiImports.Recover(db, cancel);
    }
}
