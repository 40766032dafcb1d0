using System.Diagnostics.CodeAnalysis;

namespace TagGateway.Html;

/// <summary>What the elements of one page mean for its tags, and how they are to be changed: scripts, hints, frames, and what rules over them (<c>base</c>, policies,
/// consent platforms).</summary>
internal sealed class TagElements(PagePlan plan, PageFindings findings)
{
    private readonly TagPlan _tags = plan.Tags;
    private readonly List<HtmlAttribute> _attributes = [];
    private ContentPolicies _policies = plan.Policies;

    /// <summary>A <c>base</c> leads paths elsewhere: addresses need the origin in front.</summary>
    private bool _isElsewhere;
    private ConsentPlatform? _blocker;
    private bool _isPresent;
    private bool _isLetBe;
    private string? _scriptNonce;

    /// <summary>A consent platform before this place holds scripts back by their addresses.</summary>
    private bool IsBlocking => _blocker is not null;

    private string Prefix => _isElsewhere ? plan.Origin ?? "" : "";

    /// <summary>Nobody knows under which origin the page is, and a <c>base</c> leads elsewhere.</summary>
    private bool IsLost => _isElsewhere && plan.Origin is null;

    /// <summary>A start tag.</summary>
    /// <param name="bytes">At hand.</param>
    /// <param name="token">Of the tag; its attributes are read when it is whole.</param>
    /// <param name="edits">Gets what is to be changed, in order.</param>
    public TagReading ReadTag(ReadOnlySpan<byte> bytes, HtmlToken token, List<PageEdit> edits)
    {
        if (!token.IsWhole)
        {
            return TagReading.Read;
        }

        var tag = new HtmlAttributes(bytes[token.Start..token.End], _attributes);
        switch (tag.IsWhole ? token.Name : HtmlName.Other)
        {
            case HtmlName.Script:
                return ReadScript(tag, token, edits);
            case HtmlName.Link:
                ReadHint(tag, token, edits);
                return TagReading.Read;
            case HtmlName.Base:
                // One that leads to a path of this origin changes nothing for addresses that begin with a slash.
                _isElsewhere |= tag.ValueOf("href"u8) is { } href && PageUrl.TrySplit(href.Trim(), out _, out _, out _);
                return TagReading.Read;
            case HtmlName.Meta:
                return ReadMeta(tag);
            case HtmlName.Html when tag.Has("amp"u8) || tag.Has("amp4email"u8) || tag.Has("amp4ads"u8) || tag.Has("⚡"u8) || tag.Has("⚡4email"u8) || tag.Has("⚡4ads"u8):
                findings.Leave(PageReason.Amp);
                return TagReading.Stop;
            default:
                return token.Name == HtmlName.Noscript && _tags.IsFull ? TagReading.Frame : TagReading.Read;
        }
    }

    /// <summary>The content of a script or frame that was asked for.</summary>
    public TagReading ReadContent(ReadOnlySpan<byte> bytes, HtmlToken token, List<PageEdit> edits)
    {
        var content = bytes[token.Start..token.End];
        if (token.Name == HtmlName.Noscript)
        {
            ReadFrame(token.IsWhole ? content : [], token.Start, edits);
            return TagReading.Read;
        }

        if (!token.IsWhole)
        {
            // Frameworks write whole pages' data so: only one that may load a tag is a loss.
            findings.Leave(InlineScript.MayLoad(content, _tags) ? PageReason.ScriptTooLarge : PageReason.None);
            return TagReading.Read;
        }

        ReadInline(content, token.Start, edits);
        return _tags.Inject == InjectPosition.AfterConsent && ConsentPlatforms.FindInline(content) is not null ? TagReading.ConsentPlatform : TagReading.Read;
    }

    /// <summary>The place for a tag is here: the bytes that go there.</summary>
    /// <param name="isDocument">The page is a document of its own.</param>
    /// <param name="snippet">Null when none goes there: there is one, or it may not be; then the findings say why.</param>
    public bool TryInject(bool isDocument, [NotNullWhen(true)] out byte[]? snippet)
    {
        snippet = null;
        if (_isPresent)
        {
            return false;
        }

        var reason = !plan.MayInject ? PageReason.ErrorPage
            : !isDocument ? PageReason.Fragment
            : IsBlocking ? PageReason.ConsentBlocking
            : IsLost ? PageReason.Doubt
            : MayRunInjected() ? PageReason.None : PageReason.Policy;
        findings.Leave(reason);
        if (reason != PageReason.None)
        {
            return false;
        }

        findings.IsInjected = true;
        snippet = TagSnippet.Head(_tags, _policies.Nonce, Prefix);
        return true;
    }

    /// <summary>The page has ended: what an injected tag still needs, unless the page turned out to have one of its own.</summary>
    /// <param name="isAtMarkup">A script can stand here.</param>
    /// <param name="script">Null when nothing.</param>
    public bool TryEnd(bool isAtMarkup, [NotNullWhen(true)] out byte[]? script)
    {
        script = null;
        if (!findings.IsInjected || _isPresent || TagSnippet.End(_tags, _policies.Nonce) is not { Length: > 0 } end)
        {
            return false;
        }

        script = isAtMarkup && _policies.AllowsInline(_policies.Nonce) ? end : null;
        findings.Leave(script is not null ? PageReason.None : isAtMarkup ? PageReason.Policy : PageReason.Doubt);
        return script is not null;
    }

    private TagReading ReadScript(HtmlAttributes tag, HtmlToken token, List<PageEdit> edits)
    {
        var source = tag.ValueOf("src"u8);
        if (!ScriptTypes.MayRun(tag.ValueOf("type"u8)))
        {
            return TagReading.Read;
        }

        _scriptNonce = tag.ValueOf("nonce"u8);
        _isLetBe = _blocker?.Exempts(tag) != false;
        if (source is null)
        {
            return TagReading.Inline;
        }

        if (ConsentPlatforms.Find(source, tag) is { } platform)
        {
            _blocker ??= platform.BlocksByAddress && _tags.HeedsBlocking ? platform : null;
            return TagReading.ConsentPlatform;
        }

        if (TagAddress.TryRead(source, _tags, plan.Origin, out var address))
        {
            ReadSource(tag, token, address, edits);
        }

        return TagReading.Read;
    }

    private void ReadSource(HtmlAttributes tag, HtmlToken token, TagAddress address, List<PageEdit> edits)
    {
        if (!address.IsAllowed(_tags))
        {
            findings.Leave(PageReason.ForeignTag);
            return;
        }

        var isRepeated = findings.IsInjected && address.IsMainTag(_tags);
        _isPresent = true;
        tag.TryFind("src"u8, out var source);
        if (isRepeated)
        {
            // The injected one does its work: one without an address does nothing.
            AddressEdits.Disarm(tag, token, edits);
            findings.Rewritten++;
        }
        else if (address.IsFirstParty)
        {
            findings.Leave(PageReason.AlreadyFirstParty);
        }
        else if (IsPlain(tag, source) && MayChange(_policies.AllowsOwnScript(_scriptNonce, plan.Origin, _tags.Path)) && address.FirstParty(_tags, Prefix) is { } own)
        {
            Move(tag, token, source, own, edits);
        }
    }

    /// <summary>It holds what <see cref="TagMarks"/> looks for. Nobody writes a tag otherwise, with references or line ends within Google's name.</summary>
    private bool IsPlain(HtmlAttributes tag, HtmlAttribute address) => TagMarks.EndOfLast(tag.RawOf(address), _tags) > 0;

    /// <summary>True when nothing on the page stands against a tag's new address; else the findings say what does.</summary>
    /// <param name="isAllowed">The policies let it run.</param>
    private bool MayChange(bool isAllowed)
    {
        var reason = !_isLetBe ? PageReason.ConsentBlocking
            : IsLost ? PageReason.Doubt
            : isAllowed && _policies.AllowsOwnRequests(plan.Origin, _tags.Path) ? PageReason.None : PageReason.Policy;
        findings.Leave(reason);
        return reason == PageReason.None;
    }

    private bool MayRunInjected() =>
        _policies.AllowsInline(_policies.Nonce) && _policies.AllowsOwnRequests(plan.Origin, _tags.Path)
        && (_tags.IsContainer
            ? !_policies.ForbidsScriptAddresses && _policies.AllowsOwnCreatedScript(_policies.Nonce, plan.Origin, _tags.Path)
            : _policies.AllowsOwnScript(_policies.Nonce, plan.Origin, _tags.Path));

    private void ReadInline(ReadOnlySpan<byte> content, int start, List<PageEdit> edits)
    {
        // What a page configures by itself matters only where a tag may be or has been put into it.
        if (!InlineScript.MayLoad(content, _tags) && (_tags.Inject is null || !InlineScript.MayConfigure(content)))
        {
            return;
        }

        var context = new InlineContext(_tags, plan.Origin, _isElsewhere);
        var script = InlineScript.Read(content, context);
        var boots = findings.IsInjected && _tags.IsContainer && script.Ids.Contains(_tags.MainTag, StringComparer.OrdinalIgnoreCase);
        // One in doubt may load the tag: a page measured twice is worse than one that has to be looked at.
        _isPresent |= script.Configured.Count > 0 || script.Verdict is InlineVerdict.Rewritten or InlineVerdict.FirstParty or InlineVerdict.Doubt;
        switch (script.Verdict)
        {
            case InlineVerdict.Foreign:
                findings.Leave(PageReason.ForeignTag);
                return;
            case InlineVerdict.Doubt:
                findings.Leave(PageReason.Doubt);
                return;
            case InlineVerdict.FirstParty when !boots:
                findings.Leave(PageReason.AlreadyFirstParty);
                return;
        }

        var changes = (boots ? InertBoot.TryMake(content, context, _tags.MainTag) : null) ?? script.Edits;
        if (changes.Count > 0 && MayChange(_policies.AllowsInline(_scriptNonce) && _policies.AllowsOwnCreatedScript(_scriptNonce, plan.Origin, _tags.Path)))
        {
            edits.AddRange(changes.Select(change => change with { Start = start + change.Start, End = start + change.End }));
            findings.Rewritten++;
        }
    }

    private void ReadHint(HtmlAttributes tag, HtmlToken token, List<PageEdit> edits)
    {
        if (IsBlocking || IsLost || !tag.TryFind("href"u8, out var href) || !IsPlain(tag, href) || tag.ValueOf("rel"u8) is not { } relations)
        {
            return;
        }

        switch (TagHint.FirstParty(relations, HtmlAttributes.Decode(tag.RawOf(href)), _tags, plan.Origin, Prefix))
        {
            case null:
                return;
            case "":
                edits.Add(new PageEdit(token.Start, token.End, []));
                findings.Rewritten++;
                return;
            case var own:
                Move(tag, token, href, own, edits);
                return;
        }
    }

    private void Move(HtmlAttributes tag, HtmlToken token, HtmlAttribute attribute, string address, List<PageEdit> edits)
    {
        AddressEdits.Replace(tag, token, attribute, address, edits);
        AddressEdits.RemoveIntegrity(tag, token, edits);
        findings.Rewritten++;
    }

    private TagReading ReadMeta(HtmlAttributes tag)
    {
        if (!plan.NamesCharset && MetaCharset.Find(tag) is { } charset && !MetaCharset.IsSupersetOfAscii(charset))
        {
            findings.Leave(PageReason.Charset);
            return TagReading.Stop;
        }

        if (string.Equals(tag.ValueOf("http-equiv"u8)?.Trim(), "content-security-policy", StringComparison.OrdinalIgnoreCase) && tag.ValueOf("content"u8) is { } policy)
        {
            _policies = _policies.With(policy);
        }

        return TagReading.Read;
    }

    private void ReadFrame(ReadOnlySpan<byte> content, int start, List<PageEdit> edits)
    {
        var tokenizer = new HtmlTokenizer { ReadsEverything = false };
        while (tokenizer.TryRead(content, isLast: true, out var token))
        {
            if (token is { Kind: HtmlTokenKind.StartTag, Name: HtmlName.Iframe, IsWhole: true })
            {
                var tag = new HtmlAttributes(content[token.Start..token.End], _attributes);
                if (tag.TryFind("src"u8, out var source) && IsPlain(tag, source)
                    && TagAddress.TryRead(HtmlAttributes.Decode(tag.RawOf(source)), _tags, plan.Origin, out var address)
                    && address.FirstParty(_tags, Prefix) is { } own && !IsBlocking && !IsLost && _policies.AllowsOwnFrame(plan.Origin, _tags.Path))
                {
                    AddressEdits.Replace(tag, token with { Start = start + token.Start, End = start + token.End }, source, own, edits);
                    findings.Rewritten++;
                }
            }
        }
    }
}
