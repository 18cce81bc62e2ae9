using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using BackOffice.Data;
using BackOffice.Data.Audit;
using BackOffice.Web.Shared;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace BackOffice.Web.Features.Usage;

/// <summary>Takes a usage file in: the whole file and its row, or neither.</summary>
public sealed partial class ReceiveUpload(
    IDbContextFactory<BackOfficeDb> dbs, Gate gate, UploadStore uploads, IClock clock, ILogger<ReceiveUpload> logger)
{
    /// <param name="fileName">What the sender calls it; only ever shown.</param>
    /// <param name="content">Read once, from front to back.</param>
    /// <exception cref="RuleBroken">He may not, the name is missing, or the file is empty or too large.</exception>
    public async Task<ImportId> Run(string fileName, Stream content, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ImportUsage, cancel);
        var name = Text.Required(LastPart(fileName), "File name", 255);
        var file = await uploads.Receive(content, cancel);
        ImportId? kept = null;
        var stored = false;
        try
        {
            await using var db = await dbs.CreateDbContextAsync(cancel);
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            var import = await Add(db, actor, name, file, cancel);
            uploads.Keep(file, import.Id);
            kept = import.Id;
            await transaction.CommitAsync(cancel);
            stored = true;
            LogReceived(import.Number, file.Bytes);
            return import.Id;
        }
        finally
        {
            if (!stored)
            {
                uploads.Discard(file, kept);
            }
        }
    }

    private async Task<Import> Add(BackOfficeDb db, Actor actor, string name, ReceivedFile file, CancellationToken cancel)
    {
        var now = clock.GetCurrentInstant();
        var number = await db.NextNumber(Numbering.Imports, 0, cancel);
        var import = Import.Upload(number, name, file.Bytes, file.Sha256, actor.AsPerson(), now);
        db.Imports.Add(import);
        var detail = $"Import {number}, {name}, {file.Bytes} bytes, SHA-256 {file.Sha256}";
        db.Record(actor.AsPerson(), now, "Uploaded", "Import", import.Id.Value, detail);
        await db.SaveChangesAsync(cancel);
        return import;
    }

    /// <summary>Some browsers send the whole path, and names may hide characters that reorder what is shown.</summary>
    private static string LastPart(string fileName) =>
        string.Concat(fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..].Where(IsShown)).Trim();

    private static bool IsShown(char c) => char.GetUnicodeCategory(c) is not (
        System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format);

    [LoggerMessage(Level = LogLevel.Information, Message = "Received import {Number}, {Bytes} bytes")]
    private partial void LogReceived(long number, long bytes);
}
