namespace TagGateway.Tests.Html;

/// <summary>A start tag as it is written, read state by state as the standard says it (WHATWG HTML §13.2.5.32 to 40), slow and plain.</summary>
internal sealed class WrittenTag
{
    private const string Space = "\t\n\f\r ";
    private readonly string _page;
    private int _at;

    /// <param name="page">A letter for each byte.</param>
    /// <param name="start">Of the '&lt;'.</param>
    public WrittenTag(string page, int start)
    {
        _page = page;
        Start = start;
        _at = start + 1;
        SkipTo("\t\n\f\r />");
        while (!IsOver && _page[_at] != '>')
        {
            if (_page[_at] == '/' || Space.Contains(_page[_at], StringComparison.Ordinal))
            {
                _at++;
            }
            else
            {
                ReadAttribute();
            }
        }

        End = Math.Min(_at + 1, page.Length);
    }

    public int Start { get; }

    /// <summary>Behind its '&gt;'.</summary>
    public int End { get; }

    public string Text => _page[Start..End];

    /// <summary>In order, with their places in the page.</summary>
    public List<(string Name, int Start, int ValueStart, int ValueEnd, int End)> Attributes { get; } = [];

    /// <summary>Of the first attribute of this name, as it is written; empty where there is none.</summary>
    public string Value(string name)
    {
        var found = Attributes.Find(attribute => attribute.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return _page[found.ValueStart..found.ValueEnd];
    }

    private bool IsOver => _at >= _page.Length;

    private void ReadAttribute()
    {
        var start = _at++;
        SkipTo("\t\n\f\r />=");
        var (name, nameEnd) = (_page[start.._at], _at);
        SkipSpace();
        if (IsOver || _page[_at] != '=')
        {
            _at = nameEnd;
            Attributes.Add((name, start, nameEnd, nameEnd, nameEnd));
            return;
        }

        _at++;
        SkipSpace();
        var quote = IsOver ? '>' : _page[_at];
        if (quote is '"' or '\'')
        {
            var value = ++_at;
            SkipTo(quote.ToString());
            Attributes.Add((name, start, value, _at, Math.Min(++_at, _page.Length)));
        }
        else
        {
            var value = _at;
            SkipTo("\t\n\f\r >");
            Attributes.Add((name, start, value, _at, _at));
        }
    }

    private void SkipSpace()
    {
        while (!IsOver && Space.Contains(_page[_at], StringComparison.Ordinal))
        {
            _at++;
        }
    }

    private void SkipTo(string stops)
    {
        while (!IsOver && !stops.Contains(_page[_at], StringComparison.Ordinal))
        {
            _at++;
        }
    }
}
