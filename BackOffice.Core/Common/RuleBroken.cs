namespace BackOffice.Core.Common;

/// <summary>The request was understood and refused. The message is shown to the user as it stands.</summary>
/// <remarks>Anything else that is thrown is a bug or an outage and is shown as "something went wrong".</remarks>
public sealed class RuleBroken(string message) : Exception(message);
