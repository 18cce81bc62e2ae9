using BackOffice.Core.Common;

namespace BackOffice.Core.Wallets;

/// <summary>Names a wallet.</summary>
public readonly record struct WalletId(Guid Value) : IId<WalletId>
{
    public static WalletId From(Guid value) => new(value);

    public static WalletId New() => new(Guid.CreateVersion7());
}
