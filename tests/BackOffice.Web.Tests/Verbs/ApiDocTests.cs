using System.Diagnostics;
using System.Text.RegularExpressions;
using BackOffice.Data.Providers;
using BackOffice.Web.Tests.Architecture;

namespace BackOffice.Web.Tests.Verbs;

/// <summary>The lines of docs/operate/api.md do what the page says.</summary>
public sealed partial class ApiDocTests(PostgresServer server)
{
    [Fact]
    public async Task Every_curl_line_of_the_page_works()
    {
        await using var test = await TestDatabase.Empty(DatabaseProvider.Sqlite, server);
        var program = new Executable(DatabaseProvider.Sqlite, test.ConnectionString, test.DataDirectory);
        await program.Json("demo", "seed");
        var key = (await program.Json("key", "add", "--name", "Gateway", "--scope", "usage:write", "--scope", "usage:read"))
            .GetProperty("key").GetString()!;
        var address = ApiKillTests.FreeAddress();
        using var process = await program.Serve(address);
        var page = await File.ReadAllTextAsync(Path.Combine(Sources.Root, "docs/operate/api.md"), TestContext.Current.CancellationToken);
        var lines = Fence().Matches(page).Select(match => match.Groups["line"].Value)
            .Where(line => line.Contains("curl ", StringComparison.Ordinal)).ToList();
        Assert.True(lines.Count >= 4);
        foreach (var line in lines)
        {
            var answer = await Shell(line.Replace("curl ", "curl -sS --fail-with-body ", StringComparison.Ordinal), address, key);
            Assert.True(
                answer.Contains("accepted", StringComparison.Ordinal) || answer.Contains("\"events\"", StringComparison.Ordinal), answer);
            Assert.DoesNotContain("rejected\",", answer, StringComparison.Ordinal);
        }

        process.Kill(entireProcessTree: true);
    }

    private static async Task<string> Shell(string line, Uri address, string key)
    {
        var info = new ProcessStartInfo("sh", ["-c", line]) { RedirectStandardOutput = true, UseShellExecute = false };
        (info.Environment["URL"], info.Environment["KEY"]) = (address.ToString().TrimEnd('/'), key);
        using var shell = Process.Start(info)!;
        var answer = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(shell.ExitCode == 0, $"{line}\n{answer}");
        return answer;
    }

    [GeneratedRegex("^```\\n(?<line>.*?)\\n```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Fence();
}
