namespace BackOffice.Web.Documents.Layout;

/// <summary>An element around another one. A break inside continues in a wrapper of the same kind.</summary>
internal abstract class Wrapper(Element inner) : Element
{
    public override float NaturalWidth => inner.NaturalWidth;

    protected Element Inner => inner;

    public override Fragment Layout(in Space space)
    {
        var fragment = inner.Layout(space);
        return fragment.Box is null
            ? Fragment.None(this)
            : new(Decorate(fragment.Box), fragment.Rest is null ? null : Around(fragment.Rest));
    }

    protected abstract Element Around(Element rest);

    protected virtual Box Decorate(Box box) => box;
}
