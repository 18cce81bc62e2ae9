using BackOffice.Core.Common;
using BackOffice.Core.Usage;
using BackOffice.Web.Features.Usage.Files;
using BackOffice.Web.Shared;

namespace BackOffice.Web.Features.Usage;

/// <summary>Hands an import to the background, in the name of whoever asks.</summary>
public sealed class StartImport(Gate gate, ImportWorker worker, CheckWorker forms)
{
    /// <exception cref="RuleBroken">He may not, the mapping is incomplete, or it is running already.</exception>
    public async Task Run(ImportId id, UsageMapping mapping, ImportMode mode, CancellationToken cancel = default)
    {
        var actor = await gate.Require(Permission.ImportUsage, cancel);
        MappingRules.RequireComplete(mapping);
        worker.Start(id, mapping, mode, actor);
        forms.Forget(id);
    }
}
