using System.Diagnostics.CodeAnalysis;

namespace BackOffice.Core.Common;

/// <summary>Why a text was not understood: a stable code for grouping and a sentence that names the fix.</summary>
public sealed record TextFault(string Code, string Message);

/// <summary>A value read from text, or the reason why there is none. Bad input is a value, never an exception.</summary>
public readonly record struct Parsed<T>
    where T : struct
{
    internal Parsed(T value) => Value = value;

    internal Parsed(TextFault fault) => Fault = fault;

    /// <summary>The value; meaningless when <see cref="Fault"/> is set.</summary>
    public T Value { get; }

    public TextFault? Fault { get; }

    [MemberNotNullWhen(false, nameof(Fault))]
    public bool Ok => Fault is null;
}
