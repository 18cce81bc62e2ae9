using BackOffice.Web.Documents;
using BackOffice.Web.Documents.Layout;
using BackOffice.Web.Documents.Text;

namespace BackOffice.Web.Tests.Documents;

/// <summary>Takes down what is painted where, page by page.</summary>
internal sealed class RecordingSurface : ISurface
{
    private static readonly TextStyle Style = new(DocumentFonts.Stack, Size: 8, default) { LineHeight = LineHeight / 8 };
    private readonly Stack<string> _tags = new();

    public const float LineHeight = 10;

    public List<List<(string Text, float X, float Y, string Tag)>> Pages { get; } = [];

    /// <summary>The texts of each page, joined by spaces.</summary>
    public IEnumerable<string> Texts => Pages.Select(page => string.Join(' ', page.Select(item => item.Text.TrimEnd())));

    public static Element Text(string text, Align align = Align.Start) => new TextBlock(text, Style, align);

    /// <summary>So many lines of text, each saying its number.</summary>
    public static Element Lines(string name, int count) =>
        Text(string.Join('\n', Enumerable.Range(1, count).Select(i => $"{name}{i}")));

    /// <summary>Pages of ten lines.</summary>
    public static RecordingSurface Paginated(Element body, Func<PageTemplate, PageTemplate>? change = null)
    {
        var surface = new RecordingSurface();
        var template = new PageTemplate(200, 10 * LineHeight, default);
        Paginator.Draw(Paginator.Paginate(body, change is null ? template : change(template)), surface);
        Assert.Empty(surface._tags);
        return surface;
    }

    public void BeginPage(float width, float height) => Pages.Add([]);

    public void EndPage()
    {
    }

    public void Begin(Tag tag) => _tags.Push(tag.Role);

    public void End() => _tags.Pop();

    public void BeginRotation(float degrees, float x, float y) => _tags.Push("Rotated");

    public void EndRotation() => _tags.Pop();

    public void Glyphs(in GlyphRun run, float x, float baseline) =>
        Pages[^1].Add((run.Text[run.Start..run.End], x, baseline, string.Join('/', _tags.Reverse())));

    public void Fill(Area area, Color color, float radius = 0)
    {
    }
}
