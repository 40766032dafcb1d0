namespace TagGateway.Html;

/// <summary>The little of a page's tree that decides how its bytes are read: foreign content, templates, selects (WHATWG HTML §13.2.6). Where only the whole
/// tree could tell, it says that it does not know.</summary>
internal sealed class OpenElements
{
    private const int MaxDepth = 32;
    private readonly Foreign[] _foreign = new Foreign[MaxDepth];
    private int _depth;
    private int _templates;
    private bool _inSelect;

    /// <summary>An integration point was left, though elements in it may be open still: what stands between may belong to it.</summary>
    private bool _isUnsure;
    private bool _pointHasElements;

    private enum Foreign : byte
    {
        Svg,
        Math,

        /// <summary>An element of these whose content is HTML again.</summary>
        Point,
    }

    /// <summary>In SVG or MathML, not in HTML within it.</summary>
    public bool IsForeign => _depth > 0 && _foreign[_depth - 1] != Foreign.Point;

    /// <summary>Nothing of what is open changes what a script does: neither foreign content nor a template, which runs none.</summary>
    public bool IsPlain => _depth == 0 && _templates == 0;

    /// <summary>What opens and closes here changes nothing, but for the names that say so.</summary>
    public bool IsQuiet => _depth == 0 || IsForeign;

    public bool IsInTemplate => _templates > 0;

    /// <summary>In neither HTML nor SVG for sure: <c>&lt;![CDATA[</c> is one thing or the other.</summary>
    public bool IsDoubtful => _depth > 0 && (_isUnsure || (!IsForeign && _pointHasElements));

    /// <summary>Whether <c>&lt;![CDATA[</c> begins characters: where the current element is no HTML.</summary>
    public bool TakesCdata => _depth > 0;

    /// <summary>A start tag has ended.</summary>
    /// <param name="name">Whose.</param>
    /// <param name="isSelfClosing">Counts in foreign content only.</param>
    public TextKind Open(HtmlName name, bool isSelfClosing)
    {
        if (IsForeign && !TryLeaveForeign(name))
        {
            return OpenForeign(name, isSelfClosing);
        }

        _pointHasElements |= _depth > 0;
        switch (name)
        {
            case HtmlName.Svg or HtmlName.Math when !isSelfClosing:
                return _inSelect || !Push(name == HtmlName.Svg ? Foreign.Svg : Foreign.Math) ? TextKind.Doubtful : TextKind.Markup;
            case HtmlName.Template:
                _templates++;
                return TextKind.Markup;
            case HtmlName.Select:
                _inSelect = !_inSelect; // the second one closes the first
                return TextKind.Markup;
            case HtmlName.Input or HtmlName.Keygen:
                _inSelect = false;
                return TextKind.Markup;
            case HtmlName.Frameset:
                return TextKind.Doubtful;
        }

        var kind = KindOf(name);
        if (name == HtmlName.Textarea)
        {
            _inSelect = false;
        }

        // In a select parsers of before 2025 ignore these tags, newer ones do not.
        return kind != TextKind.Markup && ((_inSelect && name != HtmlName.Script) || _isUnsure) ? TextKind.Doubtful : kind;
    }

    public void Close(HtmlName name)
    {
        switch (name)
        {
            case HtmlName.Template when !IsForeign && _templates > 0:
                _templates--;
                break;
            case HtmlName.Select:
                _inSelect = false;
                break;
            case HtmlName.Br or HtmlName.P when IsForeign:
                LeaveForeign();
                break;
            case HtmlName.Svg or HtmlName.Math when _depth > 0:
                CloseForeign(name == HtmlName.Svg ? Foreign.Svg : Foreign.Math);
                break;
            case HtmlName.ForeignObject or HtmlName.Desc or HtmlName.Title or HtmlName.MathToken or HtmlName.AnnotationXml when _depth > 0 && !IsForeign:
                _depth--;
                _isUnsure |= _pointHasElements;
                break;
        }
    }

    private static TextKind KindOf(HtmlName name) => name switch
    {
        HtmlName.Script => TextKind.Script,
        HtmlName.Title or HtmlName.Textarea or HtmlName.Style or HtmlName.Xmp or HtmlName.Iframe or HtmlName.Noembed or HtmlName.Noframes or HtmlName.Noscript => TextKind.Raw,
        HtmlName.Plaintext => TextKind.Plain,
        _ => TextKind.Markup,
    };

    private TextKind OpenForeign(HtmlName name, bool isSelfClosing)
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

        var inSvg = _foreign[_depth - 1] == Foreign.Svg;
        var isKept = name switch
        {
            HtmlName.Svg => Push(Foreign.Svg),
            HtmlName.Math => Push(Foreign.Math),
            HtmlName.ForeignObject or HtmlName.Desc or HtmlName.Title when inSvg => PushPoint(),
            HtmlName.MathToken when !inSvg => PushPoint(),
            HtmlName.AnnotationXml when !inSvg => false, // its attributes would tell
            _ => true,
        };
        return isKept ? TextKind.Markup : TextKind.Doubtful;
    }

    private bool TryLeaveForeign(HtmlName name)
    {
        if (name is not (HtmlName.Breakout or HtmlName.Body or HtmlName.Br or HtmlName.Head or HtmlName.Meta or HtmlName.P))
        {
            return false;
        }

        LeaveForeign();
        return true;
    }

    private void LeaveForeign()
    {
        while (IsForeign)
        {
            _depth--;
        }

        Settle();
    }

    private void CloseForeign(Foreign kind)
    {
        // Its own end tag leaves out an integration point that has no elements; with some it depends on them.
        var top = _depth;
        while (top > 0 && _foreign[top - 1] != kind)
        {
            top--;
        }

        if (top > 0)
        {
            _isUnsure |= !IsForeign && _pointHasElements;
            _depth = top - 1;
        }

        Settle();
    }

    /// <summary>Out of all foreign content, open elements of its points are HTML like the rest.</summary>
    private void Settle()
    {
        if (_depth == 0)
        {
            _isUnsure = _pointHasElements = false;
        }
    }

    private bool PushPoint()
    {
        _pointHasElements = false;
        return Push(Foreign.Point);
    }

    private bool Push(Foreign kind)
    {
        if (_depth == MaxDepth)
        {
            return false;
        }

        _foreign[_depth++] = kind;
        return true;
    }
}
