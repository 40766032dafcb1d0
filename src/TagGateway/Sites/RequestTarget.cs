namespace TagGateway.Sites;

/// <summary>A request's raw target taken apart, byte for byte: <see cref="Path"/> begins with '/', <see cref="Query"/> is empty or begins with '?'.</summary>
internal readonly record struct RequestTarget(string Path, string Query)
{
    /// <summary>Origin-form, or absolute-form (RFC 9112 §3.2), whose authority Kestrel has held against Host. False for <c>*</c>, an
    /// authority, a user name (RFC 9110 §4.2.4), and what belongs in no target: a '#', and anything but visible ASCII, which leaves as it
    /// came and would end the request line for some servers.</summary>
    public static bool TryParse(string raw, out RequestTarget target)
    {
        target = default;
        var origin = raw.StartsWith('/') ? raw : WithoutAuthority(raw);
        if (origin is null || raw.Contains('#', StringComparison.Ordinal) || origin.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return false;
        }

        var query = origin.IndexOf('?', StringComparison.Ordinal);
        target = query < 0 ? new RequestTarget(origin, "") : new RequestTarget(origin[..query], origin[query..]);
        return true;
    }

    private static string? WithoutAuthority(string raw)
    {
        var scheme = raw.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? 7
            : raw.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? 8 : 0;
        if (scheme == 0)
        {
            return null;
        }

        var end = raw.AsSpan(scheme).IndexOfAny('/', '?');
        if (raw.AsSpan(scheme, end < 0 ? raw.Length - scheme : end).Contains('@'))
        {
            return null;
        }

        return end < 0 ? "/" : raw[scheme + end] == '?' ? "/" + raw[(scheme + end)..] : raw[(scheme + end)..];
    }
}
