using System.Diagnostics;
using System.Text.Json;
using BackOffice.Data.Providers;

namespace BackOffice.Web.Tests.Verbs;

/// <summary>What a verb printed and how it ended.</summary>
public sealed record Printed(int ExitCode, string Output, string Errors)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public Printed MustSucceed() =>
        ExitCode == 0 ? this : throw new InvalidOperationException($"Exit code {ExitCode}.\n{Output}\n{Errors}");
}

/// <summary>The built program as an operator runs it: a process of its own, on an installation of its own.</summary>
public sealed class Executable(DatabaseProvider provider, string connectionString, string dataDirectory)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public string DataDirectory => dataDirectory;

    public async Task<Printed> Run(params string[] args)
    {
        using var process = Start(args);
        using var patience = new CancellationTokenSource(Patience);
        var (output, errors) = (
            process.StandardOutput.ReadToEndAsync(patience.Token),
            process.StandardError.ReadToEndAsync(patience.Token)
        );
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return new Printed(process.ExitCode, await output, await errors);
        }
        finally
        {
            Kill(process);
        }
    }

    public async Task<JsonElement> Json(params string[] args) => (await Run([.. args, "--json"])).MustSucceed().Json;

    /// <summary>Kills the process without warning as soon as <paramref name="when"/> is true.</summary>
    /// <returns>False when it ended by itself before.</returns>
    public async Task<bool> RunAndKill(Func<Task<bool>> when, params string[] args)
    {
        using var process = Start(args);
        using var patience = new CancellationTokenSource(Patience);
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        while (!process.HasExited && !await when())
        {
            await Task.Delay(5, patience.Token);
        }

        var killed = !process.HasExited;
        Kill(process);
        await process.WaitForExitAsync(patience.Token);
        return killed;
    }

    /// <summary>Starts the server; the caller kills it.</summary>
    public async Task<Process> Serve(Uri address)
    {
        var process = Start(["serve", "--Urls", address.ToString()]);
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var client = new HttpClient { BaseAddress = address };
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync("/healthz", patience.Token);
                return process;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50, patience.Token); // It is still starting.
            }
        }
    }

    private Process Start(string[] args)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "BackOffice.Web.dll");
        var info = new ProcessStartInfo("dotnet", [program, .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = dataDirectory,
        };
        info.Environment["DataDirectory"] = dataDirectory;
        info.Environment["Database__Provider"] = provider.ToString();
        info.Environment["Database__ConnectionString"] = connectionString;
        return Process.Start(info) ?? throw new InvalidOperationException("dotnet could not be started.");
    }

    private static void Kill(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true); // SIGKILL: the process gets no chance to tidy up.
        }
    }
}
