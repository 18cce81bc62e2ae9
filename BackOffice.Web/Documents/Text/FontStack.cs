namespace BackOffice.Web.Documents.Text;

/// <summary>A family and its fallbacks in order of preference; every family is one design in several weights.</summary>
internal sealed class FontStack(params FontFace[][] families)
{
    public FontFace Primary(int weight) => Nearest(families[0], weight);

    /// <summary>The first face that has the character. If none has, the primary face, which draws its stand-in.</summary>
    public FontFace FaceFor(uint character, int weight)
    {
        foreach (var family in families)
        {
            var face = Nearest(family, weight);
            if (face.Has(character))
            {
                return face;
            }
        }

        return Primary(weight);
    }

    /// <summary>Whether some face can draw the character as itself.</summary>
    public bool Covers(uint character) => Array.Exists(families, family => family[0].Has(character));

    private static FontFace Nearest(FontFace[] family, int weight)
    {
        var best = family[0];
        foreach (var face in family)
        {
            if (Math.Abs(face.Weight - weight) < Math.Abs(best.Weight - weight))
            {
                best = face;
            }
        }

        return best;
    }
}
