using System.Collections;
using BackOffice.Core.Rating;

namespace BackOffice.Core.Billing;

/// <summary>What was billed before, with what the document being made has by now.</summary>
internal sealed class BilledSoFar(IEnumerable<BilledItem> before) : IReadOnlyCollection<BilledItem>
{
    private readonly List<BilledItem> _now = [];

    public int Count => before.Count() + _now.Count;

    public void Add(BilledItem item) => _now.Add(item);

    public IEnumerator<BilledItem> GetEnumerator() => before.Concat(_now).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
