using BackOffice.Core.Common;
using BackOffice.Core.Invoices;
using NodaTime;

namespace BackOffice.Core.Usage;

public readonly record struct SavedMappingId(Guid Value) : IId<SavedMappingId>
{
    public static SavedMappingId From(Guid value) => new(value);

    public static SavedMappingId New() => new(Guid.CreateVersion7());
}

/// <summary>What the columns of a kind of file mean, under a name that people and scripts call it by.</summary>
public sealed class SavedMapping
{
    private const int MaxName = 100;

    private SavedMapping()
    {
    }

    public SavedMappingId Id { get; private init; }

    /// <summary>1 to 100 characters; unique.</summary>
    public string Name { get; private set; } = null!;

    /// <summary>What the columns mean, as the reader of files understands it (JSON).</summary>
    public string Mapping { get; private set; } = null!;

    public Person SavedBy { get; private set; } = null!;

    public Instant SavedAt { get; private set; }

    /// <exception cref="RuleBroken">The name is missing or too long.</exception>
    public static SavedMapping Save(string name, string mapping, Person by, Instant now) => new()
    {
        Id = SavedMappingId.New(), Name = NameOf(name), Mapping = mapping, SavedBy = by, SavedAt = now,
    };

    /// <summary>A name as it is stored: without spaces around it.</summary>
    /// <exception cref="RuleBroken">It is missing or too long.</exception>
    public static string NameOf(string name) => Text.Required(name, "Name", MaxName);

    /// <summary>The columns mean something else from now on. Imports that were made with it keep what they were made with.</summary>
    public void Replace(string mapping, Person by, Instant now) => (Mapping, SavedBy, SavedAt) = (mapping, by, now);

    /// <exception cref="RuleBroken">The name is missing or too long.</exception>
    public void Rename(string name) => Name = NameOf(name);
}
