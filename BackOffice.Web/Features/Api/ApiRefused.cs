using NodaTime;

namespace BackOffice.Web.Features.Api;

/// <summary>Why a program's request was turned down as a whole.</summary>
public enum ApiFault
{
    /// <summary>No key, or none that is known and valid now.</summary>
    NotLetIn,

    /// <summary>The key does not allow this.</summary>
    NotAllowed,

    /// <summary>Too fast, or more is waiting than is kept: later.</summary>
    NotNow,

    /// <summary>More bytes or events than a request may have.</summary>
    TooLarge,

    /// <summary>The request cannot be read, or a parameter is wrong.</summary>
    Malformed,

    /// <summary>A body of a kind that is not read here.</summary>
    WrongKind,
}

/// <summary>A program's request was understood as far as need be and refused; nothing of it is stored.</summary>
/// <param name="code">For programs, such as key_expired; never changes.</param>
/// <param name="message">What is wrong and what to do, for the person who reads the log.</param>
public sealed class ApiRefused(ApiFault fault, string code, string message) : Exception(message)
{
    public ApiFault Fault => fault;

    public string Code => code;

    /// <summary>When to try again; null when that would not help.</summary>
    public Duration? RetryAfter { get; init; }
}
