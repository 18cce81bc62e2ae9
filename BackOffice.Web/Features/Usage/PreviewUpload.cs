using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using BackOffice.Web.Features.Usage.Files;
using BackOffice.Web.Shared;
using NodaTime;

namespace BackOffice.Web.Features.Usage;

/// <summary>Reads the first rows of an uploaded file exactly as they would be stored.</summary>
public sealed class PreviewUpload(Gate gate, UploadStore uploads, IClock clock)
{
    private const int Shown = 5;

    /// <exception cref="RuleBroken">He may not, the mapping is incomplete, or the file is gone.</exception>
    public async Task<IReadOnlyList<UsageFileLine>> Run(ImportId id, UsageMapping mapping, CancellationToken cancel = default)
    {
        await gate.Require(Permission.ImportUsage, cancel);
        MappingRules.RequireComplete(mapping);
        await using var file = uploads.Open(id);
        return await new UsageFileReader(mapping, clock.GetCurrentInstant()).ReadAsync(file, cancel).Take(Shown).ToListAsync(cancel);
    }
}
