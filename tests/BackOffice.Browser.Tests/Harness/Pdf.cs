using System.Diagnostics;
using Microsoft.Playwright;

namespace BackOffice.Browser.Tests.Harness;

/// <summary>An invoice as a file, fetched with the cookies of a person's browser and read by another program.</summary>
public static class Pdf
{
    public static async Task<byte[]> Download(Person person, string invoice)
    {
        var answer = await person.Page.APIRequest.GetAsync(invoice + "/pdf");
        Assert.Equal("application/pdf", answer.Headers["content-type"]);
        return await answer.BodyAsync();
    }

    /// <summary>The text with its columns side by side; runs of spaces are one space.</summary>
    public static async Task<string> Text(byte[] pdf)
    {
        using var reader = Process.Start(
            new ProcessStartInfo("pdftotext", ["-layout", "-", "-"])
            {
                UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true,
            })!;
        await reader.StandardInput.BaseStream.WriteAsync(pdf);
        reader.StandardInput.Close();
        var text = await reader.StandardOutput.ReadToEndAsync();
        await reader.WaitForExitAsync();
        return string.Join('\n', text.Split('\n').Select(
            line => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
    }
}
