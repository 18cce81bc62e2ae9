using BackOffice.Core.Common;
using Microsoft.EntityFrameworkCore;
using MudBlazor;

namespace BackOffice.Web.Shared;

/// <summary>
/// Runs a use case from a page: once at a time, refusals in words, success in a snackbar.
/// Whatever is no refusal is a bug and reaches the error boundary.
/// </summary>
public sealed class Act(ISnackbar snackbar)
{
    public const string Stale = "Somebody changed this meanwhile. Reload and try again.";

    /// <summary>True while something runs; bind it to Disabled of the buttons.</summary>
    public bool Busy { get; private set; }

    /// <summary>The sentence of the last refusal; null once something succeeded.</summary>
    public string? Refusal { get; private set; }

    /// <summary>True when the work was done, false when it was refused or something else is still running.</summary>
    public async Task<bool> Run(Func<Task> work, string? done = null, Func<Task>? then = null)
    {
        if (Busy)
        {
            return false;
        }

        Busy = true;
        Refusal = null;
        try
        {
            await work();
        }
        catch (RuleBroken refusal)
        {
            return Refuse(refusal.Message);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Refuse(Stale);
        }
        finally
        {
            Busy = false;
        }

        await Finish(done, then);
        return true;
    }

    private async Task Finish(string? done, Func<Task>? then)
    {
        snackbar.Clear();
        if (done is not null)
        {
            snackbar.Add(done, Severity.Success);
        }

        if (then is not null)
        {
            await then();
        }
    }

    private bool Refuse(string sentence)
    {
        Refusal = sentence;
        snackbar.Clear();

        // Stays until it is closed: a refusal that vanishes after five seconds was never read.
        snackbar.Add(sentence, Severity.Warning, options =>
        {
            options.RequireInteraction = true;
            options.ShowCloseIcon = true;
        });
        return false;
    }
}
