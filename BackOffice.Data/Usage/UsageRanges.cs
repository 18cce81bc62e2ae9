namespace BackOffice.Data.Usage;

/// <summary>
/// Which events are of which import: ranges of their numbers. A file has one. What a key sends by the API on a day is one import, too: its
/// range grows with each commit, and a new one begins only after somebody else has stored something in between.
/// </summary>
internal static class UsageRanges
{
    private const string Last = "SELECT no, id, next_event FROM usage_imports ORDER BY no DESC LIMIT 1";

    private const string Newest = "SELECT no, first_event FROM usage_imports WHERE id = @id ORDER BY first_event DESC LIMIT 1";

    private const string Grow = "UPDATE usage_imports SET next_event = @next, outcome = @outcome WHERE no = @no";

    private const string Tell = "UPDATE usage_imports SET outcome = @outcome WHERE no = @no";

    private const string Begin = """
        INSERT INTO usage_imports (no, id, first_event, next_event, outcome)
        SELECT COALESCE(MAX(no), 0) + 1, @id, @first, @next, @outcome FROM usage_imports
        """;

    /// <summary>Keeps what a writer has stored as its import's, with what the import means now; in the writer's transaction.</summary>
    public static async Task Save(UsageWriter writer, string outcome, CancellationToken cancel)
    {
        (string, object) id = ("id", writer.Import.Value);
        var last = await writer.Rows(
            Last, [], row => (No: row.GetInt64(0), Id: row.GetGuid(1), Next: row.GetInt64(2)), cancel);
        if (last is [var end] && end.Id == writer.Import.Value && end.Next == writer.FirstEvent)
        {
            await writer.Run(Grow, [("no", end.No), ("next", writer.NextEvent), ("outcome", outcome)], cancel);
            return;
        }

        var newest = await writer.Rows(Newest, [id], row => (No: row.GetInt64(0), First: row.GetInt64(1)), cancel);
        if (newest is [var empty] && empty.First == writer.FirstEvent)
        {
            await writer.Run(Grow, [("no", empty.No), ("next", writer.NextEvent), ("outcome", outcome)], cancel);
        }
        else if (newest is [var known] && writer.NextEvent == writer.FirstEvent)
        {
            await writer.Run(Tell, [("no", known.No), ("outcome", outcome)], cancel);
        }
        else
        {
            if (newest is [var before])
            {
                await writer.Run(Tell, [("no", before.No), ("outcome", ImportOutcome.Unknown)], cancel); // Only the newest range tells.
            }

            await writer.Run(
                Begin, [id, ("first", writer.FirstEvent), ("next", writer.NextEvent), ("outcome", outcome)], cancel);
        }
    }
}
