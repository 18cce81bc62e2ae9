using System.Runtime.InteropServices;

namespace BackOffice.Data.Usage;

/// <summary>A property of an event: a number or a text; exactly one of the two is set.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct UsageProperty(string Name, decimal? Number, string? Text);
