namespace BackOffice.Core.Common;

/// <summary>The identity of one kind of thing, so that a customer's id cannot be passed where an invoice's is meant.</summary>
/// <remarks>People never see ids: they see codes and invoice numbers.</remarks>
public interface IId<TSelf>
    where TSelf : struct, IId<TSelf>
{
    Guid Value { get; }

    static abstract TSelf From(Guid value);
}
