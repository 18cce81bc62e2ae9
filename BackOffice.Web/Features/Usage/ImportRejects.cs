using BackOffice.Core.Usage;
using BackOffice.Web.Features.Usage.Files;

namespace BackOffice.Web.Features.Usage;

/// <summary>Keeps the rows an import refuses as a file that people repair and bring back.</summary>
internal static class ImportRejects
{
    /// <summary>Written before the import is done, so that a report never promises a file that a crash took away.</summary>
    public static async Task Keep(UploadStore uploads, ImportId id, UsageMapping mapping, ImportTally tally, CancellationToken cancel)
    {
        if (!tally.Rejects.Any(error => !error.StopsFile || error.IsAtLine))
        {
            uploads.DropRejects(id);
            return;
        }

        await using var file = uploads.Open(id);
        await uploads.WriteRejects(id, text => RejectsFile.Write(file, mapping, tally.Rejects, text, cancel));
    }
}
