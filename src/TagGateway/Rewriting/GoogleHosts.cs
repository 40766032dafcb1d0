using System.Buffers;

namespace TagGateway.Rewriting;

/// <summary>Tells Google's hosts of measurement in the text of a script: whole names, and the ends of names that are put together at run time.</summary>
internal static class GoogleHosts
{
    /// <summary>With any subdomain. Of google.com itself only <see cref="OfGoogleCom"/>: its other subdomains are Google's websites.</summary>
    private static readonly string[] Domains =
    [
        "google-analytics.com", "analytics.google.com", "doubleclick.net", "googleadservices.com", "googlesyndication.com", "googletagmanager.com",
        "merchant-center-analytics.goog",
    ];

    private static readonly string[] OfGoogleCom = ["google.com", "www.google.com", "adservice.google.com", "ampcid.google.com"];

    /// <summary>What every one of them has in it; looked for first, for most strings have none.</summary>
    private static readonly SearchValues<string> Marks = SearchValues.Create(
        ["google-analytics.com", "google.com", "doubleclick.net", "googleadservices.com", "googlesyndication.com", "googletagmanager.com", "merchant-center-analytics.goog", "www.google.", "www.%"],
        StringComparison.Ordinal);

    private static readonly SearchValues<char> HostCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");
    private static readonly SearchValues<char> DomainCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz.");

    public static bool Contains(ReadOnlySpan<char> text) => TryFind(text, 0, out _, out _);

    /// <summary>The next host in the text: <c>www.google.com</c>, <c>.google-analytics.com</c>, <c>{region.}google-analytics.com</c>, <c>www.%</c>,
    /// <c>www.google.%</c>.</summary>
    /// <param name="text">Of a string, without its quotes.</param>
    /// <param name="from">Where to begin.</param>
    /// <param name="start">Of the host, with what stands for a part of it.</param>
    /// <param name="end">Behind it.</param>
    public static bool TryFind(ReadOnlySpan<char> text, int from, out int start, out int end)
    {
        while (from < text.Length && text[from..].IndexOfAny(Marks) is >= 0 and var mark)
        {
            start = from + mark;
            while (start > 0 && HostCharacters.Contains(text[start - 1]))
            {
                start--;
            }

            end = from + mark;
            while (end < text.Length && HostCharacters.Contains(text[end]))
            {
                end++;
            }

            if (end < text.Length && text[end] == '%' && text[start..end] is "www." or "www.google.")
            {
                end++;
            }

            var host = text[start..end];
            var isHost = IsMeasurement(host.TrimStart('.'));
            if (isHost && start > 0 && text[start - 1] == '}' && text[..start].LastIndexOf('{') is >= 0 and var brace)
            {
                start = brace;
            }

            // Part of a longer word: "data-google-analytics.com_x", an address of mail.
            if (isHost && (start == 0 || !(char.IsAsciiLetterUpper(text[start - 1]) || text[start - 1] is '_' or '@')))
            {
                return true;
            }

            from = Math.Max(end, from + mark + 1);
        }

        (start, end) = (-1, -1);
        return false;
    }

    /// <summary>A whole name of a host that a tag sends to, or the end of one.</summary>
    private static bool IsMeasurement(ReadOnlySpan<char> host)
    {
        if (host is "www.%" or "www.google.%")
        {
            return true;
        }

        foreach (var name in OfGoogleCom)
        {
            if (host.SequenceEqual(name))
            {
                return true;
            }
        }

        foreach (var domain in Domains)
        {
            if (host.EndsWith(domain, StringComparison.Ordinal) && (host.Length == domain.Length || host[^(domain.Length + 1)] == '.'))
            {
                return true;
            }
        }

        return host.StartsWith("www.google.", StringComparison.Ordinal) && host.Length > "www.google.".Length
            && host["www.google.".Length..] is var domainOf && !domainOf.ContainsAnyExcept(DomainCharacters) && domainOf.Length <= "com.xx".Length && !domainOf.StartsWith('.');
    }
}
