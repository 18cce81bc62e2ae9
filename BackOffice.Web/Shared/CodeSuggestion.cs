using System.Globalization;
using System.Text;

namespace BackOffice.Web.Shared;

/// <summary>A code made from a name, for people to keep or replace.</summary>
public static class CodeSuggestion
{
    /// <summary>"Input tokens (cached)" becomes "input-tokens-cached"; accents are dropped.</summary>
    public static string From(string? name)
    {
        var code = new StringBuilder();
        foreach (var c in (name ?? "").Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(c) || (c is '.' or '_' && code.Length > 0))
            {
                code.Append(char.ToLowerInvariant(c));
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && code.Length > 0 && code[^1] != '-')
            {
                code.Append('-');
            }
        }

        return code.ToString(0, Math.Min(code.Length, 64)).TrimEnd('-');
    }
}
