using System.Text;
using TagGateway.Routes;

namespace TagGateway.Rewriting;

/// <summary>Finds every literal that names a host of Google, and moves the host into the path of the site where an address is made of it. Three rules: whole addresses, bare
/// hosts, heads of concatenations.</summary>
internal sealed class HostRules
{
    /// <summary>Where the site takes requests for Google's hosts; the host follows.</summary>
    private const string Route = ScriptTemplate.Path + "/-/";

    private const string WorkerFolder = "https://www.googletagmanager.com/static/service_worker/";

    /// <summary>Steps from an address to the comparison that a function of the script makes with it.</summary>
    private const int NearUse = 4;

    /// <summary>Twenty times what the script with most of them has.</summary>
    private const int MaxLiterals = 4000;

    private readonly ScriptTokens _tokens;
    private readonly DataRanges _data;
    private readonly ValueFlow _flow;
    private readonly BareHosts _bare;
    private readonly List<ScriptEdit> _edits = [];
    private readonly Dictionary<int, LiteralVerdict> _verdicts = [];

    private HostRules(ScriptTokens tokens, DataRanges data)
    {
        (_tokens, _data) = (tokens, data);
        _flow = new ValueFlow(tokens);
        _bare = new BareHosts(tokens, _flow);
    }

    /// <summary>The edits, in no order, and what became of each literal with a host in it.</summary>
    public static (List<ScriptEdit> Edits, IReadOnlyDictionary<int, LiteralVerdict> Verdicts) Apply(ScriptTokens tokens, DataRanges data)
    {
        var rules = new HostRules(tokens, data);
        rules.MoveHeads();
        rules.MoveLiterals();
        return (rules._edits, rules._verdicts);
    }

    private void MoveHeads()
    {
        var covered = new List<int>();
        for (var i = 0; i < _tokens.Count; i++)
        {
            if (_tokens[i].Kind != ScriptTokenKind.String || _tokens.ContentOf(i) is not ("https://" or "http://" or "//" or "https://www.") || _data.Contains(i))
            {
                continue;
            }

            covered.Clear();
            if (Concatenations.NamesGoogle(_tokens, i, covered) || BeginsAudience(i))
            {
                var content = _tokens.ContentOf(i);
                var rest = content.EndsWith("www.", StringComparison.Ordinal) ? "www." : "";
                Replace(i, 0, content.Length, (content is "//" ? "//" + ScriptTemplate.Host : ScriptTemplate.Origin) + Route + rest);
                covered.ForEach(literal => _verdicts[literal] = LiteralVerdict.Covered);
            }
            else if (_tokens.ContentOf(i) is "https://" && _tokens.Is(i + 1, "+"))
            {
                // The host comes from elsewhere, and may be the site's own by now: then the scheme is too.
                Replace(i, 0, "https".Length, ScriptTemplate.Scheme);
            }
        }
    }

    /// <summary><c>"https://www."+domain+"/ads/ga-audiences"</c>: of the host nothing stands there.</summary>
    private bool BeginsAudience(int head)
    {
        if (_tokens.ContentOf(head) is "https://www.")
        {
            for (var i = head + 1; i < Concatenations.EndOf(_tokens, head); i++)
            {
                if (_tokens[i].Kind == ScriptTokenKind.String && _tokens.ContentOf(i).StartsWith("/ads/ga-audiences", StringComparison.Ordinal))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private void MoveLiterals()
    {
        for (var i = 0; i < _tokens.Count; i++)
        {
            if (_verdicts.Count > MaxLiterals)
            {
                _tokens.GiveUp();
                return;
            }

            if (_tokens[i].Kind is ScriptTokenKind.String or ScriptTokenKind.Template && !_verdicts.ContainsKey(i))
            {
                var content = _tokens.ContentOf(i);
                var isDisguised = _tokens[i].IsDisguised;
                if (isDisguised || GoogleHosts.Contains(content))
                {
                    _verdicts[i] = _data.Contains(i) ? LiteralVerdict.Data
                        : isDisguised || _tokens[i].Kind == ScriptTokenKind.Template ? LiteralVerdict.Doubtful
                        : _data.IsInBlob(i) ? MoveBlobValue(i)
                        : Move(i);
                }
            }
        }
    }

    private LiteralVerdict MoveBlobValue(int literal)
    {
        var key = _tokens.ContentOf(literal - 2);
        return _tokens.ContentOf(literal).Contains("//", StringComparison.Ordinal) ? MoveAddresses(literal)
            : key is "3" or "21" ? Insert(literal)
            : LiteralVerdict.Compared;
    }

    private LiteralVerdict Move(int literal)
    {
        var content = _tokens.ContentOf(literal);
        GoogleHosts.TryFind(content, 0, out var start, out var end);
        var isAddress = start > 1 && content[..start].EndsWith("/", StringComparison.Ordinal) && TextAddresses.SchemeOf(content, start) < start;
        var hasPath = content.Length > end + 1;
        if (LiteralPlace.IsKey(_tokens, literal))
        {
            return isAddress ? AddKey(literal) : LiteralVerdict.Key;
        }

        if (!(isAddress && hasPath) && IsCompared(literal))
        {
            return LiteralVerdict.Compared;
        }

        if (isAddress)
        {
            if (IsParameter(literal))
            {
                return LiteralVerdict.Told;
            }

            if (_tokens.Is(literal - 1, ",") && LiteralPlace.CallOf(_tokens, literal) is >= 0 and var call && _tokens.Is(call - 1, "URL"))
            {
                return LiteralVerdict.Doubtful; // new URL("/path",…) leaves the path behind
            }

            return !hasPath && TextAddresses.SchemeOf(content, start) == 0 ? MoveOrigin(literal) : MoveAddresses(literal);
        }

        if (start > 0 || content[0] == '.')
        {
            // Part of a longer text; or the end of a name, or of an address, whose beginning is nowhere to be seen.
            var isEnd = content[0] == '.' || content[..start] is "/";
            return !isEnd || (_flow.Of(literal) & (ValueUse.Built | ValueUse.Unmovable)) == 0 && !_tokens.Is(literal - 1, "+") ? LiteralVerdict.Told : LiteralVerdict.Doubtful;
        }

        var verdict = _bare.Judge(literal);
        return verdict == LiteralVerdict.Rewritten ? Insert(literal) : verdict;
    }

    private bool IsCompared(int literal) =>
        LiteralPlace.IsCompared(_tokens, literal, literal)
        || LiteralPlace.IsTestArgument(_tokens, literal)
        || (LiteralPlace.CallOf(_tokens, literal) is >= 0 and var open && (_tokens.Is(open - 1, "postMessage") || _flow.Of(literal, NearUse) == ValueUse.Compared));

    /// <summary><c>"&amp;url="+"https://…"</c>, <c>encodeURIComponent("https://…")</c>: sent, not called.</summary>
    private bool IsParameter(int literal) =>
        (_tokens.Is(literal - 1, "+") && _tokens[literal - 2].Kind == ScriptTokenKind.String && _tokens.ContentOf(literal - 2).EndsWith("=", StringComparison.Ordinal))
        || (_tokens.Is(literal - 1, "(") && (_tokens.Is(literal - 2, "encodeURIComponent") || _tokens.Is(literal - 2, "escape")));

    /// <summary><c>"https://www.google.com"</c>, without a path: to be completed, or one of a list that something is compared with.</summary>
    private LiteralVerdict MoveOrigin(int literal)
    {
        if (LiteralPlace.ListOf(_tokens, literal) is >= 0 and var open && IsListOfOthers(open))
        {
            return LiteralVerdict.Listed;
        }

        return LiteralPlace.CallOf(_tokens, literal) is >= 0 and var call && _tokens.Is(call - 1, "URL") ? LiteralVerdict.Doubtful : MoveAddresses(literal);
    }

    /// <summary>Has other hosts in it too, or is asked whether it includes something.</summary>
    private bool IsListOfOthers(int open)
    {
        for (var i = open + 1; i < _tokens[open].Partner; i++)
        {
            if (_tokens[i].Kind == ScriptTokenKind.String && !GoogleHosts.Contains(_tokens.ContentOf(i)))
            {
                return true;
            }
        }

        var name = _tokens.Is(open - 1, "=") && _tokens.IsName(open - 2) ? _tokens.TextOf(open - 2).ToString() : "";
        return name.Length > 0
            && (_tokens.Text.Contains($"{name}.includes(", StringComparison.Ordinal) || _tokens.Text.Contains($"{name}.indexOf(", StringComparison.Ordinal));
    }

    /// <summary>Every address in the literal; most often it is one.</summary>
    private LiteralVerdict MoveAddresses(int literal)
    {
        var content = _tokens.ContentOf(literal);
        var verdict = LiteralVerdict.Unrouted;
        for (var from = 0; GoogleHosts.TryFind(content, from, out var start, out var end); from = end)
        {
            var scheme = TextAddresses.SchemeOf(content, start);
            if (scheme == start)
            {
                continue;
            }

            if (content[scheme..].StartsWith(WorkerFolder, StringComparison.Ordinal))
            {
                // By the contract's own address: there the worker finds its scope, and takes the site's requests for its own.
                Replace(literal, scheme, scheme + WorkerFolder.Length, ScriptTemplate.Origin + ScriptTemplate.Path + "/_/service_worker/");
            }
            else if (RouteReach.MayLead(content[start..end], content[end..]))
            {
                var isRelative = content[scheme] is '/' or '\\';
                Replace(literal, scheme, start, (isRelative ? content[scheme..start].ToString() + ScriptTemplate.Host : ScriptTemplate.Origin) + Route);
            }
            else
            {
                continue;
            }

            verdict = LiteralVerdict.Rewritten;
        }

        return verdict;
    }

    /// <summary>A second entry for the rewritten address: whoever asks by the old one or by the new one finds the same.</summary>
    private LiteralVerdict AddKey(int literal)
    {
        var isSimple = _tokens.Is(literal + 3, ",") || _tokens.Is(literal + 3, "}");
        if (!isSimple)
        {
            return MoveAddresses(literal);
        }

        var content = _tokens.ContentOf(literal);
        var value = _tokens.TextOf(literal + 2);
        GoogleHosts.TryFind(content, 0, out var start, out _);
        var quote = _tokens.Text[_tokens[literal].Start];
        if (!Ascii.IsValid(value) || !Ascii.IsValid(content))
        {
            return LiteralVerdict.Doubtful;
        }

        _edits.Add(new ScriptEdit(_tokens[literal].Start, _tokens[literal].Start, $"{quote}{ScriptTemplate.Origin}{Route}{content[start..]}{quote}:{value},"));
        return LiteralVerdict.Key;
    }

    private LiteralVerdict Insert(int literal)
    {
        Replace(literal, 0, 0, ScriptTemplate.Host + Route);
        return LiteralVerdict.Rewritten;
    }

    private void Replace(int literal, int from, int to, string text)
    {
        var start = _tokens[literal].Start + 1;
        _edits.Add(new ScriptEdit(start + from, start + to, text));
    }
}
