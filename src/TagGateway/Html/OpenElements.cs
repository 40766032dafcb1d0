namespace TagGateway.Html;

/// <summary>The little of a page's tree that decides how its bytes are read: foreign content, templates, selects (WHATWG HTML §13.2.6). It knows the tree exactly or
/// says that it does not: where HTML in foreign content is not closed in order, or an end tag in foreign content closes none of it, only the whole tree could tell.</summary>
internal sealed class OpenElements
{
    private const int MaxDepth = 256;

    /// <summary>Templates, foreign elements, and the HTML elements within these; empty on most of a page.</summary>
    private Element[] _open = [];
    private int _count;
    private int _templates;

    /// <summary>So many were open where the select began; -1: none did.</summary>
    private int _selectAt = -1;

    private enum Kind : byte
    {
        Template,
        Svg,
        Math,

        /// <summary>An element of SVG whose content is HTML again.</summary>
        SvgPoint,
        MathPoint,

        /// <summary>An element of HTML in such content.</summary>
        Html,
    }

    /// <summary>In SVG or MathML, not in HTML within it.</summary>
    public bool IsForeign => _count > 0 && Top is Kind.Svg or Kind.Math;

    /// <summary>Nothing of what is open changes what a script does: neither foreign content nor a template, which runs none.</summary>
    public bool IsPlain => _count == 0;

    /// <summary>What opens and closes here changes nothing, but for the names that say so.</summary>
    public bool IsQuiet => _count == 0 || Top == Kind.Template;

    public bool IsInTemplate => _templates > 0;

    /// <summary>Whether <c>&lt;![CDATA[</c> begins characters: where the current element is no HTML. Null: elements may have been closed by others.</summary>
    public bool? TakesCdata => IsQuiet ? false : Top == Kind.Html ? null : true;

    private Kind Top => _open[_count - 1].Kind;

    private bool IsInSelect => _selectAt >= 0 && _count >= _selectAt;

    /// <summary>A start tag has ended.</summary>
    /// <param name="name">Whose.</param>
    /// <param name="key">Of its name; asked for unless it is quiet here.</param>
    /// <param name="isSelfClosing">Counts in foreign content only.</param>
    public TextKind Open(HtmlName name, ulong key, bool isSelfClosing)
    {
        if (IsForeign)
        {
            if (name is not (>= HtmlName.Breakout and <= HtmlName.Table or HtmlName.Body or HtmlName.Br or HtmlName.Head or HtmlName.Meta or HtmlName.P))
            {
                return OpenForeign(name, key, isSelfClosing);
            }

            LeaveForeign();
        }

        switch (name)
        {
            case HtmlName.Svg or HtmlName.Math:
                return IsInSelect || (!isSelfClosing && !Push(name == HtmlName.Svg ? Kind.Svg : Kind.Math, key)) ? TextKind.Doubtful : TextKind.Markup;
            case HtmlName.Template:
                _templates++;
                return Push(Kind.Template, key) ? TextKind.Markup : TextKind.Doubtful;
            case HtmlName.Frameset:
                return TextKind.Doubtful;
        }

        if (!IsQuiet && !TryOpenInPoint(name, key))
        {
            return TextKind.Doubtful;
        }

        if (name == HtmlName.Select)
        {
            return TryOpenSelect() ? TextKind.Markup : TextKind.Doubtful;
        }

        if (name is HtmlName.Input or HtmlName.Keygen or HtmlName.Textarea && _selectAt == _count)
        {
            _selectAt = -1;
        }

        var kind = KindOf(name);
        // In a select parsers of before 2025 ignore these tags, newer ones do not.
        return IsInSelect && ((kind != TextKind.Markup && name != HtmlName.Script) || name is HtmlName.Link or HtmlName.Base or HtmlName.Meta) ? TextKind.Doubtful : kind;
    }

    /// <summary>False when nobody knows what is open now.</summary>
    public bool TryClose(HtmlName name, ulong key)
    {
        if (name == HtmlName.Select && _selectAt == _count)
        {
            _selectAt = -1;
        }

        if (IsQuiet)
        {
            return name != HtmlName.Template || PopTemplate();
        }

        if (Top == Kind.Html)
        {
            return _open[_count - 1].Key == key ? Pop(_count - 1) : name == HtmlName.Br || (name == HtmlName.Template && PopTemplate());
        }

        if (name is HtmlName.Br or HtmlName.P)
        {
            LeaveForeign(); // and a "</p>" of no element makes an empty one
            return true;
        }

        for (var at = _count - 1; at >= 0 && _open[at].Kind is not (Kind.Html or Kind.Template); at--)
        {
            if (_open[at].Key == key)
            {
                return Pop(at);
            }
        }

        return name == HtmlName.Template && PopTemplate();
    }

    private static TextKind KindOf(HtmlName name) => name switch
    {
        HtmlName.Script or HtmlName.Title or HtmlName.Textarea or HtmlName.Style or HtmlName.Xmp or HtmlName.Iframe or HtmlName.Noembed or HtmlName.Noframes or HtmlName.Noscript => TextKind.Content,
        HtmlName.Plaintext => TextKind.Plain,
        _ => TextKind.Markup,
    };

    private TextKind OpenForeign(HtmlName name, ulong key, bool isSelfClosing)
    {
        // With some attributes it ends foreign content, without them it does not.
        if (name is HtmlName.Font)
        {
            return TextKind.Doubtful;
        }

        if (isSelfClosing)
        {
            return TextKind.Markup;
        }

        // Within one of the two the other's names mean nothing.
        var inSvg = Top == Kind.Svg;
        var isKept = name switch
        {
            HtmlName.ForeignObject or HtmlName.Desc or HtmlName.Title when inSvg => Push(Kind.SvgPoint, key),
            HtmlName.MathToken when !inSvg => Push(Kind.MathPoint, key),
            HtmlName.AnnotationXml when !inSvg => false, // its attributes would tell
            _ => Push(Top, key),
        };
        return isKept ? TextKind.Markup : TextKind.Doubtful;
    }

    /// <summary>HTML in foreign content: false for what may reach out of it.</summary>
    private bool TryOpenInPoint(HtmlName name, ulong key) => name switch
    {
        // A table around may take them.
        HtmlName.Table or HtmlName.TablePart => false,
        // Foreign right behind the point's own tag.
        HtmlName.MathGlyph => false,
        HtmlName.Base or HtmlName.Basefont or HtmlName.Bgsound or HtmlName.Br or HtmlName.BreakoutVoid or HtmlName.Input or HtmlName.Keygen or HtmlName.Link or HtmlName.Meta or HtmlName.Void => true,
        _ => Push(Kind.Html, key),
    };

    private bool TryOpenSelect()
    {
        if (!IsInSelect)
        {
            _selectAt = _count;
            return true;
        }

        var isSibling = _selectAt == _count;
        _selectAt = -1; // the second one closes the first
        return isSibling;
    }

    private void LeaveForeign()
    {
        while (IsForeign)
        {
            _count--;
        }
    }

    /// <summary>Whatever is open in it; one of none closes nothing.</summary>
    private bool PopTemplate()
    {
        var at = _count - 1;
        while (at >= 0 && _open[at].Kind != Kind.Template)
        {
            at--;
        }

        return at < 0 || Pop(at);
    }

    /// <summary>And all that is open in it.</summary>
    private bool Pop(int at)
    {
        while (_count > at)
        {
            _templates -= Top == Kind.Template ? 1 : 0;
            _count--;
        }

        _selectAt = _selectAt > _count ? -1 : _selectAt;
        return true;
    }

    private bool Push(Kind kind, ulong key)
    {
        if (_count == MaxDepth || (key == 0 && kind != Kind.Template))
        {
            return false;
        }

        if (_count == _open.Length)
        {
            Array.Resize(ref _open, Math.Max(16, _count * 2));
        }

        _open[_count++] = new Element(key, kind);
        return true;
    }

    private readonly record struct Element(ulong Key, Kind Kind);
}
