namespace BackOffice.Web.Tests;

/// <summary>Tests that measure the whole process, and therefore run when no other test does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
