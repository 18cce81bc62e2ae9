namespace BackOffice.Web.Documents.Layout;

/// <summary>The room left on a page. At the top of a page nothing is gained by moving on, so more is accepted there.</summary>
internal readonly record struct Space(float Width, float Height, bool TopOfPage);

/// <summary>What of an element stands here and what is left for the next page.</summary>
/// <param name="Box">Null: nothing fits here.</param>
/// <param name="Rest">Null: all is placed. Together with a box: the page breaks inside the element.</param>
internal readonly record struct Fragment(Box? Box, Element? Rest)
{
    public static Fragment None(Element self) => new(null, self);

    public static Fragment All(Box box) => new(box, null);
}

/// <summary>
/// A description of something on paper, never changed. Laying it out gives a box and, if it did not all fit,
/// the element that remains: a layout is a value, so it can be tested, repeated and drawn on any surface.
/// </summary>
internal abstract class Element
{
    /// <summary>Lengths are sums of floats; two that differ by less than this are equal.</summary>
    public const float Tolerance = 0.01f;

    /// <summary>The width at which nothing inside has to be broken.</summary>
    public virtual float NaturalWidth => 0;

    public abstract Fragment Layout(in Space space);
}
