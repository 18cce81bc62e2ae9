using System.Text;
using BackOffice.Web.Documents.Layout;

namespace BackOffice.Web.Documents.Pdf;

/// <summary>The logical structure of a document: which marks on which pages make up which heading, table or paragraph.</summary>
internal sealed class StructureTree
{
    private readonly PdfFile _file;
    private readonly Node _document;
    private readonly Dictionary<Tag, Node> _nodes = [];
    private readonly Stack<Node> _open = new();
    private readonly List<(int PageId, List<Node> Marks)> _pages = [];
    private int _artifacts;

    public StructureTree(PdfFile file)
    {
        _file = file;
        _document = new Node(new Tag("Document"), file.Reserve());
    }

    /// <summary>Where marks go now; null while decoration is painted.</summary>
    public Tag? Current => _artifacts > 0 || _open.Count == 0 ? null : _open.Peek().Tag;

    public void BeginPage(int pageId) => _pages.Add((pageId, []));

    public void Begin(Tag tag)
    {
        if (tag == Tag.Artifact || _artifacts > 0)
        {
            _artifacts++; // Whatever is in a decoration is decoration.
            return;
        }

        if (!_nodes.TryGetValue(tag, out var node))
        {
            node = new Node(tag, _file.Reserve());
            (_open.Count == 0 ? _document : _open.Peek()).Kids.Add(new Kid(node, 0, 0));
            _nodes.Add(tag, node);
        }

        _open.Push(node);
    }

    public void End()
    {
        if (_artifacts > 0)
        {
            _artifacts--;
        }
        else
        {
            _open.Pop();
        }
    }

    /// <summary>A new mark on this page for the current tag; gives its number on the page.</summary>
    public int Mark()
    {
        var (node, marks) = (_open.Peek(), _pages[^1].Marks);
        node.Kids.Add(new Kid(null, _pages.Count - 1, marks.Count));
        marks.Add(node);
        return marks.Count - 1;
    }

    /// <summary>Writes the tree and gives the number of its root.</summary>
    public int Write()
    {
        var root = _file.Reserve();
        Write(_document, root);
        var numbers = new StringBuilder();
        for (var page = 0; page < _pages.Count; page++)
        {
            numbers.Append(page).Append('[').Append(PdfSyntax.References(_pages[page].Marks.Select(node => node.Id))).Append(']');
        }

        var parents = _file.Add($"<</Nums[{numbers}]>>");
        _file.Set(root,
            $"<</Type/StructTreeRoot/K {PdfSyntax.Reference(_document.Id)}/ParentTree {PdfSyntax.Reference(parents)}"
            + $"/ParentTreeNextKey {_pages.Count}>>");
        return root;
    }

    private void Write(Node node, int parent)
    {
        var home = node.Kids.Find(kid => kid.Node is null)?.Page;
        var kids = new StringBuilder();
        foreach (var kid in node.Kids)
        {
            if (kid.Node is { } child)
            {
                Write(child, node.Id);
            }

            kids.Append(Written(kid, home)).Append(' ');
        }

        var page = home is { } p ? $"/Pg {PdfSyntax.Reference(_pages[p].PageId)}" : "";
        _file.Set(node.Id,
            $"<</Type/StructElem/S/{node.Tag.Role}/P {PdfSyntax.Reference(parent)}{page}{Attributes(node.Tag)}/K[{kids}]>>");
    }

    private string Written(Kid kid, int? home)
    {
        if (kid.Node is { } child)
        {
            return PdfSyntax.Reference(child.Id);
        }

        return kid.Page == home
            ? $"{kid.Mark}"
            : $"<</Type/MCR/Pg {PdfSyntax.Reference(_pages[kid.Page].PageId)}/MCID {kid.Mark}>>";
    }

    private static string Attributes(Tag tag)
    {
        var scope = tag.Scope is null ? "" : $"/Scope/{tag.Scope}";
        var span = tag.ColumnSpan > 1 ? $"/ColSpan {tag.ColumnSpan}" : "";
        return scope.Length + span.Length == 0 ? "" : $"/A<</O/Table{scope}{span}>>";
    }

    private sealed record Node(Tag Tag, int Id)
    {
        public List<Kid> Kids { get; } = [];
    }

    /// <summary>A node below, or a mark on a page.</summary>
    private sealed record Kid(Node? Node, int Page, int Mark);
}
