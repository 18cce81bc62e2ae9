using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using BackOffice.Web.Features.Usage.Files;
using BackOffice.Web.Shared;

namespace BackOffice.Web.Features.Usage;

/// <summary>Hands the check of a file to the background, in the name of whoever asks.</summary>
public sealed class StartCheck(Gate gate, CheckWorker worker)
{
    /// <exception cref="RuleBroken">He may not, or the mapping is incomplete.</exception>
    public async Task Run(ImportId id, UsageMapping mapping, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ImportUsage, cancel);
        MappingRules.RequireComplete(mapping);
        worker.Start(id, mapping, actor);
    }
}
