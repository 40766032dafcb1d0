using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using TagGateway.Html;

namespace TagGateway.Tests.Html;

/// <summary>What is to become of a page, told from its tree: which bytes change, and which elements. What inline scripts, policies and consent platforms mean is asked of
/// the gateway's own readers, which have tests of their own.</summary>
internal sealed partial class ExpectedPage
{
    private readonly string _page;
    private readonly PagePlan _plan;
    private readonly int _injectedAt;
    private readonly SortedDictionary<int, (int End, string Text)> _edits = [];
    private readonly List<(int At, Action<IElement> Change)> _changes = [];
    private ContentPolicies _policies;
    private ConsentPlatform? _blocker;
    private bool _isElsewhere;

    /// <param name="page">A letter for each byte, without a byte order mark.</param>
    /// <param name="certainTo">Behind this nothing changes.</param>
    /// <param name="injectedAt">A tag was put in here, so that its like behind it must take no effect; none: past the end.</param>
    public ExpectedPage(string page, PagePlan plan, int certainTo, int injectedAt)
    {
        (_page, _plan, _injectedAt, _policies) = (page, plan, injectedAt, plan.Policies);
        Before = PageTree.Parse(page);
        foreach (var element in PageTree.Elements(Before, "html", "script", "link", "base", "meta", "noscript"))
        {
            var tag = new WrittenTag(page, PageTree.StartOf(element));
            if (tag.End > certainTo || tag.Text.Length > HtmlTokenizer.MaxTagBytes)
            {
                continue;
            }

            if (!Read(element, tag, certainTo))
            {
                break;
            }
        }
    }

    public IHtmlDocument Before { get; }

    /// <summary>A tag of the site's stands in it or is configured by it, so far as it was looked at.</summary>
    public bool HasTag { get; private set; }

    /// <summary>An AMP page, a strange charset, a platform that blocks by addresses, a strange base: reasons to inject nothing.</summary>
    public bool ForbidsTags { get; private set; }

    /// <summary>Hints that are no longer needed go.</summary>
    public bool HasRemovals => Removals.Any();

    private IEnumerable<(int Start, int End)> Removals => _edits.Where(edit => _page[edit.Key] == '<').Select(edit => (edit.Key, edit.Value.End));

    /// <summary>The bytes as they have to be, but for what is injected.</summary>
    public string Bytes()
    {
        var result = new StringBuilder();
        var at = 0;
        foreach (var (start, (end, text)) in _edits)
        {
            result.Append(_page, at, start - at).Append(text);
            at = end;
        }

        return result.Append(_page, at, _page.Length - at).ToString();
    }

    /// <summary>Where a place of the page is in <see cref="Bytes"/>.</summary>
    public int Moved(int place) => place + _edits.Where(edit => edit.Key < place).Sum(edit => edit.Value.Text.Length - (edit.Value.End - edit.Key));

    /// <summary>The tree as it has to be: that of the page without the removed hints, its elements changed.</summary>
    /// <param name="injectedAt">A place in the page for <paramref name="head"/>. With a hint that goes, a tag that comes decides what white space belongs to.</param>
    public string Tree(int injectedAt = 0, string head = "", string end = "")
    {
        var removed = Removals.ToList();
        var page = removed.Append((Start: injectedAt, End: injectedAt)).OrderByDescending(tag => tag.Start).ThenByDescending(tag => tag.End)
            .Aggregate(_page, (text, tag) => text.Remove(tag.Start, tag.End - tag.Start).Insert(tag.Start, tag.Start == tag.End ? head : "")) + end;
        var document = removed.Count == 0 && head.Length == 0 ? Before : PageTree.Parse(page);
        foreach (var (at, change) in _changes)
        {
            var start = at - removed.Where(tag => tag.Start < at).Sum(tag => tag.End - tag.Start) + (injectedAt <= at ? head.Length : 0);
            change(PageTree.At(document, start) ?? throw new InvalidOperationException($"no element at {start}"));
        }

        return PageTree.Describe(document);
    }

    private bool Read(IElement element, WrittenTag tag, int certainTo)
    {
        switch (element.LocalName)
        {
            case "html":
                ForbidsTags |= element.HasAttribute("amp") || element.HasAttribute("\u00e2\u009a\u00a1");
                return !ForbidsTags;
            case "base":
                _isElsewhere |= element.GetAttribute("href")?.Trim() is { } href && PageUrl.TrySplit(href, out _, out _, out _);
                ForbidsTags |= _isElsewhere && _plan.Origin is null;
                return true;
            case "meta" when string.Equals(element.GetAttribute("http-equiv")?.Trim(), "content-security-policy", StringComparison.OrdinalIgnoreCase) && element.GetAttribute("content") is { } policy:
                _policies = _policies.With(policy);
                ForbidsTags = true;
                return true;
            case "meta" when !_plan.NamesCharset && MetaCharset.Find(AttributesOf(tag)) is { } charset && !MetaCharset.IsSupersetOfAscii(charset):
                ForbidsTags = true;
                return false;
            case "link":
                ReadLink(element, tag);
                return true;
            case "script":
                ReadScript(element, tag, certainTo);
                return true;
            case "noscript" when _plan.Tags.IsFull && _blocker is null && !IsLost && _policies.AllowsOwnFrame(_plan.Origin, _plan.Tags.Path):
                ReadFrames(element, tag, certainTo);
                return true;
            default:
                return true;
        }
    }

    private bool IsLost => _isElsewhere && _plan.Origin is null;

    private string Prefix => _isElsewhere ? _plan.Origin ?? "" : "";

    private static HtmlAttributes AttributesOf(WrittenTag tag) => new(Encoding.Latin1.GetBytes(tag.Text), []);

    /// <summary>Null also where it is written with references whose meaning the gateway leaves to browsers: names of HTML 5, numbers without a semicolon.</summary>
    private ExpectedTag? Address(WrittenTag tag, string name, string value)
    {
        var written = tag.Value(name);
        var isLeft = Reference().Matches(written).Any(match => match.Value.EndsWith(';') ? WebUtility.HtmlDecode(match.Value) == match.Value : match.Value[1] == '#');
        return isLeft ? null : ExpectedTag.Read(value, _plan);
    }

    private bool IsPlain(WrittenTag tag, string name) => ExpectedTag.IsPlain(tag.Value(name), _plan.Tags);

    private void ReadLink(IElement link, WrittenTag tag)
    {
        if (_blocker is not null || IsLost || link.GetAttribute("href") is not { } href || link.GetAttribute("rel") is not { } rel)
        {
            return;
        }

        foreach (var relation in rel.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (relation is "preconnect" or "dns-prefetch" && ExpectedTag.IsHost(href, _plan.Tags) && IsPlain(tag, "href"))
            {
                _edits[tag.Start] = (tag.End, "");
                return;
            }

            if (relation is "preload" or "prefetch" or "modulepreload" && IsPlain(tag, "href") && Address(tag, "href", href)?.NewAddress(_plan.Tags) is { } own)
            {
                Replace(tag, "href", Prefix + own);
                return;
            }
        }
    }

    private void ReadScript(IElement script, WrittenTag tag, int certainTo)
    {
        var type = script.GetAttribute("type")?.Trim().ToLowerInvariant() ?? "";
        if (type is not ("" or "module" or "text/plain" or "text/partytown" or "text/jscript") && !JavaScript().IsMatch(type))
        {
            return;
        }

        var source = script.GetAttribute("src");
        var isExempt = _blocker?.Exempts(AttributesOf(tag)) != false;
        if (source is not null && ConsentPlatforms.Find(source, AttributesOf(tag)) is { } platform)
        {
            _blocker ??= platform.BlocksByAddress ? platform : null;
            ForbidsTags |= _blocker is not null;
        }
        else if (source is null)
        {
            ReadInline(script, tag, isExempt, certainTo);
        }
        else if (Address(tag, "src", source) is { } address && address.IsAllowed(_plan.Tags))
        {
            HasTag = true;
            if (tag.Start >= _injectedAt && address.IsTheInjected(_plan.Tags))
            {
                foreach (var (_, start, _, _, _) in tag.Attributes.Where(attribute => attribute.Name.Equals("src", StringComparison.OrdinalIgnoreCase)))
                {
                    _edits[start] = (start + 3, "data-first-party-src");
                }

                _changes.Add((tag.Start, element =>
                {
                    element.RemoveAttribute("src");
                    element.SetAttribute("data-first-party-src", source.Replace("\r\n", "\n", StringComparison.Ordinal));
                }
                ));
            }
            else if (isExempt && !IsLost && IsPlain(tag, "src") && address.NewAddress(_plan.Tags) is { } own && _policies.AllowsOwnRequests(_plan.Origin, _plan.Tags.Path)
                && _policies.AllowsOwnScript(script.GetAttribute("nonce"), _plan.Origin, _plan.Tags.Path))
            {
                Replace(tag, "src", Prefix + own);
            }
        }
    }

    private void ReadInline(IElement script, WrittenTag tag, bool isExempt, int certainTo)
    {
        var end = EndOf(script, tag);
        if (end >= _page.Length || end > certainTo || end - tag.End > HtmlTokenizer.MaxContentBytes)
        {
            return; // without an end tag it does not run
        }

        var content = Encoding.Latin1.GetBytes(_page[tag.End..end]);
        var context = new InlineContext(_plan.Tags, _plan.Origin, _isElsewhere);
        if (!InlineScript.MayLoad(content, _plan.Tags) && !InlineScript.MayConfigure(content))
        {
            return;
        }

        var read = InlineScript.Read(content, context);
        var boots = tag.Start >= _injectedAt && _plan.Tags.IsContainer && read.Ids.Contains(_plan.Tags.MainTag, StringComparer.OrdinalIgnoreCase);
        HasTag |= read.Configured.Count > 0 || read.Verdict is InlineVerdict.Rewritten or InlineVerdict.FirstParty or InlineVerdict.Doubt;
        var edits = read.Verdict == InlineVerdict.Rewritten || (boots && read.Verdict != InlineVerdict.Foreign && read.Verdict != InlineVerdict.Doubt)
            ? (boots ? InertBoot.TryMake(content, context, _plan.Tags.MainTag) : null) ?? read.Edits : [];
        var nonce = script.GetAttribute("nonce");
        if (edits.Count == 0 || !isExempt || IsLost || !_policies.AllowsOwnRequests(_plan.Origin, _plan.Tags.Path) || !_policies.AllowsInline(nonce) || !_policies.AllowsOwnCreatedScript(nonce, _plan.Origin, _plan.Tags.Path))
        {
            return;
        }

        foreach (var edit in edits)
        {
            _edits[tag.End + edit.Start] = (tag.End + edit.End, Encoding.ASCII.GetString(edit.Replacement));
        }

        Rewrite(tag, end);
    }

    private void ReadFrames(IElement noscript, WrittenTag tag, int certainTo)
    {
        var end = EndOf(noscript, tag);
        if (end >= _page.Length || end > certainTo)
        {
            return;
        }

        var content = _page[tag.End..end];
        var certain = CertainTo(Encoding.Latin1.GetBytes(content));
        foreach (var frame in PageTree.Elements(PageTree.Parse(content), "iframe"))
        {
            var inner = new WrittenTag(content, PageTree.StartOf(frame));
            if (inner.End <= certain && IsPlain(inner, "src") && Address(inner, "src", frame.GetAttribute("src") ?? "")?.NewAddress(_plan.Tags) is { } own)
            {
                Replace(new WrittenTag(_page, tag.End + inner.Start), "src", Prefix + own, changes: false);
            }
        }

        Rewrite(tag, end);
    }

    /// <summary>The content of an element that is text, as the edits have it.</summary>
    private void Rewrite(WrittenTag tag, int end)
    {
        var inside = _edits.Where(edit => edit.Key >= tag.End && edit.Key <= end).ToList();
        if (inside.Count == 0)
        {
            return;
        }

        var text = inside.AsEnumerable().Reverse().Aggregate(_page[tag.End..end], (content, edit) => content.Remove(edit.Key - tag.End, edit.Value.End - edit.Key).Insert(edit.Key - tag.End, edit.Value.Text));
        _changes.Add((tag.Start, element => element.TextContent = Normal(text)));
    }

    private void Replace(WrittenTag tag, string name, string address, bool changes = true)
    {
        var found = tag.Attributes.Find(attribute => attribute.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        var (_, _, valueStart, valueEnd, end) = found.Name is not null ? found : throw new InvalidOperationException($"at {tag.Start} no {name} in {tag.Text}");
        var raw = _page[valueStart..valueEnd];
        var (question, own) = (raw.IndexOf('?', StringComparison.Ordinal), address.IndexOf('?', StringComparison.Ordinal));
        if (question >= 0 && own >= 0 && !raw[..question].Contains('&', StringComparison.Ordinal) && Decoded(raw[question..]) == address[own..])
        {
            _edits[valueStart] = (valueStart + question, address[..own]);
        }
        else
        {
            var text = address.Replace("&", "&amp;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal).Replace("'", "&#39;", StringComparison.Ordinal);
            _edits[valueStart] = (valueEnd, end == valueEnd ? $"\"{text}\"" : text);
        }

        if (changes)
        {
            foreach (var integrity in tag.Attributes.Where(attribute => attribute.Name.Equals("integrity", StringComparison.OrdinalIgnoreCase)))
            {
                _edits[integrity.Start] = (integrity.End, _page[integrity.End] == '=' ? "/" : "");
            }

            _changes.Add((tag.Start, element =>
            {
                element.SetAttribute(name, address);
                element.RemoveAttribute("integrity");
            }
            ));
        }
    }

    /// <summary>Behind the last byte of a content that is text.</summary>
    private int EndOf(IElement element, WrittenTag tag)
    {
        var at = tag.End;
        for (var left = element.TextContent.Length; left > 0; left--)
        {
            at += _page.AsSpan(at).StartsWith("\r\n") ? 2 : 1;
        }

        return at;
    }

    [GeneratedRegex("&#?[a-zA-Z0-9]+;?")]
    private static partial Regex Reference();

    private static string Decoded(string raw)
    {
        var element = PageTree.Parse($"<body a=\"{raw.Replace("\"", "&quot;", StringComparison.Ordinal)}\">").Body!;
        return element.GetAttribute("a")!;
    }

    [GeneratedRegex("^(text|application)/(x-)?(javascript|ecmascript)$")]
    private static partial Regex JavaScript();

    private static string Normal(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace('\0', '\ufffd');

    /// <summary>Up to where the gateway's tokenizer says that it knows what it reads.</summary>
    public static int CertainTo(ReadOnlySpan<byte> page)
    {
        var tokenizer = new HtmlTokenizer { ReadsEverything = false };
        for (var end = 1; end <= page.Length; end++)
        {
            while (tokenizer.TryRead(page[..end], isLast: end == page.Length, out _))
            {
            }

            if (tokenizer.IsDoubtful)
            {
                return end - 1;
            }
        }

        return int.MaxValue;
    }
}
